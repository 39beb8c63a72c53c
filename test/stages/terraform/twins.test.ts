import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Source } from '../../../src/core/source.ts';
import type { Attribute, Block, Body } from '../../../src/frontends/terraform/syntax/ast.ts';
import { parseHcl } from '../../../src/frontends/terraform/syntax/parse-hcl.ts';
import { type Opened, opened, plain } from './given.ts';

/** How many labels lie between a block type and its body in JSON syntax. */
const LABELLED = new Set(['resource', 'data', 'module', 'variable', 'output', 'provider', 'dynamic', 'backend', 'check', 'provisioner', 'provider_meta']);

/** A native file as the JSON file that says the same: expressions as `"${…}"`, nested blocks as lists. */
function toJson(source: Source): string {
  return JSON.stringify(plainJson(bodyJson(parseHcl(source).body)), undefined, 2);
}

type JsonMap = Map<string, unknown>;

function plainJson(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [String(key), plainJson(inner)]));
  return Array.isArray(value) ? value.map(plainJson) : value;
}

function bodyJson(body: Body): JsonMap {
  const json: JsonMap = new Map();
  for (const attribute of body.attributes) json.set(attribute.name, expressionJson(attribute));
  const expanded = new Set(body.blocks.flatMap((block) => (block.type === 'dynamic' ? [block.labels[0]?.text] : [])));
  for (const block of body.blocks) addBlock(json, expanded.has(block.type) ? once(block) : block);
  return json;
}

/** JSON cannot mix written and dynamic blocks of one type in order, so the written ones become dynamic ones that occur once. */
function once(block: Block): Block {
  const source = new Source('', '=["once"]');
  const each: Attribute = { name: 'for_each', origin: { source, start: 0, end: 0 }, extent: { source, start: 0, end: source.text.length }, value: { kind: 'tuple', items: [], source, start: 1, end: source.text.length } };
  const content: Block = { ...block, type: 'content', labels: [] };
  return { ...block, type: 'dynamic', labels: [{ text: block.type, origin: block.origin }], body: { attributes: [each], blocks: [content] } };
}

function addBlock(json: JsonMap, block: Block): void {
  const labels = LABELLED.has(block.type) ? block.labels.map((label) => label.text) : [];
  const keys = [block.type, ...labels];
  let at = json;
  for (const key of keys.slice(0, -1)) at = innerMap(at, key);
  const last = keys.at(-1) ?? block.type;
  const known = at.get(last);
  at.set(last, [...(Array.isArray(known) ? known : []), bodyJson(block.body)]);
}

function innerMap(json: JsonMap, key: string): JsonMap {
  const known = json.get(key);
  if (known instanceof Map) return known;
  const made: JsonMap = new Map();
  json.set(key, made);
  return made;
}

function expressionJson(attribute: Attribute): unknown {
  const { value } = attribute;
  if (value.kind === 'literal') {
    if (value.type === 'string') return value.text.replace(/[$%](?=\{)/g, (mark) => mark + mark);
    return value.type === 'null' ? null : value.type === 'boolean' ? value.text === 'true' : Number(value.text);
  }
  const written = value.source.text.slice(attribute.origin.end, attribute.extent.end).replace(/^\s*=/, '');
  if (attribute.name === 'providers' || attribute.name === 'provider') return providersJson(written.trim());
  return `\${${written}\n}`;
}

/** Provider names are no templates: in JSON they are plain strings. */
function providersJson(text: string): unknown {
  if (!text.startsWith('{')) return text;
  return Object.fromEntries([...text.slice(1, -1).matchAll(/([\w.-]+)\s*=\s*([\w.-]+)/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

/** What a run says, without places. Keys of mappings are compared without their order. */
function said(found: Opened): unknown {
  return found.templates.map((template) => ({
    scope: template.scope,
    resources: Object.fromEntries(template.resources.map((resource) => [resource.address, { type: resource.type, when: resource.when, account: resource.account, region: resource.region, properties: sorted(plain(resource.properties())) }])),
    outputs: Object.fromEntries(template.outputs.map((output) => [output.name, sorted(plain(output.value))])),
  }));
}

function sorted(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, inner: unknown) => (typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1))) : inner));
}

