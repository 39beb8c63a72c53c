import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Source } from '../../src/core/source.ts';
import { REPORTERS } from '../../src/report/index.ts';
import { repositoryPath } from '../../src/report/place.ts';
import { PLAIN } from '../../src/report/reporter.ts';
import { finding, notice, originOf, report, resource, RULES, TEMPLATE } from './sample.ts';

describe('order', () => {
  it('sorts by file, line, column and rule', () => {
    const other = new Source('a.yaml', 'x: "*"\n');
    const { findings } = report({
      findings: [
        finding({ ruleId: 'b', origin: originOf(TEMPLATE, 'Resource: "*"') }),
        finding({ ruleId: 'b' }),
        finding({ ruleId: 'a' }),
        finding({ ruleId: 'z', origin: originOf(other, '*') }),
      ],
    });
    expect(findings.map(({ file, line, column, ruleId }) => [file, line, column, ruleId])).toEqual([
      ['a.yaml', 1, 5, 'z'],
      ['infra/stack.yaml', 8, 26, 'a'],
      ['infra/stack.yaml', 8, 26, 'b'],
      ['infra/stack.yaml', 9, 17, 'b'],
    ]);
  });

  it('gives the same bytes in every format whatever the order of what was found', () => {
    const words = ['*', 'Allow', 'AdminRole', 'Deployer', 'hunter2', 'Statement'];
    const findings = words.flatMap((word) => [
      finding({ origin: originOf(TEMPLATE, word), message: word }),
      finding({ origin: originOf(TEMPLATE, word), ruleId: 'policy-style', severity: 'info', securitySeverity: 0 }),
      finding({ origin: originOf(TEMPLATE, word), ruleId: 'policy-style', severity: 'warning', resource: resource('AdminRole', '222222222222') }),
      finding({ origin: originOf(TEMPLATE, word), ruleId: 'login-profile-plaintext-password', evidence: { actions: [word], resources: [], principals: [] } }),
    ]);
    const notices = words.map((word) => notice({ origin: originOf(TEMPLATE, word), message: word }));
    const suppressed = findings.slice(0, 6).map((one) => ({ finding: one, kind: 'inSource' as const, reason: 'known' }));
    const options = { ...PLAIN, notices: true, sarifSuppressed: true };
    const texts = (input: Parameters<typeof report>[0]) => REPORTERS.map((reporter) => reporter.render(report(input), options));
    const expected = texts({ findings, notices, suppressed });
    const shuffled = fc.record({
      findings: fc.shuffledSubarray(findings, { minLength: findings.length }),
      notices: fc.shuffledSubarray(notices, { minLength: notices.length }),
      suppressed: fc.shuffledSubarray(suppressed, { minLength: suppressed.length }),
      rules: fc.shuffledSubarray([...RULES], { minLength: RULES.length }),
    });
    const sameBytes = fc.property(shuffled, (input) => {
      expect(texts(input)).toEqual(expected);
    });
    fc.assert(sameBytes, { numRuns: 30 });
  });
});

describe('duplicates', () => {
  it('merges what is said of one place for several accounts', () => {
    const { findings, summary } = report({ findings: [finding(), finding({ resource: resource('AdminRole', '222222222222') }), finding()] });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ account: null, accounts: ['111111111111', '222222222222'] });
    expect(summary.findings).toEqual({ error: 1, warning: 0, info: 0 });
  });

  it('keeps the graver of two that differ in severity only', () => {
    const { findings } = report({ findings: [finding({ severity: 'info' }), finding({ severity: 'warning' })] });
    expect(findings.map((one) => one.severity)).toEqual(['warning']);
  });

  it('keeps findings of different resources, messages and places apart', () => {
    const { findings } = report({
      findings: [finding(), finding({ resource: resource('Other', '111111111111') }), finding({ message: 'other' }), finding({ origin: originOf(TEMPLATE, 'Allow') })],
    });
    expect(findings).toHaveLength(4);
  });

  it('lists equal notices once', () => {
    expect(report({ notices: [notice(), notice(), notice({ message: 'other' })] }).summary.notices).toBe(2);
  });
});

describe('fingerprints', () => {
  it('survive lines added above', () => {
    const moved = new Source(TEMPLATE.path, `# a comment\n\n${TEMPLATE.text}`);
    const before = report().findings[0]?.fingerprint;
    const after = report({ findings: [finding({ origin: originOf(moved, '*') })] }).findings[0];
    expect(after?.line).toBe(10);
    expect(after?.fingerprint).toBe(before);
  });

  it('differ by rule, resource and offending text, and count equal ones', () => {
    const second = originOf(TEMPLATE, '*', TEMPLATE.text.indexOf('Resource: "*"'));
    const { findings } = report({
      findings: [finding(), finding({ origin: second }), finding({ ruleId: 'policy-style' }), finding({ resource: resource('Other') }), finding({ origin: originOf(TEMPLATE, 'Allow') })],
    });
    const marks = findings.map((one) => one.fingerprint);
    expect(new Set(marks).size).toBe(5);
    expect(marks.filter((mark) => mark.endsWith(':2'))).toHaveLength(1);
  });

  it('do not depend on the folder the run started in', () => {
    const fromTop = report().findings[0]?.fingerprint;
    const inside = new Source('stack.yaml', TEMPLATE.text);
    expect(report({ findings: [finding({ origin: originOf(inside, '*') })], prefix: 'infra' }).findings[0]?.fingerprint).toBe(fromTop);
  });
});

