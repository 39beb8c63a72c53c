import { describe, expect, it } from 'vitest';
import { lineOf, local, main, opened, plain, property, textAt, valueOf } from './given.ts';

const value = (expression: string, around = ''): unknown => plain(valueOf(expression, around));

describe('operators and literals', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['-3 + 1', -2],
    ['7 % 4', 3],
    ['1 / 4', 0.25],
    ['1.5e3', 1500],
    ['1 < 2 && 2 >= 2', true],
    ['!(1 == 2) || false', true],
    ['"a" == "a"', true],
    ['"1" == 1', false],
    ['[1, 2] == [1, 2]', true],
    ['{ a = 1 } != { a = 2 }', true],
    ['null == null', true],
    ['true ? "yes" : "no"', 'yes'],
    ['"\\u00e9\\n\\t\\"\\\\"', 'é\n\t"\\'],
    ['"$${x} %%{y} $ % 100%"', '${x} %{y} $ % 100%'],
  ])('%s', (expression, expected) => expect(value(expression)).toEqual(expected));

  it('takes line breaks inside brackets and after operators', () => {
    expect(value('(\n  1\n  + 2\n)')).toBe(3);
    expect(value('[\n  1, # one\n  2,\n]')).toEqual([1, 2]);
  });

  it('separates object entries by lines, so that a parenthesis on the next line is a new key', () => {
    expect(value('{\n  a = local.b\n  (local.b) = 2\n  "c-${local.b}" : 3, d = 4\n}', 'locals {\n  b = "k"\n}')).toEqual({ a: 'k', k: 2, 'c-k': 3, d: 4 });
  });
});

describe('templates', () => {
  it('joins what is known to one text', () => expect(value('"arn:aws:s3:::${local.b}/*"', 'locals {\n  b = "logs"\n}')).toBe('arn:aws:s3:::logs/*'));

  it('keeps the type of a lone interpolation', () => expect(value('"${[1, 2]}"')).toEqual([1, 2]));

  it('keeps holes', () => expect(value('"arn:${var.p}:x"', 'variable "p" {}')).toBe('arn:{?var.p}:x'));

  it('reads heredocs, with and without indentation', () => {
    expect(value('<<EOF\n  a\n    b\nEOF')).toBe('  a\n    b\n');
    expect(value('<<-EOF\n    a\n\n      b ${1}\n    EOF')).toBe('a\n\n  b 1\n');
  });

  it('follows directives and their trimming', () => {
    expect(value('"%{ if true }a%{ else }b%{ endif }"')).toBe('a');
    expect(value('<<EOF\n%{ for x in ["a", "b"] ~}\n- ${x}\n%{ endfor ~}\nEOF')).toBe('- a\n- b\n');
    expect(value('"a ${~ "b" ~} c"')).toBe('abc');
  });

  it('makes a branch of an unknown directive a choice', () => {
    expect(value('"x%{ if var.on }-on%{ endif }"', 'variable "on" { type = bool }')).toEqual('x{[["var.on","-on"],["not var.on",""]]}');
  });

  it('maps every character back to where it is written', () => {
    const found = main('locals {\n  b = "logs"\n}\nresource "aws_sns_topic" "t" {\n  policy = <<-EOF\n    {\n      "Resource": "${local.b}/x"\n    }\n  EOF\n}\n').at('aws_sns_topic.t').properties();
    const policy = found.kind === 'map' ? found.entries[0]?.value : undefined;
    if (policy?.kind !== 'scalar' || policy.place === undefined) throw new Error('no placed text');
    const { source } = policy.origin;
    const at = (text: string): string => source.text.slice(policy.place?.(policy.text.indexOf(text)) ?? 0).split('\n')[0] ?? '';
    expect(policy.text).toBe('{\n  "Resource": "logs/x"\n}\n');
    expect(at('"Resource"')).toBe('"Resource": "${local.b}/x"');
    expect(at('logs')).toBe('${local.b}/x"');
    expect(at('/x')).toBe('/x"');
  });
});

