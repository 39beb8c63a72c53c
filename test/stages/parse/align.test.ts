import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/core/source.ts';
import { alignText } from '../../../src/parse/align.ts';
import type { ScalarNode } from '../../../src/parse/node.ts';
import { parseText } from '../../../src/parse/yaml.ts';

/** The scalar under `k`, and what the file reads where each of its characters is said to stand. */
function aligned(text: string): { readonly node: ScalarNode; readonly read: (character: string) => string; readonly place: (offset: number) => number } {
  const { root } = parseText(new Source('x.yaml', text));
  const node = root?.kind === 'mapping' ? root.entries.find((entry) => entry.key.text === 'k')?.value : undefined;
  if (node?.kind !== 'scalar') throw new Error(`no scalar in ${text}`);
  const place = alignText(node);
  return { node, place, read: (word) => text.slice(place(node.text.indexOf(word)), place(node.text.indexOf(word) + word.length)) };
}

describe('each character of a text has its place in the file', () => {
  test.each([
    ['plain', 'k: arn:aws:s3', 's3', 's3'],
    ['double quotes', 'k: "arn:aws:s3"', 's3', 's3'],
    ['single quotes with a doubled one', "k: 'it''s s3'", 's3', 's3'],
    ['a doubled quote itself', "k: 'it''s'", "'", "''"],
    ['escapes before it', 'k: "\\"a\\"\\n\\tx s3"', 's3', 's3'],
    ['an escape itself', 'k: "a\\u0041b"', 'A', '\\u0041'],
    ['a short escape', 'k: "a\\x41b"', 'A', '\\x41'],
    ['behind a long escape', 'k: "\\U0001F600 s3"', 's3', 's3'],
    ['a literal block', 'k: |\n  {\n    "a": "s3"\n  }\n', '"s3"', '"s3"'],
    ['a literal block, deeper indented than needed', 'k: |\n      first\n      s3\n', 's3', 's3'],
    ['a literal block with an indentation given', 'k: |2\n    lead\n  s3\n', 's3', 's3'],
    ['a literal block with blank lines', 'k: |\n  a\n\n\n  s3\n', 's3', 's3'],
    ['a literal block with blank lines of white space', 'k: |\n  a\n    \n  s3\n', 's3', 's3'],
    ['a folded block', 'k: >\n  one\n  two\n  s3 x\n', 's3', 's3'],
    ['a folded block with deeper lines', 'k: >\n  one\n    deeper\n  s3\n', 's3', 's3'],
    ['a folded block with blank lines', 'k: >\n  one\n\n  two\n  s3\n', 's3', 's3'],
    ['several lines in double quotes', 'k: "one\n  two\n  s3"', 's3', 's3'],
    ['several lines in double quotes, blank ones between', 'k: "one\n\n  two\n  s3"', 's3', 's3'],
    ['a line break escaped away', 'k: "one\\\n   s3"', 's3', 's3'],
    ['a line break escaped away, a space kept', 'k: "one\\\n   \\ s3"', 's3', 's3'],
    ['several lines in single quotes', "k: 'one\n  two\n\n  s3'", 's3', 's3'],
    ['several plain lines', 'k: one\n  two\n  s3', 's3', 's3'],
    ['several plain lines, blank ones between', 'k: one\n\n\n  two\n  s3', 's3', 's3'],
    ['carriage returns in a literal block', 'k: |\r\n  one\r\n  s3\r\n', 's3', 's3'],
    ['carriage returns in a folded text', 'k: "one\r\n  two\r\n  s3"', 's3', 's3'],
    ['a word that is there twice', 'k: "aa\\taa s3"', 's3', 's3'],
    ['trailing white space before a fold', 'k: "one   \n   two s3"', 's3', 's3'],
    ['tabs in the indentation of a folded quote', 'k: "one\n\t two s3"', 's3', 's3'],
    ['surrogates', 'k: "\u{1F600} s3"', 's3', 's3'],
    ['JSON in JSON', '{"k": "{\\"a\\": [\\"s3\\"]}"}', '"s3', '\\"s3'],
  ])('%s', (_name, text, word, expected) => {
    expect(aligned(text).read(word)).toBe(expected);
  });

  test('the end is the end', () => {
    const text = 'k: |\n  a\n  b\nx: y';
    const { node, place } = aligned(text);
    expect(text.slice(0, place(node.text.length))).toBe('k: |\n  a\n  b\n');
  });

  test('in a repaired text, places are those of the text as written', () => {
    const text = 'a: [\n  b\n]\nk: "x\\ts3"';
    expect(aligned(text).read('s3')).toBe('s3');
  });
});

test('whatever the layout, letters and digits stand where they are said to', () => {
  const line = fc.stringMatching(/^[a-z0-9{}":, ]{0,12}$/).map((text) => text.trim()).filter((text) => text !== '');
  const lines = fc.array(fc.oneof(line, fc.constant('')), { minLength: 1, maxLength: 6 }).filter((all) => all[0] !== '');
  fc.assert(
    fc.property(lines, fc.constantFrom('|', '>', '|-', '>-', '|+', '>+'), fc.integer({ min: 1, max: 6 }), fc.constantFrom('\n', '\r\n'), (all, style, indent, end) => {
      const text = `k: ${style}${end}${all.map((one) => (one === '' ? '' : `${' '.repeat(indent)}${one}`)).join(end)}${end}`;
      check(text);
    }),
  );
  fc.assert(fc.property(fc.string({ maxLength: 40, unit: 'grapheme' }), (value) => check(`{"k": ${JSON.stringify(value)}}`)));
  fc.assert(fc.property(lines, fc.constantFrom('"', "'"), (all, quote) => check(`k: ${quote}${all.map((one) => one.replaceAll('"', '')).join('\n  ')}${quote}`)));
});

function check(text: string): void {
  const { node, place } = aligned(text);
  let last = -1;
  for (let index = 0; index < node.text.length; index += 1) {
    const at = place(index);
    expect(at).toBeGreaterThanOrEqual(last);
    last = at;
    const character = node.text[index] ?? '';
    if (/[a-z0-9]/.test(character) && text[at] !== '\\') expect(text[at], `${JSON.stringify(text)} at ${index}`).toBe(character);
  }
}
