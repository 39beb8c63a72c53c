import { describe, expect, it } from 'vitest';
import { scan } from '../../../src/scan.ts';

const stack = (comment: string, metadata = ''): string => `Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
${metadata}    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: '*' ${comment}
            Resource: '*'
`;

async function outcome(text: string, config?: object) {
  const { findings, notices, report } = await scan({ files: { 'stack.yaml': text }, today: '2026-06-01', choice: { only: ['admin-star-star'] }, ...(config === undefined ? {} : { config }) });
  return { findings: findings.map((finding) => finding.ruleId), notices: notices.map((notice) => notice.code), reasons: report.suppressed.map((one) => one.justification) };
}

describe('suppressions', () => {
  it('silence the rule they name on their line, with their reason', async () => {
    expect(await outcome(stack('# iamlint-ignore admin-star-star: break glass'))).toEqual({ findings: [], notices: [], reasons: ['break glass'] });
  });

  it('do not silence another rule, and are then said to be unused', async () => {
    expect(await outcome(stack('# iamlint-ignore action-star: wrong one'))).toEqual({ findings: ['admin-star-star'], notices: ['unused-suppression'], reasons: [] });
  });

  it('end on their day', async () => {
    expect(await outcome(stack('# iamlint-ignore admin-star-star: soon over until=2026-05-31'))).toEqual({ findings: ['admin-star-star'], notices: ['expired-suppression'], reasons: [] });
  });

  it('are honoured in Metadata, our own and those of cfn_nag', async () => {
    const own = '    Metadata: {iamlint: {ignore: [{rule: admin-star-star, reason: agreed}]}}\n';
    const nag = '    Metadata: {cfn_nag: {rules_to_suppress: [{id: F5, reason: agreed too}]}}\n';
    expect((await outcome(stack('', own))).reasons).toEqual(['agreed']);
    expect((await outcome(stack('', nag))).reasons).toEqual(['agreed too']);
  });

  it('may stand in the configuration, for a resource', async () => {
    const suppress = [{ rule: 'admin-star-star', resource: 'P', reason: 'known' }];
    expect(await outcome(stack(''), { suppress })).toEqual({ findings: [], notices: [], reasons: ['known'] });
    expect((await outcome(stack(''), { suppress: [{ rule: 'admin-star-star', resource: 'Other', reason: 'known' }] })).findings).toEqual(['admin-star-star']);
  });
});