describe('collections', () => {
  it.each([
    ['[for x in ["a", "b"] : upper(x)]', ['A', 'B']],
    ['[for i, x in ["a", "b"] : "${i}${x}"]', ['0a', '1b']],
    ['{ for k, v in { a = 1, b = 2 } : v => k }', { 1: 'a', 2: 'b' }],
    ['[for x in [1, 2, 3] : x if x > 1]', [2, 3]],
    ['{ for x in ["a1", "a2", "b1"] : substr(x, 0, 1) => x... }', { a: ['a1', 'a2'], b: ['b1'] }],
    ['[{ n = 1 }, { n = 2 }][*].n', [1, 2]],
    ['{ n = 1 }[*].n', [1]],
    ['null[*].n', []],
    ['[["a"], ["b"]].*.0', ['a', 'b']],
    ['{ a = { b = ["c"] } }.a["b"][0]', 'c'],
  ])('%s', (expression, expected) => expect(value(expression)).toEqual(expected));

  it('stands one element for a collection of which nothing is known', () => {
    expect(value('[for b in var.buckets : "arn:aws:s3:::${b}/*"]', 'variable "buckets" { type = list(string) }')).toEqual(['arn:aws:s3:::{?var.buckets[*]}/*']);
  });

  it('keeps an element that a condition may remove under its guard', () => {
    expect(value('[for x in ["a", var.b] : x if x != "a"]', 'variable "b" {}')).toEqual([[['var.b is not `a`', '?var.b'], ['var.b is `a`', null]]]);
  });
});

