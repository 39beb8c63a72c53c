import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { Source } from '../../../src/core/source.ts';
import type { Block, Body } from '../../../src/frontends/terraform/syntax/ast.ts';
import { parseHcl } from '../../../src/frontends/terraform/syntax/parse-hcl.ts';
import { main, opened, property, textAt } from './given.ts';

function parse(text: string): ReturnType<typeof parseHcl> {
  return parseHcl(new Source('main.tf', text));
}

describe('native syntax', () => {
  it('gives every block and argument its place', () => {
    const { body } = parse('resource "aws_x" "y" {\n  a = [1]\n  b { c = "d" }\n}\n');
    const block = body.blocks[0];
    expect(block === undefined ? [] : [textAt(block.origin), block.labels.map((label) => textAt(label.origin)), textAt(block.extent).length]).toEqual(['resource "aws_x" "y"', ['aws_x', 'y'], 50]);
    expect(block?.body.attributes.map((attribute) => [textAt(attribute.origin), textAt(attribute.value)])).toEqual([['a', '[1]']]);
    expect(block?.body.blocks[0]?.body.attributes.map((attribute) => textAt(attribute.value))).toEqual(['d']);
  });

  it('goes on after a fault, at the next line that is indented like it', () => {
    const { body, problems } = parse('resource "a" "b" {\n  one   = = 1\n  two   = 2\n  three = [\n    "x"\n  four  = 4\n}\nresource "c" "d" {\n  five = 5\n}\n');
    expect(problems.map((problem) => [problem.code, problem.origin.source.position(problem.origin.start).line])).toEqual([
      ['unreadable-input', 2],
      ['unreadable-input', 6],
    ]);
    expect(body.blocks.map((block) => block.labels.map((label) => label.text).join('.'))).toEqual(['a.b', 'c.d']);
    expect(body.blocks[0]?.body.attributes.map((attribute) => attribute.name)).toEqual(['one', 'two', 'three', 'four']);
    expect(body.blocks[1]?.body.attributes.map((attribute) => attribute.name)).toEqual(['five']);
  });

  it.each([
    ['x = "a', 'the string is not closed'],
    ['x = <<EOF\na\n', 'the heredoc is not closed by `EOF` on a line of its own'],
    ['x = [1', 'the list is not closed by `]`'],
    ['x = "${a', 'the interpolation `${` is not closed by `}`'],
    ['x = a ? b', 'a conditional needs `:` between its two results'],
    ['x = "%{ if a }b"', '`%{ if }` is not closed by `%{ endif }`'],
    ['x y', 'an argument needs `=`, a block needs `{`'],
    ['}', '`}` closes nothing'],
    ['a {', 'the block `a` is not closed by `}`'],
  ])('says what is wrong with %s', (text, message) => expect(parse(text).problems.map((problem) => problem.message)).toEqual([message]));

  it('takes files without a final line break, with CRLF and with a byte order mark', () => {
    expect(property(main('resource "aws_iam_user" "u" {\r\n  name = <<EOF\r\nx\r\nEOF\r\n}').at('aws_iam_user.u'), 'name')).toBe('x\r\n');
    expect(parse('\uFEFFx = 1').body.attributes.map((attribute) => attribute.name)).toEqual(['x']);
  });

  it('ends a heredoc at the end of the file', () => expect(parse('x = <<EOF\na\nEOF').problems).toEqual([]));
});

