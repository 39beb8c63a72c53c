import type { Finding, Notice } from '../../src/check/finding.ts';
import { Source } from '../../src/core/source.ts';
import type { DeclaringResource } from '../../src/extract/declaration.ts';
import { buildReport, type ReportInput } from '../../src/report/build-report.ts';
import type { Report } from '../../src/report/report.ts';
import type { RuleInfo } from '../../src/report/rule-info.ts';

/** Where a text stands in a source: the first occurrence after `from`. */
export function originOf(source: Source, text: string, from = 0) {
  const start = source.text.indexOf(text, from);
  if (start === -1) throw new Error(`the sample holds no ${text}`);
  return { source, start, end: start + text.length };
}

export const TEMPLATE = new Source(
  'infra/stack.yaml',
  `Resources:
  AdminRole:
    Properties:
      Policies:
        - PolicyDocument:
            Statement:
              - Effect: Allow
                Action: "*"
                Resource: "*"
  Deployer:
    LoginProfile:
      Password: hunter2
`,
);

export function resource(name: string, account?: string): DeclaringResource {
  const scope = { id: 'infra/stack.yaml', name: 'stack', account, region: undefined, partition: 'aws' };
  const origin = originOf(TEMPLATE, 'AdminRole');
  return { scope, address: name, displayName: name, type: 'Some::Type', origin, extent: origin, when: [], account, region: undefined };
}

/** A finding about `AdminRole`, or about whatever the test says instead. */
export function finding(overrides: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'admin-star-star',
    severity: 'error',
    confidence: 'high',
    securitySeverity: 9.3,
    category: 'wildcard',
    message: 'policy of `AdminRole` allows every action on every resource',
    why: 'whoever holds the role owns the account',
    fix: 'list the actions that are needed',
    origin: originOf(TEMPLATE, '*'),
    resource: resource('AdminRole', '111111111111'),
    evidence: { actions: ['*'], resources: ['*'], principals: [] },
    related: [],
    path: [],
    witness: undefined,
    ...overrides,
  };
}

export function notice(overrides: Partial<Notice> = {}): Notice {
  return { code: 'unresolved-value', message: 'parameter `Name` has no default', origin: originOf(TEMPLATE, 'Deployer'), resource: undefined, ...overrides };
}

export function rule(id: string, overrides: Partial<RuleInfo> = {}): RuleInfo {
  return {
    id,
    title: `title of ${id}`,
    category: 'wildcard',
    severity: 'error',
    securitySeverity: 9.3,
    confidence: 'high',
    what: 'what it is',
    why: 'why it matters',
    fix: 'what to do',
    helpUri: `https://example.org/rules/${id}`,
    tags: [],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/'],
    ...overrides,
  };
}

export const RULES: readonly RuleInfo[] = [
  rule('admin-star-star'),
  rule('login-profile-plaintext-password', { category: 'credential', tags: ['secret'] }),
  rule('policy-style', { severity: 'info', securitySeverity: 0 }),
];

export function report(input: Partial<ReportInput> = {}): Report {
  return buildReport({
    findings: [finding()],
    notices: [],
    statistics: { files: 1, resources: 2, principals: 2, policies: 1, statements: 1 },
    rules: RULES,
    version: '0.1.0',
    dataDate: '2026-09-26',
    ...input,
  });
}