describe('functions', () => {
  it.each([
    ['lower("AbC")', 'abc'],
    ['replace("a-b-c", "-", "_")', 'a_b_c'],
    ['replace("arn:x/y", "/[:\\\\/]/", "-")', 'arn-x-y'],
    ['split(",", "a,b")', ['a', 'b']],
    ['join("/", ["a", "b"])', 'a/b'],
    ['format("arn:%s:%03d%%", "aws", 7)', 'arn:aws:007%'],
    ['formatlist("%s/*", ["a", "b"])', ['a/*', 'b/*']],
    ['trimprefix("https://x", "https://")', 'x'],
    ['trimsuffix("x/*", "/*")', 'x'],
    ['regex("^arn:aws:iam::(\\\\d+):", "arn:aws:iam::123456789012:root")', ['123456789012']],
    ['merge({ a = 1, b = 2 }, { b = 3 })', { a: 1, b: 3 }],
    ['concat(["a"], ["b"])', ['a', 'b']],
    ['flatten([["a"], [["b"]]])', ['a', 'b']],
    ['distinct(["a", "b", "a"])', ['a', 'b']],
    ['toset(["a", "a"])', ['a']],
    ['setproduct(["a", "b"], [1])', [['a', 1], ['b', 1]]],
    ['lookup({ a = 1 }, "b", 2)', 2],
    ['keys({ b = 1, a = 2 })', ['a', 'b']],
    ['values({ b = 1, a = 2 })', [2, 1]],
    ['zipmap(["a"], [1])', { a: 1 }],
    ['contains(["a"], "a")', true],
    ['length([1, 2])', 2],
    ['element(["a", "b"], 3)', 'b'],
    ['slice(["a", "b", "c"], 1, 3)', ['b', 'c']],
    ['coalesce(null, "", "c")', 'c'],
    ['coalescelist([], ["a"])', ['a']],
    ['compact(["a", "", "b"])', ['a', 'b']],
    ['one(["a"])', 'a'],
    ['one([])', null],
    ['try({}.a, "b")', 'b'],
    ['can({}.a)', false],
    ['concat(["a"], [["b", "c"]]...)', ['a', 'b', 'c']],
    ['tostring(12)', '12'],
    ['tonumber("12")', 12],
    ['jsondecode("{\\"a\\": [1]}")', { a: [1] }],
    ['jsondecode(jsonencode({ a = "b" })).a', 'b'],
    ['yamldecode("a: [b]")', { a: ['b'] }],
    ['base64decode(base64encode("x"))', 'x'],
    ['cidrsubnet("10.0.0.0/16", 8, 2)', '10.0.2.0/24'],
    ['sha1("a")', '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
    ['provider::aws::arn_parse("arn:aws:iam::123456789012:role/x").account_id', '123456789012'],
    ['sensitive("x")', 'x'],
    ['startswith("arn:x", "arn:")', true],
    ['range(3)', [0, 1, 2]],
  ])('%s', (expression, expected) => expect(value(expression)).toEqual(expected));

  it('works on the known parts of a text', () => {
    const around = 'variable "n" {}';
    expect(value('lower("ARN:${var.n}:X")', around)).toBe('arn:{?lower(var.n)}:x');
    expect(value('startswith("arn:${var.n}", "arn:")', around)).toBe(true);
    expect(value('trimsuffix("${var.n}/*", "/*")', around)).toBe('?var.n');
    expect(value('join(",", ["a", var.n])', around)).toBe('a,{?var.n}');
  });

  it('names what it cannot work out by function and arguments', () => {
    expect(value('replace(var.url, "https://", "")', 'variable "url" {}')).toBe('?replace(var.url,"https://","")');
    expect(value('no_such_function(1)')).toBe('?no_such_function(1)');
  });

  it('keeps what is known of a list beside what is not', () => {
    expect(value('concat(["a"], var.more)', 'variable "more" { type = list(string) }')).toEqual(['a', '?var.more']);
    expect(value('merge({ a = 1 }, var.more)', 'variable "more" { type = map(string) }')).toEqual({ a: 1, '{var.more}': '?var.more' });
  });
});

describe('variables', () => {
  it('takes the default, converted to the type', () => {
    expect(plain(local('variable "v" {\n  type    = object({ a = string, b = optional(bool, true) })\n  default = { a = 1 }\n}\nlocals {\n  x = var.v\n}'))).toEqual({ a: '1', b: true });
  });

  it('prefers variable files in their order, and the command line to all', () => {
    const files = {
      'main.tf': 'variable "a" {\n  default = "default"\n}\nvariable "n" {\n  type = list(string)\n}\noutput "o" {\n  value = [var.a, var.n]\n}\n',
      'terraform.tfvars': 'a = "tfvars"\nn = ["x"]\n',
      'b.auto.tfvars': 'a = "auto-b"\n',
      'a.auto.tfvars.json': '{"a": "auto-a"}',
    };
    const output = (variables: Readonly<Record<string, unknown>>): unknown => {
      const value = opened({ files, variables }).templates[0]?.outputs[0]?.value;
      return value === undefined ? undefined : plain(value);
    };
    expect(output({})).toEqual(['auto-b', ['x']]);
    expect(output({ a: 'given', n: '["y", "z"]' })).toEqual(['given', ['y', 'z']]);
    expect(output({ n: ['from', 'json'] })).toEqual(['auto-b', ['from', 'json']]);
  });

  it('names a variable without value, and guards what depends on it', () => {
    expect(value('var.env == "prod" ? "a" : "b"', 'variable "env" {}')).toEqual([
      ['var.env is `prod`', 'a'],
      ['var.env is not `prod`', 'b'],
    ]);
    expect(value('var.on && !var.off ? 1 : 2', 'variable "on" { type = bool }\nvariable "off" { type = bool }')).toEqual([
      ['var.on and var.off', 2],
      ['var.on and not var.off', 1],
      ['not var.on and var.off', 2],
      ['not var.on and not var.off', 2],
    ]);
  });

  it('picks entries of a mapping under the guard of an unknown key', () => {
    expect(value('{ dev = "1", prod = "2" }[var.env]', 'variable "env" {}')).toEqual([
      ['var.env is `dev`', '1'],
      ['var.env is `prod`', '2'],
    ]);
    expect(value('lookup({ dev = "1" }, var.env, "3")', 'variable "env" {}')).toEqual([
      ['var.env is `dev`', '1'],
      ['var.env is not `dev`', '3'],
    ]);
  });

  it('keeps many conditions apart element by element, so that a policy is never lost to them', () => {
    const around = Array.from({ length: 6 }, (_, index) => `variable "v${index}" {\n  type = bool\n}\n`).join('');
    const parts = Array.from({ length: 6 }, (_, index) => `var.v${index} ? ["a${index}"] : []`).join(', ');
    const found = value(`jsonencode({ Resource = concat(${parts}) })`, around);
    expect(found).toEqual({ Resource: Array.from({ length: 6 }, (_, index) => [[`var.v${index}`, `a${index}`], [`not var.v${index}`, null]]) });
  });

  it('does not ask twice: branches of one condition exclude each other', () => {
    expect(value('var.on ? (var.on ? "a" : "b") : "c"', 'variable "on" { type = bool }')).toEqual([
      ['var.on', 'a'],
      ['not var.on', 'c'],
    ]);
  });
});

describe('references', () => {
  const bucket = 'resource "aws_s3_bucket" "b" {\n  bucket = "logs-${var.env}"\n  tags   = { team = "x" }\n}\nvariable "env" {}\n';

  it('keeps what identifies a resource as a reference, and gives what its configuration says', () => {
    expect(value('aws_s3_bucket.b.arn', bucket)).toBe('<aws_s3_bucket.b.arn>');
    expect(value('aws_s3_bucket.b.bucket', bucket)).toBe('logs-{?var.env}');
    expect(value('aws_s3_bucket.b.tags["team"]', bucket)).toBe('x');
    expect(value('aws_s3_bucket.b.region', bucket)).toBe('<aws_s3_bucket.b.region>');
  });

  it('links roles by name', () => {
    const found = main('resource "aws_iam_role" "r" {\n  name = "deploy"\n}\nresource "aws_iam_role_policy" "p" {\n  role   = aws_iam_role.r.name\n  policy = "{}"\n}\n');
    expect(property(found.at('aws_iam_role_policy.p'), 'role')).toBe('<aws_iam_role.r.name>');
  });

  it('follows instances by index, key and splat', () => {
    const around = 'resource "aws_iam_user" "u" {\n  for_each = toset(["a", "b"])\n  name     = each.key\n}\nresource "aws_iam_user" "c" {\n  count = 2\n  name  = "c${count.index}"\n}\n';
    expect(value('aws_iam_user.u["a"].arn', around)).toBe('<aws_iam_user.u["a"].arn>');
    expect(value('aws_iam_user.c[1].arn', around)).toBe('<aws_iam_user.c[1].arn>');
    expect(value('aws_iam_user.c[*].arn', around)).toEqual(['<aws_iam_user.c[0].arn>', '<aws_iam_user.c[1].arn>']);
    expect(value('aws_iam_user.c.*.arn', around)).toEqual(['<aws_iam_user.c[0].arn>', '<aws_iam_user.c[1].arn>']);
    expect(value('{ for k, u in aws_iam_user.u : k => u.arn }', around)).toEqual({ a: '<aws_iam_user.u["a"].arn>', b: '<aws_iam_user.u["b"].arn>' });
    expect(value('values(aws_iam_user.u)[*].arn', around)).toEqual(['<aws_iam_user.u["a"].arn>', '<aws_iam_user.u["b"].arn>']);
  });

  it('carries the condition of a resource that may not be there', () => {
    const around = 'variable "on" {\n  type = bool\n}\nresource "aws_iam_user" "u" {\n  count = var.on ? 1 : 0\n  name  = "u"\n}\n';
    const choice = [
      ['var.on', '<aws_iam_user.u[0].arn>'],
      ['not var.on', ''],
    ];
    expect(value('join("", aws_iam_user.u[*].arn)', around)).toEqual(choice);
    expect(value('try(aws_iam_user.u[0].arn, "")', around)).toEqual(choice);
    expect(value('one(aws_iam_user.u[*].arn)', around)).toEqual([choice[0], ['not var.on', null]]);
    expect(main(around).at('aws_iam_user.u[0]').when?.map((literal) => literal.label)).toEqual(['var.on']);
  });

  it('tells attributes of what is not declared apart', () => {
    expect(value('[aws_sqs_queue.q.arn, aws_sqs_queue.q.id, local.no.x]')).toEqual(['?aws_sqs_queue.q.arn', '?aws_sqs_queue.q.id', '?local.no.x']);
    expect(value('try(aws_sqs_queue.q.arn, "none")')).toBe('none');
  });

  it('names deep attributes that only the provider knows', () => {
    expect(value('replace(aws_eks_cluster.e.identity[0].oidc[0].issuer, "https://", "")', 'resource "aws_eks_cluster" "e" {}')).toBe('?replace(aws_eks_cluster.e.identity[0].oidc[0].issuer,"https://","")');
  });
});

describe('data sources', () => {
  it('has one account and one region, however often they are asked for', () => {
    const around = 'data "aws_caller_identity" "a" {}\ndata "aws_caller_identity" "b" {}\ndata "aws_region" "r" {}\n';
    expect(value('data.aws_caller_identity.a.account_id', around)).toBe('?account');
    expect(value('data.aws_caller_identity.a.account_id == data.aws_caller_identity.b.account_id', around)).toBe(true);
    expect(value('data.aws_region.r.name', around)).toBe('?region');
  });

  it('knows the partition', () => expect(value('"arn:${data.aws_partition.p.partition}:${data.aws_partition.p.dns_suffix}"', 'data "aws_partition" "p" {}')).toBe('arn:aws:amazonaws.com'));

  it('refers to entities that exist elsewhere', () => expect(value('data.aws_iam_role.r.arn', 'data "aws_iam_role" "r" {\n  name = "x"\n}')).toBe('<data.aws_iam_role.r.arn>'));

  it('knows managed policies by ARN, and those of AWS by name', () => {
    expect(value('data.aws_iam_policy.p.arn', 'data "aws_iam_policy" "p" {\n  name = "AdministratorAccess"\n}')).toBe('arn:aws:iam::aws:policy/AdministratorAccess');
    expect(value('data.aws_iam_policy.p.arn', 'data "aws_iam_policy" "p" {\n  arn = "arn:x"\n}')).toBe('arn:x');
    expect(value('data.aws_iam_policy.p.arn', 'data "aws_iam_policy" "p" {\n  name = "own"\n}')).toBe('<data.aws_iam_policy.p.arn>');
    expect(value('jsondecode(data.aws_iam_policy.p.policy).Statement', 'data "aws_iam_policy" "p" {\n  name = "AdministratorAccess"\n}')).toEqual([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
  });

  it('renders template_file', () => {
    expect(value('data.template_file.t.rendered', 'data "template_file" "t" {\n  template = "a $${x} b"\n  vars = {\n    x = "1"\n  }\n}')).toBe('a 1 b');
  });

  it('says what it does not know', () => {
    const found = valueOf('data.aws_s3_bucket.b.arn', 'data "aws_s3_bucket" "b" {\n  bucket = "x"\n}');
    expect(found).toMatchObject({ kind: 'unknown', reason: 'data-source' });
    expect(value('data.aws_s3_bucket.b.bucket', 'data "aws_s3_bucket" "b" {\n  bucket = "x"\n}')).toBe('x');
    expect(valueOf('data.aws_secretsmanager_secret_version.s.secret_string', 'data "aws_secretsmanager_secret_version" "s" {}')).toMatchObject({ reason: 'secret' });
  });
});

describe('files', () => {
  const policy = '{\n  "Statement": [{ "Action": "${action}" }]\n}\n';

  it('reads templates and policies beside the module, and places their text in the file', () => {
    const found = opened({
      files: { 'main.tf': 'resource "aws_iam_policy" "p" {\n  policy = templatefile("${path.module}/p.tpl", { action = "s3:*" })\n}\n' },
      disk: { 'p.tpl': policy },
    }).at('aws_iam_policy.p');
    const value = found.properties();
    const text = value.kind === 'map' ? value.entries[0]?.value : undefined;
    if (text?.kind !== 'scalar') throw new Error('no text');
    expect(text.text).toBe(policy.replace('${action}', 's3:*'));
    expect(lineOf({ ...text.origin, start: text.place?.(text.text.indexOf('s3:')) ?? 0 })).toBe('p.tpl:2');
  });

  it('lists files', () => {
    const found = opened({
      files: { 'main.tf': 'resource "aws_iam_policy" "p" {\n  for_each = fileset(path.module, "policies/*.json")\n  policy   = file(each.value)\n}\n' },
      disk: { 'policies/a.json': '{}', 'policies/b.json': '{}', 'policies/c.txt': '' },
    });
    expect(found.addresses).toEqual(['aws_iam_policy.p["policies/a.json"]', 'aws_iam_policy.p["policies/b.json"]']);
  });

  it('says which file is missing, and goes on where the configuration does', () => {
    const found = opened({ 'main.tf': 'resource "aws_iam_policy" "p" {\n  policy = file("no.json")\n  path   = try(file("no.json"), "/x/")\n}\n' });
    expect(property(found.at('aws_iam_policy.p'), 'policy')).toBe('?no.json');
    expect(property(found.at('aws_iam_policy.p'), 'path')).toBe('/x/');
    expect(found.problems.map((problem) => problem.code)).toEqual(['missing-file']);
  });
});

describe('jsonencode', () => {
  it('keeps the structure, and the place of every string', () => {
    const found = main('variable "a" {}\nresource "aws_iam_policy" "p" {\n  policy = jsonencode({\n    Statement = [{\n      Action   = ["s3:*", var.a]\n      Resource = "*"\n    }]\n  })\n}\n').at('aws_iam_policy.p');
    expect(property(found, 'policy')).toEqual({ Statement: [{ Action: ['s3:*', '?var.a'], Resource: '*' }] });
    const properties = found.properties();
    const policy = properties.kind === 'map' ? properties.entries[0]?.value : undefined;
    const statement = policy?.kind === 'map' && policy.entries[0]?.value.kind === 'list' ? policy.entries[0].value.items[0] : undefined;
    const resource = statement?.kind === 'map' ? statement.entries[1] : undefined;
    expect(resource === undefined ? '' : `${textAt(resource.keyOrigin)} ${textAt(resource.value.origin)}`).toBe('Resource *');
  });

  it('stays a structure inside a template that writes JSON, and is text inside other text', () => {
    expect(value('<<EOF\n{"Resource": ${jsonencode(["a"])}}\nEOF')).toEqual('{"Resource": {["a"]}}\n');
    expect(value('"x ${jsonencode({ a = "b" })}"')).toBe('x {"a":"b"}');
  });
});
