import { describe, expect, it } from 'vitest';
import { displayText } from '../../../src/iam/token.ts';
import { modelOf, textAt } from '../../given.ts';

const QUEUE = 'Resources:\n  P:\n    Type: AWS::Logs::ResourcePolicy\n    Properties:\n      PolicyName: p\n      PolicyDocument: ';

function firstAction(document: string) {
  const policy = modelOf({ 'stack.yaml': `${QUEUE}${document}` }).policies[0];
  return policy?.document.statements[0]?.action?.patterns[0];
}

describe('policies inside strings', () => {
  it.each([
    ['a block', `|\n        {"Statement": [{"Effect": "Allow", "Principal": "*",\n          "Action": "logs:PutLogEvents"}]}\n`],
    ['a folded block', `>-\n        {"Statement": [{"Effect": "Allow", "Principal": "*",\n        "Action": "logs:PutLogEvents"}]}\n`],
    ['single quotes', `'{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "logs:PutLogEvents"}]}'\n`],
    ['double quotes with escapes', `"{\\"Statement\\": [{\\"Effect\\": \\"Allow\\", \\"Principal\\": \\"*\\", \\"Action\\": \\"logs:PutLogEvents\\"}]}"\n`],
    ['Fn::Sub', `!Sub |\n        {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "\${AWS::AccountId}"}, "Action": "logs:PutLogEvents"}]}\n`],
  ])('keep the place of an action in %s', (_name, document) => {
    const action = firstAction(document);
    expect(action?.text).toBe('logs:PutLogEvents');
    expect(action === undefined ? undefined : textAt(action.origin)).toBe('logs:PutLogEvents');
  });

  it('keep holes in the strings they stand in', () => {
    const policy = modelOf({
      'stack.yaml': `Parameters: {Prefix: {Type: String}}\n${QUEUE}!Sub '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "logs:*", "Resource": "arn:aws:logs:*:*:\${Prefix}-x"}}'\n`,
    }).policies[0];
    expect(policy?.document.statements[0]?.resource?.patterns.map((text) => displayText(text.text))).toEqual(['arn:aws:logs:*:*:${Prefix}-x']);
  });

  it('say where broken JSON breaks', () => {
    const policy = modelOf({ 'stack.yaml': `${QUEUE}|\n        {"Statement": [\n          {"Effect": "Allow",}]}\n` }).policies[0];
    const fault = policy?.document.syntax[0];
    expect(fault?.code).toBe('policy-json-parse-error');
    expect(fault === undefined ? undefined : fault.origin.source.position(fault.origin.start).line).toBe(8);
  });
});
