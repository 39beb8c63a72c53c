import { describe, expect, it } from 'vitest';
import { SilentRules } from '../../../src/check/silence.ts';
import { scan } from '../../../src/scan.ts';

describe('rules that had nothing to say of a shape', () => {
  function applied(shape: string | undefined, isSilent: (rule: string, look: () => void) => boolean): readonly string[] {
    const watch = { beyond: false };
    const look = (): void => {
      watch.beyond = true;
    };
    const silence = new SilentRules<string>(watch);
    const seen: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      silence.apply(shape, () => ['a', 'b'], (rule) => {
        seen.push(`${rule}${round}`);
        return isSilent(rule, look);
      });
    }
    return seen;
  }

  it('are left out at the next statement of that shape', () => {
    expect(applied('shape', (rule) => rule === 'a')).toEqual(['a0', 'b0', 'b1']);
  });

  it('are asked again when they looked beyond the shape', () => {
    const lookingA = (rule: string, look: () => void): boolean => {
      if (rule === 'a') look();
      return true;
    };
    expect(applied('shape', lookingA)).toEqual(['a0', 'b0', 'a1']);
  });

  it('are asked again of statements that have no shape', () => {
    expect(applied(undefined, () => true)).toEqual(['a0', 'b0', 'a1', 'b1']);
  });

  it('speak of the second stack what they would say of it alone', async () => {
    const stack = (account: string, action: string): string =>
      `Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Statement: {Effect: Allow, Principal: {AWS: '${account}'}, Action: 'sts:AssumeRole'}\n      Policies:\n        - PolicyName: p\n          PolicyDocument:\n            Statement: {Effect: Allow, Action: '${action}', Resource: '*'}\n`;
    const files = { 'a.yaml': stack('111111111111', 's3:GetObject'), 'b.yaml': stack('111111111111', 's3:GetObject'), 'c.yaml': stack('*', '*'), 'd.yaml': stack('*', '*') };
    const found = async (texts: Readonly<Record<string, string>>): Promise<readonly string[]> => (await scan({ files: texts, preset: 'all' })).report.findings.map(({ file, ruleId, message }) => `${file} ${ruleId} ${message}`).sort();
    const alone = await Promise.all(Object.entries(files).map(([path, text]) => found({ [path]: text })));
    expect(alone.flat().length).toBeGreaterThan(4);
    expect(await found(files)).toEqual(alone.flat().sort());
  });
});
