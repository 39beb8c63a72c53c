import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/core/source.ts';
import type { Node } from '../../../src/parse/node.ts';
import { parseText } from '../../../src/parse/yaml.ts';

function parse(text: string): { readonly root: Node | undefined; readonly codes: readonly string[]; readonly at: readonly string[] } {
  const { root, problems } = parseText(new Source('x.yaml', text));
  return { root, codes: problems.map((problem) => problem.code), at: problems.map((problem) => text.slice(problem.origin.start, problem.origin.end)) };
}

/** A tree as plain data, in the order of the file. */
function data(node: Node | undefined): unknown {
  switch (node?.kind) {
    case undefined:
      return undefined;
    case 'scalar':
      return node.tag === '' ? node.text : `${node.tag} ${node.text}`;
    case 'sequence':
      return node.items.map(data);
    case 'mapping':
      return node.entries.map(({ key, value }) => [key.text, data(value)]);
  }
}

/** What the file reads at each scalar, keys included. */
function scalars(node: Node | undefined, text: string): readonly string[] {
  switch (node?.kind) {
    case undefined:
      return [];
    case 'scalar':
      return [text.slice(node.start, node.end)];
    case 'sequence':
      return node.items.flatMap((item) => scalars(item, text));
    case 'mapping':
      return node.entries.flatMap(({ key, value }) => [text.slice(key.start, key.end), ...scalars(value, text)]);
  }
}

describe('trees', () => {
  test.each([
    ['a: b', [['a', 'b']]],
    ['{"a": ["b", 1, null]}', [['a', ['b', '1', 'null']]]],
    ['a:\nb:\n- c\n- d: e', [['a', ''], ['b', ['c', [['d', 'e']]]]]],
    ['a: !Ref x\nb: !GetAtt [A, B]\nc: !Sub\n- t\n- {k: v}', [['a', '!Ref x'], ['b', ['A', 'B']], ['c', ['t', [['k', 'v']]]]]],
    ['a: 012345678901\nb: 2012-10-17\nc: yes', [['a', '012345678901'], ['b', '2012-10-17'], ['c', 'yes']]],
    ['a: &x {k: v}\nb: *x', [['a', [['k', 'v']]], ['b', [['k', 'v']]]]],
    ['a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}', [['a', [['k', '1'], ['l', '2']]], ['b', [['k', '1'], ['l', '3']]]]],
    ['a: &x {k: 1}\nb: &y {k: 2, m: 3}\nc: {<<: [*x, *y]}', [['a', [['k', '1']]], ['b', [['k', '2'], ['m', '3']]], ['c', [['m', '3'], ['k', '1']]]]],
    ['a: |\n  x\n  y\nb: >-\n  x\n  y', [['a', 'x\ny\n'], ['b', 'x y']]],
    ['# only\na: b # c', [['a', 'b']]],
    ['---\na: b\n---\nc: d', [['a', 'b']]],
    ['"a": \'b\'', [['a', 'b']]],
  ])('%j', (text, expected) => {
    const { root, codes } = parse(text);
    expect(data(root)).toEqual(expected);
    expect(codes).toEqual([]);
  });

  test.each(['', '# nothing', '\n\n', '\uFEFF'])('%j is empty', (text) => {
    expect(parse(text)).toEqual({ root: undefined, codes: [], at: [] });
  });
});

describe('places', () => {
  test.each([
    ['a: "b c"', ['a', 'b c']],
    ['"a": \'b\'', ['a', 'b']],
    ['a:\n  - x\n  - "y"', ['a', 'x', 'y']],
    ['a: |\n  x\n  y\nb: c', ['a', '  x\n  y\n', 'b', 'c']],
    ['{"a": {"b": "c"}}', ['a', 'b', 'c']],
    ['a: !Sub "x"', ['a', 'x']],
    ['\uFEFFa: b\nc: d', ['a', 'b', 'c', 'd']],
    ['\uFEFF{"a": "b", "c": ["d"]}', ['a', 'b', 'c', 'd']],
    ['a: b\r\nc: "d"\r\n', ['a', 'b', 'c', 'd']],
    ['a: x # comment\nb: y', ['a', 'x', 'b', 'y']],
  ])('%j', (text, expected) => {
    expect(scalars(parse(text).root, text)).toEqual(expected);
  });

  test('mappings and lists reach from their first to their last character that is a value', () => {
    const text = 'a:\n  b: [x, y]\n  c: {d: e}\nf: g';
    const { root } = parse(text);
    const a = root?.kind === 'mapping' ? root.entries[0]?.value : undefined;
    expect(text.slice(a?.start, a?.end)).toBe('b: [x, y]\n  c: {d: e');
  });
});

