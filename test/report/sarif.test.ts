import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { Log, Result } from 'sarif';
import { describe, expect, it } from 'vitest';
import { Source } from '../../src/core/source.ts';
import { lineHashes } from '../../src/report/line-hash.ts';
import { PLAIN, type RenderOptions } from '../../src/report/reporter.ts';
import { sarif } from '../../src/report/sarif.ts';
import { finding, notice, originOf, report, rule, RULES, TEMPLATE } from './sample.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(new URL('sarif-2.1.0.schema.json', import.meta.url), 'utf8')));

function logOf(input: Parameters<typeof report>[0], options: Partial<RenderOptions> = {}): Log {
  const text = sarif.render(report(input), { ...PLAIN, ...options });
  const log = JSON.parse(text);
  expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  assertGithubAccepts(log, text);
  return log;
}

function resultsOf(log: Log): readonly Result[] {
  return log.runs[0]?.results ?? [];
}

/** What GitHub asks beyond the schema (docs: SARIF support for code scanning); one breach rejects the whole file. */
function assertGithubAccepts(log: Log, text: string): void {
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
  expect(log.runs).toHaveLength(1);
  const [run] = log.runs;
  const rules = run?.tool.driver.rules ?? [];
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { name, shortDescription, fullDescription, help, properties } of rules) {
    expect(name?.length).toBeLessThanOrEqual(255);
    for (const described of [shortDescription, fullDescription]) expect(described?.text.length).toSatisfy((length: number) => length > 0 && length <= 1024);
    expect(help?.text).not.toBe('');
    expect(properties?.tags?.length).toBeLessThanOrEqual(10);
    const severity: unknown = properties?.['security-severity'];
    if (severity !== undefined) {
      expect(severity).toBeTypeOf('string');
      expect(Number(severity)).toSatisfy((value: number) => value > 0 && value <= 10);
      expect(properties?.tags).toContain('security');
    }
  }
  expect(run?.results).toBeDefined();
  expect(run?.results?.length).toBeLessThanOrEqual(5000);
  for (const result of run?.results ?? []) assertGithubShows(result, rules.map(({ id }) => id));
}

function assertGithubShows(result: Result, rules: readonly string[]): void {
  expect(rules[result.ruleIndex ?? -1]).toBe(result.ruleId);
  expect(result.message.text).toBeTruthy();
  expect(result.kind).toBeUndefined();
  expect(result.locations?.length).toSatisfy((count: number) => count >= 1 && count <= 100);
  const related = new Set((result.relatedLocations ?? []).map(({ id }) => String(id)));
  for (const [, target = ''] of (result.message.text ?? '').matchAll(/(?<!\\)\]\(([^)]*)\)/g)) expect(related.has(target)).toBe(true);
  const flows = (result.codeFlows ?? []).flatMap((flow) => flow.threadFlows.flatMap(({ locations }) => locations.map(({ location }) => location)));
  for (const location of [...(result.locations ?? []), ...(result.relatedLocations ?? []), ...flows]) {
    const place = location?.physicalLocation;
    expect(place?.artifactLocation?.uri).toMatch(/^(?:file:\/\/\/(?:[A-Z]:\/)?)?(?!\/|\.\/)(?:[\w.!~*'()/-]|%[0-9A-F]{2})+$/);
    const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 } = place?.region ?? {};
    expect(Math.min(startLine, startColumn, endLine, endColumn)).toBeGreaterThanOrEqual(1);
    expect(endLine > startLine || (endLine === startLine && endColumn >= startColumn)).toBe(true);
  }
}

it('holds a result for each finding and every rule of the tool', () => {
  const log = logOf({});
  const driver = log.runs[0]?.tool.driver;
  expect(driver?.rules?.map(({ id }) => id)).toEqual(['admin-star-star', 'login-profile-plaintext-password', 'policy-style']);
  expect(driver).toMatchObject({ name: 'iamlint', version: '0.1.0', semanticVersion: '0.1.0', properties: { dataDate: '2026-09-26' } });
  expect(resultsOf(log)).toHaveLength(1);
  expect(resultsOf(log)[0]).toMatchObject({
    ruleId: 'admin-star-star',
    level: 'error',
    message: { text: 'Policy of `AdminRole` allows every action on every resource. Whoever holds the role owns the account. Fix: list the actions that are needed.' },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'infra/stack.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 8, startColumn: 26, endLine: 8, endColumn: 27, snippet: { text: '*' } },
          contextRegion: { startLine: 6, startColumn: 1, endLine: 10, endColumn: 12 },
        },
        logicalLocations: [{ fullyQualifiedName: 'AdminRole', kind: 'resource' }],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: lineHashes(TEMPLATE, new Set([8])).get(8) },
  });
});

it('holds an empty list of results when nothing was found, so that old alerts close', () => {
  expect(logOf({ findings: [] }).runs[0]?.results).toEqual([]);
});

it('writes security severities as strings, and none for rules of style', () => {
  const [admin, , style] = logOf({}).runs[0]?.tool.driver.rules ?? [];
  expect(admin?.properties).toEqual({ tags: ['security', 'iam', 'wildcard'], precision: 'high', 'problem.severity': 'error', 'security-severity': '9.3' });
  expect(style?.properties).toEqual({ tags: ['iam', 'wildcard'], precision: 'high', 'problem.severity': 'recommendation' });
});

it('stays within the lengths GitHub allows', () => {
  const tags = Array.from({ length: 30 }, (_unused, index) => `tag-${index}`);
  const long = 'x'.repeat(3000);
  logOf({ rules: [rule('a'.repeat(400), { title: long, what: long, why: long, tags, securitySeverity: 12 }), rule('b', { title: '', what: '', why: '', fix: '', helpUri: '', references: [] })] });
});

