import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Source } from '../../src/core/source.ts';
import { gitlab } from '../../src/report/gitlab.ts';
import { REPORTERS, reporterOf } from '../../src/report/index.ts';
import { rdjson } from '../../src/report/rdjson.ts';
import { PLAIN, type Reporter } from '../../src/report/reporter.ts';
import { unix } from '../../src/report/unix.ts';
import { finding, originOf, report, TEMPLATE } from './sample.ts';

const parsed = (reporter: Reporter, input: Parameters<typeof report>[0]) => JSON.parse(reporter.render(report(input), PLAIN));

it('finds a reporter by its name', () => {
  expect(new Set(REPORTERS.map(({ name }) => name)).size).toBe(REPORTERS.length);
  for (const reporter of REPORTERS) expect(reporterOf(reporter.name)).toBe(reporter);
  expect(reporterOf('constructor')).toBeUndefined();
});

describe('gitlab', () => {
  it('writes a list of issues with unique fingerprints', () => {
    const second = originOf(TEMPLATE, '*', TEMPLATE.text.indexOf('Resource: "*"'));
    const issues = parsed(gitlab, { findings: [finding(), finding({ origin: second, severity: 'warning' })], prefix: 'deploy' });
    expect(issues).toEqual([
      {
        description: 'policy of `AdminRole` allows every action on every resource',
        check_name: 'admin-star-star',
        fingerprint: expect.stringMatching(/:1$/),
        severity: 'blocker',
        location: { path: 'deploy/infra/stack.yaml', lines: { begin: 8, end: 8 } },
      },
      expect.objectContaining({ fingerprint: expect.stringMatching(/:2$/), severity: 'minor' }),
    ]);
    expect(parsed(gitlab, { findings: [] })).toEqual([]);
  });

  it.each([
    ['error', 9.3, 'blocker'],
    ['error', 7, 'critical'],
    ['error', 3, 'major'],
    ['warning', 9.9, 'minor'],
    ['info', 9.9, 'info'],
  ] as const)('calls %s of %d %s', (severity, securitySeverity, expected) => {
    expect(parsed(gitlab, { findings: [finding({ severity, securitySeverity })] })[0].severity).toBe(expected);
  });
});

describe('rdjson', () => {
  it('counts columns in bytes of UTF-8', () => {
    const source = new Source('x.yaml', '\ufeff密😀é: "*" # x\n');
    const result = parsed(rdjson, { findings: [finding({ origin: originOf(source, '*'), related: [{ message: 'here', origin: originOf(source, 'x') }] })] });
    expect(result.source).toEqual({ name: 'iamlint' });
    expect(result.diagnostics[0]).toEqual({
      message: 'policy of `AdminRole` allows every action on every resource (fix: list the actions that are needed)',
      location: { path: 'x.yaml', range: { start: { line: 1, column: 13 }, end: { line: 1, column: 14 } } },
      severity: 'ERROR',
      code: { value: 'admin-star-star', url: 'https://example.org/rules/admin-star-star' },
      related_locations: [{ message: 'here', location: { path: 'x.yaml', range: { start: { line: 1, column: 18 }, end: { line: 1, column: 19 } } } }],
    });
  });

  it('tells where a place of several lines ends', () => {
    const source = new Source('x.yaml', 'é: |\n  éé*\n');
    const { range } = parsed(rdjson, { findings: [finding({ origin: originOf(source, '|\n  éé*') })] }).diagnostics[0].location;
    expect(range).toEqual({ start: { line: 1, column: 5 }, end: { line: 2, column: 8 } });
  });
});

describe('unix', () => {
  it('writes one line per finding, whatever the message', () => {
    const text = unix.render(report({ findings: [finding(), finding({ severity: 'info', message: 'a\nb\u001b[31m', ruleId: 'policy-style' })] }), PLAIN);
    expect(text).toBe(
      'infra/stack.yaml:8:26: error: policy of `AdminRole` allows every action on every resource [admin-star-star]\ninfra/stack.yaml:8:26: notice: a b\ufffd[31m [policy-style]\n',
    );
  });

  it('holds nothing a workflow would take for a command', () => {
    const hostile = new Source('::error::x', '*');
    const text = unix.render(report({ findings: [finding({ origin: originOf(hostile, '*'), message: 'a ##[add-path]b\n::error::c' })] }), PLAIN);
    expect(text).toBe('./::error::x:1:1: error: a ## [add-path]b ::error::c [admin-star-star]\n');
  });

  it('is understood by the problem matcher', () => {
    const matcher = JSON.parse(readFileSync(new URL('../../problem-matcher.json', import.meta.url), 'utf8')).problemMatcher[0];
    const [pattern] = matcher.pattern;
    const source = new Source('in: fra/st:ack.yaml', 'x\n  *');
    for (const [severity, word] of [['error', 'error'], ['warning', 'warning'], ['info', 'notice']] as const) {
      const line = unix.render(report({ findings: [finding({ severity, origin: originOf(source, '*'), message: 'odd: [text] 1:2: error: x' })] }), PLAIN).trimEnd();
      const match = new RegExp(pattern.regexp).exec(line) ?? [];
      const fields = ['file', 'line', 'column', 'severity', 'message', 'code'].map((name) => match[pattern[name]]);
      expect(fields).toEqual(['in: fra/st:ack.yaml', '2', '3', word, 'odd: [text] 1:2: error: x', 'admin-star-star']);
    }
  });
});
