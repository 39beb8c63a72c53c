import { expect, it } from 'vitest';
import { json } from '../../src/report/json.ts';
import { PLAIN } from '../../src/report/reporter.ts';
import { finding, notice, originOf, report, resource, TEMPLATE } from './sample.ts';

const parsed = (input: Parameters<typeof report>[0]) => JSON.parse(json.render(report(input), PLAIN));

it('has the promised shape', () => {
  const witness = { principal: 'arn:aws:iam::1:user/d', action: 'iam:*', resource: '*', context: { k: ['v'] } };
  const place = { message: 'here', origin: originOf(TEMPLATE, 'Allow') };
  const path = [{ from: 'a', to: 'b', technique: 'pass-role-lambda', because: [place] }];
  expect(parsed({ findings: [finding({ related: [place], path, witness })], notices: [notice({ resource: resource('Deployer'), ruleId: 'admin-star-star' })] })).toEqual({
    version: 1,
    tool: { name: 'iamlint', version: '0.1.0', dataDate: '2026-09-26' },
    summary: { files: 1, resources: 2, principals: 2, policies: 1, statements: 1, findings: { error: 1, warning: 0, info: 0 }, suppressed: 0, baselined: 0, notices: 1 },
    findings: [
      {
        ruleId: 'admin-star-star',
        severity: 'error',
        confidence: 'high',
        securitySeverity: 9.3,
        category: 'wildcard',
        message: 'policy of `AdminRole` allows every action on every resource',
        why: 'whoever holds the role owns the account',
        fix: 'list the actions that are needed',
        helpUri: 'https://example.org/rules/admin-star-star',
        file: 'infra/stack.yaml',
        line: 8,
        column: 26,
        endLine: 8,
        endColumn: 27,
        resource: 'AdminRole',
        resourceType: 'Some::Type',
        account: '111111111111',
        accounts: ['111111111111'],
        evidence: { actions: ['*'], resources: ['*'], principals: [] },
        related: [{ message: 'here', file: 'infra/stack.yaml', line: 7, column: 25, endLine: 7, endColumn: 30 }],
        path: [{ from: 'a', to: 'b', technique: 'pass-role-lambda', because: [{ message: 'here', file: 'infra/stack.yaml', line: 7, column: 25, endLine: 7, endColumn: 30 }] }],
        witness,
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}:1$/),
      },
    ],
    notices: [
      {
        code: 'unresolved-value',
        message: 'parameter `Name` has no default',
        file: 'infra/stack.yaml',
        line: 10,
        column: 3,
        endLine: 10,
        endColumn: 11,
        resource: 'Deployer',
        ruleId: 'admin-star-star',
      },
    ],
  });
});

it('says null for what is not known, and leaves no key out', () => {
  const { findings } = parsed({ findings: [finding({ resource: undefined, ruleId: 'not-described' })] });
  expect(findings[0]).toMatchObject({ resource: null, resourceType: null, account: null, accounts: [], witness: null, path: [], helpUri: '' });
});