it('lists a rule once, and one nobody described', () => {
  const log = logOf({ rules: [...RULES, ...RULES], findings: [finding({ ruleId: 'surprise' })] });
  expect(log.runs[0]?.tool.driver.rules?.map(({ id }) => id)).toEqual(['admin-star-star', 'login-profile-plaintext-password', 'policy-style', 'surprise']);
});

it('links related places from the message and unfolds paths as flows', () => {
  const related = [{ message: 'the [role] it hangs on', origin: originOf(TEMPLATE, 'AdminRole') }];
  const path = [
    { from: 'Deployer', to: 'AdminRole', technique: 'pass-role-lambda', because: [{ message: 'may pass it', origin: originOf(TEMPLATE, 'Allow') }] },
    { from: 'AdminRole', to: 'admin', technique: 'is-admin', because: [] },
  ];
  const [result] = resultsOf(logOf({ findings: [finding({ related, path })] }));
  expect(result?.message.text).toContain('See [the \\[role\\] it hangs on](1).');
  expect(result?.relatedLocations?.[0]).toMatchObject({ id: 1, message: { text: 'the [role] it hangs on' } });
  expect(result?.codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location }) => [location?.physicalLocation?.region?.startLine, location?.message?.text])).toEqual([
    [7, 'Deployer → AdminRole by pass-role-lambda: may pass it'],
    [8, 'AdminRole → admin by is-admin'],
  ]);
});

it('encodes paths and sees them from the top of the repository', () => {
  const odd = new Source('../a b/ü#?%:x.yaml', '*');
  const uri = (source: Source, prefix: string) => resultsOf(logOf({ findings: [finding({ origin: originOf(source, '*') })], prefix }))[0]?.locations?.[0]?.physicalLocation?.artifactLocation;
  expect(uri(odd, 'deep/er')).toEqual({ uri: 'deep/a%20b/%C3%BC%23%3F%25%3Ax.yaml', uriBaseId: '%SRCROOT%' });
  expect(uri(new Source('/else where/x.yaml', '*'), 'infra')).toEqual({ uri: 'file:///else%20where/x.yaml' });
  expect(uri(new Source('C:/x.yaml', '*'), 'infra')).toEqual({ uri: 'file:///C:/x.yaml' });
});

it('quotes no secret', () => {
  const secret = finding({ ruleId: 'login-profile-plaintext-password', origin: originOf(TEMPLATE, 'hunter2') });
  const input = { findings: [secret, finding({ origin: originOf(TEMPLATE, 'LoginProfile') })], notices: [notice()] };
  logOf(input);
  expect(sarif.render(report(input), PLAIN)).not.toContain('hunter2');
});

it('leaves suppressed findings out unless asked, then states it for every result', () => {
  const input = { suppressed: [{ finding: finding({ message: 'known' }), kind: 'inSource' as const, reason: 'break-glass' }] };
  expect(resultsOf(logOf(input))).toHaveLength(1);
  const results = resultsOf(logOf(input, { sarifSuppressed: true }));
  expect(results.map(({ suppressions }) => suppressions)).toEqual([[], [{ kind: 'inSource', status: 'accepted', justification: 'break-glass' }]]);
});

it('names a category only when asked', () => {
  expect(logOf({}).runs[0]?.automationDetails).toBeUndefined();
  expect(logOf({}, { sarifCategory: 'infra' }).runs[0]?.automationDetails).toEqual({ id: 'infra/' });
});

it('notes what could not be decided', () => {
  const [invocation] = logOf({ notices: [notice()] }).runs[0]?.invocations ?? [];
  expect(invocation).toMatchObject({ executionSuccessful: true, toolExecutionNotifications: [{ descriptor: { id: 'unresolved-value' }, level: 'note' }] });
  expect(logOf({ notices: [notice({ code: 'rule-crashed' })] }).runs[0]?.invocations?.[0]).toMatchObject({ executionSuccessful: false });
});

it('keeps the gravest 5,000 and says so', () => {
  const lines = new Source('many.yaml', 'x\n'.repeat(5200));
  const findings = Array.from({ length: 5200 }, (_unused, index) =>
    finding({ origin: { source: lines, start: index * 2, end: index * 2 + 1 }, severity: index < 200 ? 'info' : 'warning', securitySeverity: index < 200 ? 9.9 : 1 }),
  );
  const log = logOf({ findings });
  expect(resultsOf(log)).toHaveLength(5000);
  expect(resultsOf(log).every(({ level }) => level === 'warning')).toBe(true);
  expect(log.runs[0]?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toBe('200 findings of lower severity left out: only 5000 results of a run are shown');
});

describe('whatever the text', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\t', ' ', '](', '[', '1)', '\\', '\u0000', '\u001b', '密', '😀', '\ud800', '\ufeff', '%', '/', '..', ':') });
  it('is valid and accepted', () => {
    const sample = fc.record({ text, path: text, message: text, resource: text, start: fc.nat(40), length: fc.nat(40) });
    const accepted = fc.property(sample, (one) => {
      const source = new Source(`d/${one.path.replaceAll('/', '')}x.yaml`, one.text);
      const start = Math.min(one.start, one.text.length);
      const origin = { source, start, end: Math.min(one.text.length, start + one.length) };
      const [result] = resultsOf(logOf({ findings: [finding({ origin, message: `m ${one.message}`, related: [{ message: one.message, origin }] })], notices: [notice({ origin, message: one.message })] }));
      expect(result?.partialFingerprints?.['primaryLocationLineHash']).toBeDefined();
    });
    fc.assert(accepted, { numRuns: 150 });
  });
});