function twins(files: Readonly<Record<string, string>>, disk: Readonly<Record<string, string>> = {}): void {
  const json = Object.fromEntries(Object.entries(files).map(([path, text]) => (path.endsWith('.tf') ? [`${path}.json`, toJson(new Source(path, text))] : [path, text])));
  expect(said(opened({ files: json, disk }))).toEqual(said(opened({ files, disk })));
}

describe('native and JSON syntax say the same', () => {
  it('of values, templates and conditions', () =>
    twins({
      'main.tf': 'variable "on" {\n  type = bool\n}\nvariable "names" {\n  type    = set(string)\n  default = ["a", "b"]\n}\nlocals {\n  text = "a ${"$${x}"} %%{y}"\n  doc  = <<-EOF\n    {"Resource": ${jsonencode([for n in var.names : "arn:${n}"])}}\n  EOF\n}\nresource "aws_iam_user" "u" {\n  for_each = var.on ? var.names : []\n  name     = "${each.key}-x"\n  path     = local.text\n  tags     = { a = local.doc, "b" = 012 }\n}\noutput "o" {\n  value = [for u in aws_iam_user.u : u.arn]\n}\n',
    }));

  it('of documents and dynamic blocks', () =>
    twins({
      'main.tf': 'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["a"]\n    principals {\n      type        = "AWS"\n      identifiers = ["*"]\n    }\n  }\n  dynamic "statement" {\n    for_each = { x = ["1"], y = ["2"] }\n    content {\n      sid     = statement.key\n      actions = statement.value\n      dynamic "condition" {\n        for_each = ["a"]\n        content {\n          test     = "StringEquals"\n          variable = "k"\n          values   = [condition.value]\n        }\n      }\n    }\n  }\n}\nresource "aws_iam_policy" "p" {\n  policy = data.aws_iam_policy_document.d.json\n}\n',
    }));

  it('of modules and providers', () =>
    twins({
      'main.tf': 'provider "aws" {\n  region = "eu-west-1"\n}\nprovider "aws" {\n  alias = "b"\n  assume_role {\n    role_arn = "arn:aws:iam::111111111111:role/x"\n  }\n}\nmodule "m" {\n  source = "./m"\n  count  = 2\n  n      = count.index\n  providers = {\n    aws = aws.b\n  }\n}\n',
      'm/main.tf': 'variable "n" {\n  type = number\n}\nresource "aws_iam_user" "u" {\n  name = "u${var.n}"\n}\nresource "aws_iam_user" "v" {\n  provider = aws\n}\n',
    }));
});

const corpus = join(import.meta.dirname, '../../../../shared/corpus/tf');

describe.skipIf(!existsSync(corpus))('on the corpus', () => {
  // A skipped suite is still collected.
  const files = (existsSync(corpus) ? readdirSync(corpus, { recursive: true, encoding: 'utf8', withFileTypes: true }) : []).filter((entry) => entry.isFile());
  const texts = new Map(files.map((entry) => [join(entry.parentPath, entry.name).slice(corpus.length + 1), readFileSync(join(entry.parentPath, entry.name), 'utf8')]));
  const repositories = [...new Set([...texts.keys()].map((path) => path.split('/')[0] ?? ''))];

  it.each(repositories)('%s', (repository) => {
    const own = [...texts].filter(([path]) => path.startsWith(`${repository}/`));
    const broken = new Set(own.filter(([path, text]) => path.endsWith('.tf') && parseHcl(new Source(path, text)).problems.length > 0).map(([path]) => dirname(path)));
    const native = Object.fromEntries(own.filter(([path]) => path.endsWith('.tf') && !broken.has(dirname(path))));
    const disk = Object.fromEntries(own.filter(([path]) => !/\.tf(\.json)?$/.test(path)));
    twins(native, disk);
  });
});
