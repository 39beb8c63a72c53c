import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/core/source.ts';
import { cloudformation } from '../../../src/frontends/cloudformation/index.ts';
import { filesOf, guardText, open, plain } from './opening.ts';

const CHILD = `
Parameters: {Arn: {Type: String, Default: none}, List: {Type: CommaDelimitedList, Default: ""}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Given: !Ref Arn, Items: !Ref List}}
Outputs:
  RoleArn: {Value: !GetAtt Role.Arn}
`;

describe('nested stacks', () => {
  const parent = `
Parameters: {Env: {Type: String}}
Conditions: {Prod: !Equals [!Ref Env, prod]}
Resources:
  Bucket: {Type: 'AWS::S3::Bucket'}
  Child:
    Type: AWS::CloudFormation::Stack
    Condition: Prod
    Properties: {TemplateURL: ./parts/child.yaml, Parameters: {Arn: !GetAtt Bucket.Arn, List: [a, b]}}
  User: {Type: 'A::B::C', Properties: {Role: !GetAtt Child.Outputs.RoleArn, Later: !GetAtt Child.Outputs.Missing}}
`;
  const opened = open(parent, { path: 'infra/stack.yaml', files: { 'infra/parts/child.yaml': CHILD } });

  test('are opened with the parameters they get, in a scope of their own, under their condition', () => {
    const child = opened.templates[1];
    expect(child?.scope.id).toBe('infra/stack.yaml/Child');
    const role = child?.resources.find((one) => one.address === 'Role');
    expect(plain(role?.properties())).toEqual({ Given: '=Bucket.Arn', Items: ['a', 'b'] });
    expect(guardText(role?.when)).toBe('Env=prod');
  });

  test('their outputs resolve in the parent', () => {
    const value = opened.properties('User');
    const [role] = value.kind === 'map' ? value.entries : [];
    expect(role?.value).toMatchObject({ kind: 'reference', scope: 'infra/stack.yaml/Child', address: 'Role', attribute: 'Arn' });
    expect(plain(value)).toMatchObject({ Later: '=Child.Outputs.Missing' });
  });

  test('a default that the parent passes on decides values, not conditions', () => {
    const child = 'Parameters: {Stage: {Type: String}}\nConditions: {Live: !Equals [!Ref Stage, prod]}\nResources: {R: {Type: "A::B::C", Properties: {Name: !Ref Stage}}, L: {Type: "A::B::C", Condition: Live, Properties: {Name: !Ref Stage}}}';
    const { templates } = open('Parameters: {Env: {Type: String, Default: dev}}\nResources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yaml, Parameters: {Stage: !Ref Env}}}}', { files: { 'c.yaml': child } });
    const resources = templates[1]?.resources.filter((one) => one.type === 'A::B::C') ?? [];
    expect(resources.map((one) => [one.address, guardText(one.when), plain(one.properties())])).toEqual([
      ['R', '', { Name: 'dev' }],
      ['L', 'Env=prod', { Name: 'prod' }],
    ]);
  });

  test('a template that deploys itself ends', () => {
    const self = 'Resources: {Again: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: stack.yaml}}}';
    const { templates, problems } = open(self, { files: { 'stack.yaml': self } });
    expect(templates.length).toBe(1);
    expect(problems().map((problem) => problem.code)).toEqual(['cyclic-reference']);
  });

  test('stacks of stacks of stacks are bounded', () => {
    const level = (next: string): string => `Resources: {${Array.from({ length: 30 }, (_, index) => `S${index}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${next}}}`).join(', ')}}`;
    const { templates, problems } = open(level('a.yaml'), { files: { 'a.yaml': level('b.yaml'), 'b.yaml': level('c.yaml'), 'c.yaml': level('d.yaml'), 'd.yaml': 'Resources: {R: {Type: "A::B::C"}}' } });
    expect(templates.length).toBeLessThanOrEqual(501);
    expect(problems().some((problem) => problem.code === 'bound-reached')).toBe(true);
  });

  test.each([
    ['https://s3.amazonaws.com/bucket/x.yaml', undefined],
    ['gone.yaml', 'missing-file'],
    ['../up.yaml', 'path-outside-root'],
  ])('%s', (url, code) => {
    const { templates, problems } = open(`Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "${url}"}}}`);
    expect(templates.length).toBe(1);
    expect(problems().map((problem) => problem.code)).toEqual(code === undefined ? [] : [code]);
  });
});

