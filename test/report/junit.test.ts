import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Source } from '../../src/core/source.ts';
import { junit } from '../../src/report/junit.ts';
import { PLAIN } from '../../src/report/reporter.ts';
import { finding, originOf, report } from './sample.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const TOKEN = /<\?xml [^<>]*\?>|<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/gy;

/** A strict reader of the little XML the reporter writes: anything else is an error. */
function parseXml(xml: string): Element {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xml)) throw new Error('a character XML has no room for');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(xml);
    if (match === null) throw new Error(`no XML at ${xml.slice(at, at + 40)}`);
    const [, closing, name, attributes = '', selfClosing, text] = match;
    const parent = open.at(-1) ?? root;
    if (text !== undefined) parent.text += unescaped(text);
    else if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`unbalanced ${name}`);
    } else if (name !== undefined) {
      const element: Element = { name, attributes: attributesOf(attributes), children: [], text: '' };
      parent.children.push(element);
      if (selfClosing !== '/') open.push(element);
    }
  }
  const [suites] = root.children;
  if (open.length !== 1 || suites === undefined) throw new Error('unbalanced');
  return suites;
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, unescaped(value)]));
}

function unescaped(text: string): string {
  return text.replace(/&(?:(lt|gt|quot|amp);)?/g, (whole, name) => {
    if (name === undefined) throw new Error(`bare ${whole}`);
    return { lt: '<', gt: '>', quot: '"', amp: '&' }[String(name)] ?? '';
  });
}

const read = (input: Parameters<typeof report>[0]) => parseXml(junit.render(report(input), PLAIN));

it('holds a suite per file and a case per finding', () => {
  const other = new Source('b <&>.yaml', '"*"');
  const suites = read({ findings: [finding(), finding({ severity: 'info', ruleId: 'policy-style' }), finding({ origin: originOf(other, '*'), message: 'a <b> & "c"' })] });
  expect(suites).toMatchObject({ name: 'testsuites', attributes: { name: 'iamlint', tests: '3', failures: '2' } });
  expect(suites.children.map(({ attributes }) => attributes)).toEqual([
    { name: 'b <&>.yaml', tests: '1', failures: '1', errors: '0' },
    { name: 'infra/stack.yaml', tests: '2', failures: '1', errors: '0' },
  ]);
  const [failed, passed] = suites.children[1]?.children ?? [];
  expect(failed).toMatchObject({ attributes: { name: 'admin-star-star AdminRole (line 8)', classname: 'infra/stack.yaml', line: '8' } });
  expect(failed?.children[0]).toMatchObject({ name: 'failure', attributes: { type: 'error', message: 'policy of `AdminRole` allows every action on every resource' } });
  expect(failed?.children[0]?.text).toContain('infra/stack.yaml:8:26: policy of');
  expect(passed?.children.map(({ name }) => name)).toEqual(['system-out']);
  expect(suites.children[0]?.children[0]?.children[0]?.attributes['message']).toBe('a <b> & "c"');
});

it('holds one passing case when nothing was found', () => {
  const suites = read({ findings: [] });
  expect(suites.attributes).toMatchObject({ tests: '1', failures: '0' });
  expect(suites.children[0]?.children).toMatchObject([{ name: 'testcase', children: [] }]);
});

it('is well-formed whatever the text', () => {
  const text = fc.string({ unit: fc.oneof(fc.constantFrom('<', '>', '&', '"', "'", ']]>', '&amp;', '\u0000', '\u000b', '\ufffe', '\ud800', '😀', '\r\n', '\t'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })) });
  const wellFormed = fc.property(text, text, (path, message) => {
    const suites = read({ findings: [finding({ origin: originOf(new Source(`p${path}`, '*'), '*'), message: `m${message}`, why: message })] });
    expect(suites.children[0]?.children[0]?.children[0]?.attributes['message']?.startsWith('m')).toBe(true);
  });
  fc.assert(wellFormed, { numRuns: 300 });
});