describe('JSON syntax', () => {
  const resource = { name: 'u' };
  it.each([
    ['objects', { resource: { aws_iam_user: { u: resource } } }],
    ['a list of roots', [{ resource: { aws_iam_user: { u: resource } } }]],
    ['a list of types', { resource: [{ aws_iam_user: { u: resource } }] }],
    ['a list of labels', { resource: { aws_iam_user: [{ u: resource }] } }],
    ['a list of bodies', { resource: { aws_iam_user: { u: [resource] } } }],
  ])('takes %s', (_name, json) => expect(property(opened({ 'main.tf.json': JSON.stringify(json) }).at('aws_iam_user.u'), 'name')).toBe('u'));

  it('keeps blocks of equal keys apart', () => {
    const found = opened({ 'main.tf.json': '{"resource": {"aws_iam_user": {"a": {"name": "1"}}}, "resource": {"aws_iam_user": {"b": {"name": "2"}}}}' });
    expect(found.addresses).toEqual(['aws_iam_user.a', 'aws_iam_user.b']);
    expect(found.problems).toEqual([]);
  });

  it('reads every string as a template, and leaves comments out', () => {
    const json = { '//': 'note', variable: { v: { type: 'list(string)', default: ['x'] } }, resource: { aws_iam_user: { u: { '//': { metadata: {} }, name: '${var.v[0]}-$${y}', tags: '${{ a = "b" }}', path: '%{ if true }/p/%{ endif }' } } } };
    const found = opened({ 'main.tf.json': JSON.stringify(json) }).at('aws_iam_user.u');
    expect(['name', 'tags', 'path', '//'].map((name) => property(found, name))).toEqual(['x-${y}', { a: 'b' }, '/p/', undefined]);
  });

  it('shows resources by the path of the construct they were made of', () => {
    const json = { resource: { aws_iam_user: { u_1A2B: { '//': { metadata: { path: 'stack/users/u', uniqueId: 'u_1A2B' } }, name: 'u' } } } };
    expect(opened({ 'cdk.tf.json': JSON.stringify(json) }).at('aws_iam_user.u_1A2B').displayName).toBe('stack/users/u');
  });

  it('expands dynamic blocks', () => {
    const json = { data: { aws_iam_policy_document: { d: { dynamic: { statement: { for_each: ['a', 'b'], content: { actions: ['${statement.value}'], dynamic: { principals: [{ for_each: '${["1"]}', content: { type: 'AWS', identifiers: ['${principals.value}'] } }] } } } } } } } };
    expect(property(opened({ 'main.tf.json': JSON.stringify(json) }).at('data.aws_iam_policy_document.d'), 'json')).toMatchObject({ Statement: [{ Action: 'a', Principal: { AWS: '1' } }, { Action: 'b' }] });
  });

  it('places what stands inside strings', () => {
    const text = '{\n  "resource": {"aws_iam_policy": {"p": {\n    "policy": "${jsonencode({\\"Statement\\" = [{\\"Action\\" = \\"s3:*\\"}]})}"\n  }}}\n}\n';
    const properties = opened({ 'main.tf.json': text }).at('aws_iam_policy.p').properties();
    const policy = properties.kind === 'map' ? properties.entries[0]?.value : undefined;
    const statements = policy?.kind === 'map' ? policy.entries[0]?.value : undefined;
    const action = statements?.kind === 'list' && statements.items[0]?.kind === 'map' ? statements.items[0].entries[0]?.value : undefined;
    expect(action === undefined ? '' : textAt(action.origin)).toBe('s3:*');
  });
});

const corpus = join(import.meta.dirname, '../../../../shared/corpus/tf');

/** The parser against one written by others from the same specification: blocks and arguments must be the same, to the character. */
describe.skipIf(!existsSync(corpus))('against tree-sitter-hcl, on the corpus', () => {
  it('finds the same blocks and arguments', async () => {
    const require = createRequire(import.meta.url);
    await Parser.init();
    const parser = new Parser();
    const grammar = join(dirname(require.resolve('@tree-sitter-grammars/tree-sitter-hcl/package.json')), 'tree-sitter-terraform.wasm');
    parser.setLanguage(await Language.load(grammar));
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tf'));
    let compared = 0;
    for (const file of files) {
      const text = readFileSync(join(corpus, file), 'utf8');
      const tree = parser.parse(text);
      if (tree === null || tree.rootNode.hasError) continue;
      const { body, problems } = parseHcl(new Source(file, text));
      expect({ file, problems, items: itemsOf(body) }).toEqual({ file, problems: [], items: treeItems(tree.rootNode) });
      tree.delete();
      compared += 1;
    }
    expect(compared).toBeGreaterThan(files.length * 0.95);
  });
});

/** Every block and argument with its extent, in order. */
function itemsOf(body: Body): readonly string[] {
  const items: string[] = [];
  const visit = (inner: Body): void => {
    for (const attribute of inner.attributes) items.push(`${attribute.name} ${attribute.extent.start}-${attribute.extent.end}`);
    for (const block of inner.blocks) {
      items.push(`${describeBlock(block)} ${block.extent.start}-${block.extent.end}`);
      visit(block.body);
    }
  };
  visit(body);
  return items.sort();
}

function describeBlock(block: Block): string {
  return [block.type, ...block.labels.map((label) => label.text)].join(' ');
}

function treeItems(root: Node): readonly string[] {
  const items: string[] = [];
  const visit = (node: Node): void => {
    for (const child of node.namedChildren) {
      if (child === null) continue;
      if (child.type === 'attribute') items.push(`${child.namedChildren[0]?.text ?? ''} ${child.startIndex}-${child.endIndex}`);
      else if (child.type === 'block') {
        const words = child.namedChildren.flatMap((part) => (part?.type === 'identifier' ? [part.text] : part?.type === 'string_lit' ? [part.text.slice(1, -1)] : []));
        items.push(`${words.join(' ')} ${child.startIndex}-${child.endIndex}`);
        visit(child);
      } else visit(child);
    }
  };
  visit(root);
  return items.sort();
}
