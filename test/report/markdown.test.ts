import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Source } from '../../src/core/source.ts';
import { markdown } from '../../src/report/markdown.ts';
import { PLAIN, type RenderOptions } from '../../src/report/reporter.ts';
import { finding, notice, originOf, report } from './sample.ts';

const render = (input: Parameters<typeof report>[0], options: Partial<RenderOptions> = {}) => markdown.render(report(input), { ...PLAIN, ...options });
const rowsOf = (text: string) => text.split('\n').filter((line) => /^\| (🟥|🟧|🟦)/u.test(line));

it('lists the gravest first, in one table', () => {
  const text = render({ findings: [finding({ severity: 'info', ruleId: 'policy-style' }), finding({ ruleId: 'zz' })] });
  expect(text).toContain('### ❌ iamlint: 2 findings (1 error, 0 warnings, 1 info)');
  expect(rowsOf(text)).toEqual([
    '| 🟥 error | `zz` | `infra/stack.yaml:8`<br>`AdminRole` | policy of `AdminRole` allows every action on every resource<br>**Fix:** list the actions that are needed |',
    '| 🟦 info | [`policy-style`](https://example.org/rules/policy-style) | `infra/stack.yaml:8`<br>`AdminRole` | policy of `AdminRole` allows every action on every resource<br>**Fix:** list the actions that are needed |',
  ]);
});

it('links to the scanned commit where its address is known', () => {
  const source = new Source('a (b)/x.yaml', '*');
  const text = render({ findings: [finding({ origin: originOf(source, '*') })], prefix: 'infra' }, { sourceBase: 'https://example.org/o/r/blob/abc/' });
  expect(text).toContain('[`infra/a (b)/x.yaml:1`](https://example.org/o/r/blob/abc/infra/a%20%28b%29/x.yaml#L1)');
});

it('says that nothing was found', () => {
  expect(render({ findings: [] })).toMatch(/^### ✅ iamlint: no findings\n\n1 file · /);
});

it('lists notices when asked', () => {
  expect(render({ notices: [notice()] })).not.toContain('unresolved-value');
  expect(render({ notices: [notice()] }, { notices: true })).toContain('| `unresolved-value` | `infra/stack.yaml:10` | parameter `Name` has no default |');
});

it('stays within the bytes it is given and says what is missing', () => {
  const source = new Source('x.yaml', '密\n'.repeat(2000));
  const findings = Array.from({ length: 1500 }, (_unused, index) => finding({ origin: { source, start: index * 2, end: index * 2 + 1 }, message: '密'.repeat(100) }));
  const notices = Array.from({ length: 300 }, (_unused, index) => notice({ message: `密`.repeat(index + 1) }));
  const text = render({ findings, notices }, { maxBytes: 100_000, notices: true });
  expect(Buffer.byteLength(text)).toBeLessThan(100_000);
  expect(rowsOf(text).length).toBeGreaterThan(100);
  expect(text).toContain(`… and ${1500 - rowsOf(text).length} more findings`);
  expect(text).toMatch(/… and \d+ more notices\n$/);
});

describe('scanned text', () => {
  it('is shown, not read as Markdown or HTML', () => {
    const [row = ''] = rowsOf(render({ findings: [finding({ message: 'a | <img src=x> [l](http://x) @team `n|` **b**', fix: '', resource: undefined })] }));
    expect(row.split(' | ').at(-1)).toBe('a \\| &lt;img src=x&gt; \\[l\\](http:&#47;&#47;x) &#64;team `n\\|` \\*\\*b\\*\\* |');
  });

  it('never adds a cell, a line or a tag', () => {
    const text = fc.string({ unit: fc.constantFrom('|', '\\', '`', '``', '<', '>', '\n', '\r', '&', 'a', ' ', '*', '[', ']', '(', ')', '@') });
    const oneRow = fc.property(text, text, (path, message) => {
      const [row = '', ...others] = rowsOf(render({ findings: [finding({ origin: originOf(new Source(`p${path}`, '*'), '*'), message })] }));
      expect(others).toEqual([]);
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
      const outsideCode = row.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
      expect(outsideCode.replaceAll('<br>', '')).not.toMatch(/[<>]/);
    });
    fc.assert(oneRow, { numRuns: 300 });
  });
});