describe('what js-yaml refuses and CloudFormation takes', () => {
  const text = 'Statement:\n- Action: [\n    a,\n    b\n]\n  Resource: [\n  c\n  ]\n  Effect: Allow\n';

  test('a closing bracket no deeper than its key', () => {
    const { root, codes } = parse(text);
    expect(data(root)).toEqual([['Statement', [[['Action', ['a', 'b']], ['Resource', ['c']], ['Effect', 'Allow']]]]]);
    expect(codes).toEqual([]);
  });

  test('places are those of the text as written', () => {
    expect(scalars(parse(text).root, text)).toEqual(['Statement', 'Action', 'a', 'b', 'Resource', 'c', 'Effect', 'Allow']);
  });

  test('many such lines', () => {
    const many = Array.from({ length: 120 }, (_, index) => `k${index}: [\n  v${index}\n]`).join('\n');
    const { root, codes } = parse(many);
    expect(codes).toEqual([]);
    expect(scalars(root, many)).toEqual(Array.from({ length: 120 }, (_, index) => [`k${index}`, `v${index}`]).flat());
  });

  test('a list of which no line is indented, with quotes, comments and brackets in it', () => {
    const flat = 'k: [\n"a]", # it\'s [ not closed\n\'b}\',\nit\'s,\n{c: [d,\ne\n]\n}\n]\nnext: [\nf\n]';
    const { root, codes } = parse(flat);
    expect(codes).toEqual([]);
    expect(data(root)).toEqual([['k', ['a]', 'b}', 'it\'s', [['c', ['d', 'e']]]]], ['next', ['f']]]);
    expect(scalars(root, flat)).toEqual(['k', 'a]', 'b}', "it's", 'c', 'd', 'e', 'next', 'f']);
  });

  test('a very long list takes one repair', () => {
    const long = `k: [\n${Array.from({ length: 5_000 }, (_, index) => `v${index}`).join(',\n')}\n]`;
    const { root, codes } = parse(long);
    expect(codes).toEqual([]);
    expect(scalars(root, long).slice(-2)).toEqual(['v4998', 'v4999']);
  });

  test('more than any file has end as an unreadable file, soon', () => {
    const many = Array.from({ length: 400 }, (_, index) => `k${index}: [\n  v\n]`).join('\n');
    expect(parse(many).codes).toEqual(['unreadable-input']);
    const start = performance.now();
    expect(parse(`${Array.from({ length: 20_000 }, (_, index) => `filler${index}: some text to read`).join('\n')}\n${many}`).codes).toEqual(['unreadable-input']);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('an error behind a repaired line is placed in the text as written', () => {
    const broken = 'a: [\n  b\n]\nc: "never closed';
    const { codes } = parse(broken);
    const { problems } = parseText(new Source('x.yaml', broken));
    expect(codes).toEqual(['unreadable-input']);
    expect(problems[0]?.origin.start).toBeGreaterThanOrEqual(broken.indexOf('c:'));
    expect(problems[0]?.origin.start).toBeLessThanOrEqual(broken.length);
  });
});

describe('problems', () => {
  test.each([
    ['a: 1\na: 2', ['duplicate-key'], ['a']],
    ['{"a": 1, "b": {"c": 1, "c": 2}}', ['duplicate-key'], ['c']],
    ['a: 1\na: 2\na: 3', ['duplicate-key', 'duplicate-key'], ['a', 'a']],
    ['a: *nobody', ['unreadable-input'], ['nobody']],
    ['a: &x [*x]', ['unreadable-input'], ['x']],
    ['? [a]\n: b', ['unsupported-construct'], ['']],
    ['a: {<<: text}', ['unsupported-construct'], ['text']],
    ['a: b: c', ['unreadable-input'], [':']],
    ['a:\n\tb: c', ['unreadable-input'], ['\t']],
    ['{"a": ', ['unreadable-input'], ['']],
  ])('%j', (text, codes, at) => {
    const parsed = parse(text);
    expect(parsed.codes).toEqual(codes);
    if (codes[0] !== 'unsupported-construct') expect(parsed.at).toEqual(at);
  });

  test('a key given beside a merge is no double', () => {
    expect(parse('a: &x {k: 1}\nb: {<<: *x, k: 2}').codes).toEqual([]);
    expect(parse('a: &x {k: 1}\nb: {k: 2, <<: *x}').codes).toEqual([]);
  });

  test('deep nesting is refused, not run into', () => {
    expect(parse(`${'['.repeat(100_000)}`).codes).toEqual(['unreadable-input']);
  });
});

test('JSON means the same to us as to JSON.parse, and each string is found at its place', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.integer({ min: 0, max: 4 }), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      const { root, codes } = parse(text);
      expect(codes).toEqual([]);
      expect(toJson(root)).toEqual(JSON.parse(text));
      for (const found of strings(root)) expect(JSON.parse(`"${text.slice(found.start, found.end)}"`)).toBe(found.text);
    }),
  );
});

test('nothing makes the parser throw, and every place lies in the text', () => {
  const pieces = fc.constantFrom('a', 'b:', ' ', '\n', '  ', '- ', '[', ']', '{', '}', ',', ':', '"', "'", '&x', '*x', '!Ref', '|', '>', '#', '<<: ', '\t', '\r\n', '?', '%', '@', '\\', '\u2028', '\uD800', '---', '...');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const { root, problems } = parseText(new Source('x', text));
      for (const place of [...problems.map((problem) => problem.origin), ...nodes(root, 0)]) {
        expect(place.start).toBeGreaterThanOrEqual(0);
        expect(place.end).toBeGreaterThanOrEqual(place.start);
        expect(place.start).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 2_000 },
  );
});

function toJson(node: Node | undefined): unknown {
  switch (node?.kind) {
    case undefined:
      return undefined;
    case 'scalar': {
      const literal: unknown = node.style === 'plain' ? JSON.parse(node.text) : node.text;
      return literal;
    }
    case 'sequence':
      return node.items.map(toJson);
    case 'mapping': {
      const entries = node.entries.map(({ key, value }) => `${JSON.stringify(key.text)}:${JSON.stringify(toJson(value))}`);
      const object: unknown = JSON.parse(`{${entries.join(',')}}`);
      return object;
    }
  }
}

function strings(node: Node | undefined): readonly { readonly text: string; readonly start: number; readonly end: number }[] {
  return nodes(node, 0).flatMap((one) => (one.kind === 'scalar' && one.style === 'double' ? [one] : []));
}

function nodes(node: Node | undefined, depth: number): readonly Node[] {
  if (node === undefined || depth > 50) return [];
  if (node.kind === 'scalar') return [node];
  if (node.kind === 'sequence') return [node, ...node.items.flatMap((item) => nodes(item, depth + 1))];
  return [node, ...node.entries.flatMap(({ key, value }) => [key, ...nodes(value, depth + 1)])];
}
