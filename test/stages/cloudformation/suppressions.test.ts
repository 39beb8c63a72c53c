import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/core/source.ts';
import { parseIgnoreComments } from '../../../src/frontends/comments.ts';
import { open } from './opening.ts';

describe('comments', () => {
  const marks = (text: string): readonly unknown[] => parseIgnoreComments(new Source('s.yaml', text)).map(({ rules, reason, until, values, covers }) => ({ rules, reason, until, values, covers }));

  test.each([
    ['alone on its line it covers the next', '# iamlint-ignore a-rule: why not\nRole:', { rules: ['a-rule'], reason: 'why not', covers: { kind: 'lines', from: 2, to: 2 } }],
    ['blank lines and comments lie between', '# iamlint-ignore a\n\n# more\nRole:', { rules: ['a'], covers: { kind: 'lines', from: 4, to: 4 } }],
    ['behind code it covers its line', 'Role: x # iamlint-ignore a, b', { rules: ['a', 'b'], covers: { kind: 'lines', from: 1, to: 1 } }],
    ['without a rule it covers all', 'x: 1 # iamlint-ignore', { rules: ['*'], covers: { kind: 'lines', from: 1, to: 1 } }],
    ['for the file', '# iamlint-ignore-file a: generated', { rules: ['a'], reason: 'generated', covers: { kind: 'file' } }],
    ['for the next line, by name', 'x: 1 # iamlint-ignore-next-line a\ny: 2', { rules: ['a'], covers: { kind: 'lines', from: 2, to: 2 } }],
    ['for a stretch', '# iamlint-ignore-start a\nx: 1\ny: 2\n# iamlint-ignore-end\nz: 3', { rules: ['a'], covers: { kind: 'lines', from: 1, to: 4 } }],
    ['for a stretch without an end', 'x: 1\n# iamlint-ignore-start a\ny: 2', { rules: ['a'], covers: { kind: 'lines', from: 2, to: 3 } }],
    ['with an end and values', '# iamlint-ignore a until=2030-01-31 values=s3:*,sqs:* : for now', { rules: ['a'], until: '2030-01-31', values: ['s3:*', 'sqs:*'] }],
    ['in slashes', '  // iamlint-ignore a - reason\n  x', { rules: ['a'], reason: 'reason', covers: { kind: 'lines', from: 2, to: 2 } }],
    ['in a block', '/* iamlint-ignore a: reason */ x', { rules: ['a'], reason: 'reason' }],
  ])('%s', (_name, text, expected) => {
    expect(marks(text)).toEqual([expect.objectContaining(expected)]);
  });

  test('other words are no marks', () => {
    expect(marks('# iamlint-ignored\n# iamlint-ignore-everything a\n# iamlint')).toEqual([]);
  });

  test('a template carries its comments', () => {
    expect(open('Resources:\n  # iamlint-ignore a\n  R: {Type: "A::B::C"}').template.suppressions).toMatchObject([{ rules: ['a'], covers: { kind: 'lines', from: 3 } }]);
  });
});

describe('metadata', () => {
  test.each([
    ['iamlint: {ignore: [{rule: a, reason: r, until: 2030-01-31, values: ["s3:*", x]}]}', { rules: ['a'], reason: 'r', until: '2030-01-31', values: ['s3:*', 'x'] }],
    ['iamlint: {ignore: a}', { rules: ['a'], reason: undefined, values: undefined }],
    ['iamlint: {ignore: ["a, b"]}', { rules: ['a', 'b'] }],
    ['cfn_nag: {rules_to_suppress: [{id: W11, reason: r}]}', { rules: ['cfn_nag:W11'], reason: 'r' }],
    ['cdk_nag: {rules_to_suppress: [{id: AwsSolutions-IAM5, reason: r}]}', { rules: ['cdk-nag:AwsSolutions-IAM5'], reason: 'r' }],
    ['guard: {SuppressedRules: [IAM_NO_INLINE_POLICY_CHECK]}', { rules: ['guard:IAM_NO_INLINE_POLICY_CHECK'] }],
    ['checkov: {skip: [{id: CKV_AWS_111, comment: c}]}', { rules: ['checkov:CKV_AWS_111'], reason: 'c' }],
  ])('%s', (metadata, expected) => {
    const { resource } = open(`Resources: {R: {Type: "A::B::C", Metadata: {${metadata}}}}`);
    expect(resource('R').suppressions).toEqual([expect.objectContaining({ ...expected, covers: { kind: 'resource', address: 'R' } })]);
  });

  test.each(['iamlint: {ignore: [{reason: r}]}', 'cfn_nag: x', 'iamlint: {ignore: [[a]]}'])('%s says nothing', (metadata) => {
    expect(open(`Resources: {R: {Type: "A::B::C", Metadata: {${metadata}}}}`).resource('R').suppressions).toEqual([]);
  });

  test('on a serverless function it covers all that is made of it, once', () => {
    const text = 'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Metadata: {iamlint: {ignore: [{rule: a}]}}\n    Properties: {Handler: x, Runtime: y, InlineCode: z}\n  G: {Type: "A::B::C"}';
    const { template } = open(text);
    const marks = template.resources.flatMap((one) => one.suppressions ?? []);
    expect(marks.map((mark) => mark.covers)).toEqual([{ kind: 'lines', from: 2, to: 5 }]);
  });

  test('in a template of one line it is repeated for each resource made', () => {
    const text = '{"Resources": {"F": {"Type": "AWS::Serverless::Function", "Metadata": {"iamlint": {"ignore": [{"rule": "a"}]}}, "Properties": {"Handler": "x", "Runtime": "y", "InlineCode": "z"}}}}';
    const marks = open(text).template.resources.flatMap((one) => one.suppressions ?? []);
    expect(marks.map((mark) => mark.covers)).toEqual([{ kind: 'resource', address: 'FRole' }, { kind: 'resource', address: 'F' }]);
  });
});