describe('stack sets', () => {
  const set = (rest: string): string => `
Resources:
  Set:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: x
      Parameters: [{ParameterKey: Arn, ParameterValue: given}]
      ${rest}
`;

  test('are opened once for each account they name', () => {
    const { templates } = open(set('TemplateURL: child.yaml\n      StackInstancesGroup: [{DeploymentTargets: {Accounts: ["111111111111", "222222222222"]}, Regions: [eu-west-1]}]'), { files: { 'child.yaml': CHILD } });
    expect(templates.slice(1).map((one) => [one.scope.account, one.scope.region])).toEqual([['111111111111', 'eu-west-1'], ['222222222222', 'eu-west-1']]);
    expect(plain(templates[1]?.resources.find((one) => one.address === 'Role')?.properties())).toMatchObject({ Given: 'given' });
  });

  test('with organizational units as targets the account is not known', () => {
    const { templates } = open(set('TemplateURL: child.yaml\n      StackInstancesGroup: [{DeploymentTargets: {OrganizationalUnitIds: [ou-x]}, Regions: [eu-west-1]}]'), { files: { 'child.yaml': CHILD } });
    expect(templates.slice(1).map((one) => one.scope.account)).toEqual([undefined]);
  });

  test('a template in the template has its places in the file', () => {
    const text = set('TemplateBody: |\n        Resources:\n          Inner:\n            Type: AWS::IAM::Role\n            Properties: {RoleName: admin}');
    const { templates } = open(text);
    const inner = templates[1]?.resources.find((one) => one.address === 'Inner');
    expect(plain(inner?.properties())).toEqual({ RoleName: 'admin' });
    expect(text.slice(inner?.origin.start, inner?.origin.end)).toBe('Inner');
    const value = inner?.properties();
    const name = value?.kind === 'map' ? value.entries[0]?.value : undefined;
    expect(text.slice(name?.origin.start, name?.origin.end)).toBe('admin');
  });

  test('a template within a template within a template ends', () => {
    const nest = (depth: number): string => (depth === 0 ? '{"Resources": {"R": {"Type": "A::B::C"}}}' : `{"Resources": {"S": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateBody": ${nest(depth - 1)}}}}}`);
    expect(open(nest(20)).templates.length).toBe(21);
  });

  test('a JSON template in a string, too', () => {
    const text = `{"Resources": {"Set": {"Type": "AWS::CloudFormation::StackSet", "Properties": {"TemplateBody": "{\\"Resources\\": {\\"Inner\\": {\\"Type\\": \\"AWS::IAM::Role\\"}}}"}}}}`;
    const inner = open(text).templates[1]?.resources[0];
    expect([inner?.address, text.slice(inner?.origin.start, inner?.origin.end)]).toEqual(['Inner', 'Inner']);
  });
});

describe('the front-end', () => {
  const settings = { deploymentsOf: () => [], parametersOf: () => new Map(), variables: new Map() };
  const names = (files: Readonly<Record<string, string>>): readonly string[] => {
    const sources = Object.entries(files).map(([path, text]) => new Source(path, text));
    return [...cloudformation.open(sources, { files: filesOf(files), settings, report: () => undefined })].map((template) => template.scope.id);
  };

  test('a template that another one deploys is opened there only', () => {
    expect(names({ 'a-child.yaml': CHILD, 'b-parent.yaml': 'Resources: {C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a-child.yaml}}}' })).toEqual(['b-parent.yaml', 'b-parent.yaml/C']);
  });

  test('so is the template of a serverless application', () => {
    expect(names({ 'app.yaml': CHILD, 'main.yaml': 'Resources: {C: {Type: AWS::Serverless::Application, Properties: {Location: app.yaml}}}' })).toEqual(['main.yaml', 'main.yaml/C']);
  });

  test('templates that only deploy each other are still opened', () => {
    const toward = (path: string): string => `Resources: {C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${path}}}}`;
    expect(names({ 'a.yaml': toward('b.yaml'), 'b.yaml': toward('a.yaml') })).toEqual(['a.yaml', 'a.yaml/C']);
  });

  test('a file that is deployed twice gives its comments once', () => {
    const files = { 'c.yaml': '# iamlint-ignore-file a\nResources: {R: {Type: "A::B::C"}}', 'p.yaml': 'Resources: {A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yaml}}, B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yaml}}}' };
    const sources = Object.entries(files).map(([path, text]) => new Source(path, text));
    const templates = [...cloudformation.open(sources, { files: filesOf(files), settings, report: () => undefined })];
    expect(templates.map((one) => [one.scope.id, one.suppressions.length])).toEqual([['p.yaml', 0], ['p.yaml/A', 1], ['p.yaml/B', 0]]);
  });

  test('one template in several accounts is several scopes', () => {
    const source = new Source('s.yaml', 'Resources: {R: {Type: "A::B::C", Properties: {A: !Ref "AWS::AccountId"}}}');
    const deploymentsOf = (): readonly { account: string; region: string | undefined }[] => [{ account: '111111111111', region: undefined }, { account: '222222222222', region: 'eu-west-1' }];
    const templates = [...cloudformation.open([source], { files: filesOf({}), settings: { ...settings, deploymentsOf }, report: () => undefined })];
    expect(templates.map((one) => [one.scope.id, plain(one.resources[0]?.properties())])).toEqual([
      ['s.yaml@111111111111', { A: '111111111111' }],
      ['s.yaml@222222222222/eu-west-1', { A: '222222222222' }],
    ]);
  });
});