describe('places', () => {
  it('looks up a pointer into JSON text and falls back to what contains it', () => {
    const plan = new Source('plan.json', '{\n  "changes": [ 1, {"after": {"policy": "{}"}}, "x" ]\n}');
    const at = (pointer: (string | number)[]) => {
      const { findings } = report({ findings: [finding({ origin: { source: plan, start: 0, end: 0, pointer } })] });
      const [one] = findings;
      return one && [one.line, one.column, one.endLine, one.endColumn];
    };
    expect(at(['changes', 1, 'after', 'policy'])).toEqual([2, 41, 2, 43]);
    expect(at(['changes', 1, 'after', 'gone'])).toEqual([2, 29, 2, 45]);
    expect(at(['changes', 2])).toEqual([2, 49, 2, 50]);
    expect(at(['changes', 3])).toEqual([2, 14, 2, 53]);
    expect(at([])).toEqual([1, 1, 3, 2]);
  });

  it('finds every element of a long array, whatever its kind', () => {
    const elements = [1, 'a,]"', [], {}, [[1], 2], null, '', true, { k: ['x', '{'] }, -1.5e3, 'end'];
    const text = `\n {"list" : [ ${elements.map((element) => JSON.stringify(element)).join(' ,\n ')} ] }`;
    const plan = new Source('plan.json', text);
    for (const [index, element] of elements.entries()) {
      const built = report({ findings: [finding({ origin: { source: plan, start: 0, end: 0, pointer: ['list', index] } })] });
      const [one] = built.findings;
      const line = plan.line(one?.line ?? 0) ?? '';
      const found = line.slice((one?.column ?? 0) - 1, (one?.endColumn ?? 0) - 1);
      if (element !== '') expect(found).toBe(typeof element === 'string' ? JSON.stringify(element).slice(1, -1) : JSON.stringify(element));
    }
  });

  it('does not count a byte order mark as a column', () => {
    const marked = new Source('bom.json', '\ufeff{"Action": "*"}');
    expect(report({ findings: [finding({ origin: originOf(marked, '*') })] }).findings[0]).toMatchObject({ line: 1, column: 13, endColumn: 14 });
  });

  it('widens an empty place to one character where there is one', () => {
    const empty = new Source('empty.yaml', '');
    expect(report({ findings: [finding({ origin: { source: TEMPLATE, start: 0, end: 0 } })] }).findings[0]).toMatchObject({ line: 1, column: 1, endLine: 1, endColumn: 2 });
    expect(report({ findings: [finding({ origin: { source: empty, start: 0, end: 0 } })] }).findings[0]).toMatchObject({ line: 1, column: 1, endLine: 1, endColumn: 1 });
  });

  it('adds the places a value passed through to the related ones', () => {
    const via = [originOf(TEMPLATE, 'Deployer')];
    const [one] = report({ findings: [finding({ origin: { ...originOf(TEMPLATE, '*'), via } })] }).findings;
    expect(one?.related).toEqual([{ message: 'the value is used through this', file: 'infra/stack.yaml', line: 10, column: 3, endLine: 10, endColumn: 11 }]);
  });

  it.each([
    ['', 'a/b.yaml', 'a/b.yaml'],
    ['infra', 'b.yaml', 'infra/b.yaml'],
    ['infra/prod', '../lib/./x.yaml', 'infra/lib/x.yaml'],
    ['infra', '../../outside.yaml', '../outside.yaml'],
    ['infra', '/elsewhere/x.yaml', '/elsewhere/x.yaml'],
    ['infra', 'C:/x.yaml', 'C:/x.yaml'],
  ])('sees %j + %j from the top of the repository as %j', (prefix, file, expected) => {
    expect(repositoryPath(prefix, file)).toBe(expected);
  });
});

it('keeps suppressed findings apart, with their reason', () => {
  const built = report({ findings: [], suppressed: [{ finding: finding(), kind: 'external', reason: 'break-glass role' }] });
  expect(built.findings).toEqual([]);
  expect(built.summary.suppressed).toBe(1);
  expect(built.suppressed[0]).toMatchObject({ kind: 'external', justification: 'break-glass role', finding: { ruleId: 'admin-star-star', line: 8 } });
});
