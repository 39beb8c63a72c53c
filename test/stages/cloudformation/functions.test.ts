import { describe, expect, test } from 'vitest';
import { open, type OpeningOptions, plain } from './opening.ts';

/** The value of one property, written as YAML, in a template that has what the functions refer to. */
function evaluate(yaml: string, options: OpeningOptions = {}): unknown {
  const indented = yaml.split('\n').map((line) => `        ${line}`).join('\n');
  const text = `
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod]}
  Name: {Type: String, Default: main}
  Open: {Type: String}
  Names: {Type: CommaDelimitedList, Default: "a, b,c"}
  Count: {Type: Number}
Mappings:
  Regions:
    us-east-1: {bucket: east, zones: [a, b]}
    eu-west-1: {bucket: west}
  Envs:
    dev: {level: debug}
    prod: {level: info}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Bucket: {Type: 'AWS::S3::Bucket'}
  Call: {Type: 'Custom::Call'}
  Part: {Type: 'My::Own::Part::MODULE'}
  R:
    Type: AWS::IAM::Role
    Properties:
      P:
${indented}
`;
  const value = plain(open(text, options).properties('R'));
  return typeof value === 'object' && value !== null && 'P' in value ? value.P : undefined;
}

describe('references', () => {
  test.each([
    ['!Ref Bucket', '=Bucket'],
    ['{Ref: Bucket}', '=Bucket'],
    ['{"Ref": "Bucket"}', '=Bucket'],
    ['!GetAtt Bucket.Arn', '=Bucket.Arn'],
    ['!GetAtt [Bucket, Arn]', '=Bucket.Arn'],
    ['{Fn::GetAtt: Bucket.Arn}', '=Bucket.Arn'],
    ['{Fn::GetAtt: [Bucket, !Sub "Arn"]}', '=Bucket.Arn'],
    ['!GetAtt Bucket.Nested.Arn', '=Bucket.Nested.Arn'],
    ['!Ref Name', 'main'],
    ['!Ref Open', '?Open'],
    ['!Ref Call', '?Call'],
    ['!GetAtt Call.Anything', '?Call.Anything'],
    ['!GetAtt Part.Arn', '?Part.Arn'],
    ['!Ref PartBucket', '?PartBucket'],
    ['!Ref Missing', '?Missing'],
    ['!Ref AWS::Partition', 'aws'],
    ['!Ref AWS::NoValue', undefined],
  ])('%s', (yaml, expected) => {
    expect(evaluate(yaml)).toEqual(expected);
  });

  test('pseudo parameters of a known deployment', () => {
    const deployment = { account: '012345678901', region: 'cn-north-1', partition: 'aws-cn' };
    expect(evaluate('!Sub "${AWS::Partition} ${AWS::Region} ${AWS::AccountId} ${AWS::URLSuffix}"', deployment)).toBe('aws-cn cn-north-1 012345678901 amazonaws.com.cn');
  });

  test('an unknown says why', () => {
    const resource = open('Resources: {C: {Type: "Custom::X"}, R: {Type: "A::B::C", Properties: {A: !GetAtt C.Y, B: !Ref Nowhere, C: !Ref "AWS::Region"}}}').properties('R');
    const reasons = resource.kind === 'map' ? resource.entries.map(({ value }) => (value.kind === 'unknown' ? value.reason : value.kind)) : [];
    expect(reasons).toEqual(['custom-resource', 'invalid-template', 'deployment-region']);
  });
});

describe('texts', () => {
  test.each([
    ['!Sub "${Name}-x"', 'main-x'],
    ['!Sub "arn:${AWS::Partition}:s3:::${Bucket}/${!Literal}"', 'arn:aws:s3:::<=Bucket>/${Literal}'],
    ['!Sub true', 'true'],
    ['!Sub ""', ''],
    ['!Sub "&{Name} stays"', '&{Name} stays'],
    ['!Sub "${aws:username} stays"', '${aws:username} stays'],
    ['!Sub ["${A}/${Bucket.Arn}", {A: !Ref Name}]', 'main/<=Bucket.Arn>'],
    ['!Sub ["${A}", {A: !If [IsProd, x, y]}]', [{ when: 'Env=prod', value: 'x' }, { when: 'Env=dev', value: 'y' }]],
    ['!Join ["", [a, !Ref Name, b]]', 'amainb'],
    ['!Join [",", !Ref Names]', 'a,b,c'],
    ['!Join ["-", [a, !Ref "AWS::NoValue", b]]', 'a-b'],
    ['!Join [":", [arn, !Ref Open]]', 'arn:<?Open>'],
    ['!Join ["", [!If [IsProd, p, d], "-x"]]', [{ when: 'Env=prod', value: 'p-x' }, { when: 'Env=dev', value: 'd-x' }]],
    ['!Base64 text', 'text'],
    ['Fn::Base64: !Sub "${Name}"', 'main'],
    ['!Base64\nFn::Sub: "${Name}"', 'main'],
    ['!ToJsonString {a: [1, "x", !Ref Name]}', { a: ['1', 'x', 'main'] }],
    ['!Sub ["v=${J}", {J: !ToJsonString {a: [1, "x", !Ref Bucket]}}]', 'v={"a":[1,"x","<=Bucket>"]}'],
  ])('%s', (yaml, expected) => {
    expect(evaluate(yaml)).toEqual(expected);
  });
});

describe('lists', () => {
  test.each([
    ['!Select [1, [a, b]]', 'b'],
    ['!Select ["1", !Ref Names]', 'b'],
    ['!Select [0, [!Ref "AWS::NoValue", b]]', 'b'],
    ['!Select [7, [a]]', '?Fn::Select at'],
    ['!Split [",", "a,b"]', ['a', 'b']],
    ['!Select [2, !Split ["/", !Sub "x/${AWS::Region}/y"]]', 'y'],
    ['!Select [1, !Split ["/", !Sub "x/${AWS::Region}/y"]]', '?AWS::Region'],
    ['!Select [0, !GetAZs ""]', '?Fn::GetAZs [0]'],
    ['!Select [2, !Split ["/", !Ref "AWS::StackId"]]', '?AWS::StackId.uuid'],
    ['!Select [4, !Split [":", !Ref "AWS::StackId"]]', '?AWS::AccountId'],
    ['!Length [a, b]', '2'],
    ['Fn::Length: !Ref Names', '3'],
    ['!Cidr ["10.0.7.9/16", 3, 8]', ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
    ['!Cidr ["10.0.0.0/16", 2]', ['10.0.0.0/24', '10.0.1.0/24']],
    ['!Cidr ["2001:db8::/56", 2, 64]', ['2001:db8::/64', '2001:db8:0:1::/64']],
    ['!Cidr ["2001:db8:1234:5600::/56", 1, 64]', ['2001:db8:1234:5600::/64']],
    ['!Cidr ["not a block", 2, 8]', '?Fn::Cidr at'],
    ['!Cidr ["10.0.0.0/16", 100000, 8]', '?Fn::Cidr at'],
  ])('%s', (yaml, expected) => {
    const value = evaluate(yaml);
    expect(typeof value === 'string' ? value.replace(/ at \d+$/, ' at') : value).toEqual(expected);
  });
});

test.each([
  ['!Select [1, !Split [":", !GetAtt Fn.Arn]]', 'aws'],
  ['!Select [3, !Split [":", !GetAtt Fn.Arn]]', 'eu-west-1'],
  ['!Select [4, !Split [":", !GetAtt Fn.Arn]]', '?AWS::AccountId'],
  ['!Select [6, !Split [":", !GetAtt Fn.Arn]]', '=Fn'],
  ['!Select [6, !Split [":", !Ref Machine]]', 'flow'],
  ['!Select [1, !Split ["/", !GetAtt Role.Arn]]', '=Role'],
  ['!Select [0, !Split ["/", !GetAtt Fn.Nothing]]', '?Fn.Nothing[split /][0]'],
])('an ARN taken apart: %s', (yaml, expected) => {
  const text = `Resources: {Fn: {Type: AWS::Lambda::Function}, Machine: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineName: flow}}, Role: {Type: AWS::IAM::Role}, R: {Type: A::B::C, Properties: {P: ${yaml}}}}`;
  expect(plain(open(text, { region: 'eu-west-1' }).properties('R'))).toEqual({ P: expected });
});

describe('Fn::FindInMap', () => {
  test.each([
    ['!FindInMap [Regions, us-east-1, bucket]', 'east'],
    ['!FindInMap [Regions, us-east-1, zones]', ['a', 'b']],
    ['!FindInMap [Regions, nowhere, bucket, {DefaultValue: none}]', 'none'],
    ['!FindInMap [!Sub Regions, us-east-1, bucket]', 'east'],
  ])('%s', (yaml, expected) => {
    expect(evaluate(yaml)).toEqual(expected);
  });

  test('an unknown key leaves each entry possible, under what it says of the key', () => {
    expect(evaluate('!FindInMap [Regions, !Ref "AWS::Region", bucket]')).toEqual([
      { when: 'AWS::Region=us-east-1', value: 'east' },
      { when: 'AWS::Region=eu-west-1', value: 'west' },
    ]);
    expect(evaluate('!FindInMap [Regions, !Ref "AWS::Region", bucket]', { region: 'eu-west-1' })).toBe('west');
  });

  test('a parameter with allowed values selects under its own values', () => {
    expect(evaluate('!FindInMap [Envs, !Ref Env, level]')).toEqual([
      { when: 'Env=dev', value: 'debug' },
      { when: 'Env=prod', value: 'info' },
    ]);
  });

  test('a missing entry without default is an error of the template', () => {
    expect(evaluate('!FindInMap [Regions, nowhere, bucket]')).toMatch(/^\?Fn::FindInMap Regions/);
  });
});

describe('dynamic references', () => {
  test.each([
    ['"{{resolve:ssm:/name}}"', '?{{resolve:ssm:/name}}'],
    ['"a-{{resolve:ssm:/name:1}}-b"', 'a-<?{{resolve:ssm:/name:1}}>-b'],
    ['a-{{resolve:ssm:/name}}', 'a-<?{{resolve:ssm:/name}}>'],
    ['!Sub "{{resolve:secretsmanager:${Bucket}:SecretString:password}}"', '?{{resolve:secretsmanager:${Bucket}:SecretString:password}}'],
    ['!Join ["", ["{{resolve:secretsmanager:", !Ref Bucket, ":SecretString:p::}}", "/x"]]', '<?{{resolve:secretsmanager:${Bucket}:SecretString:p::}}>/x'],
    ['"{{resolve:ssm:/a}} and {{resolve:ssm:/b}}"', '<?{{resolve:ssm:/a}}> and <?{{resolve:ssm:/b}}>'],
    ['"{{resolve:ssm:/never closed"', '{{resolve:ssm:/never closed'],
  ])('%s', (yaml, expected) => {
    expect(evaluate(yaml)).toEqual(expected);
  });
});

describe('other stacks', () => {
  test('an import is a reference to the export of that name', () => {
    const value = open('Resources: {R: {Type: A::B::C, Properties: {A: !ImportValue shared, B: {"Fn::ImportValue": !Sub "${AWS::StackName}-key"}}}}').properties('R');
    const references = value.kind === 'map' ? value.entries.map((entry) => (entry.value.kind === 'reference' ? [entry.value.scope, entry.value.address] : entry.value.kind)) : [];
    expect(references).toEqual([['export', 'shared'], ['export', '${AWS::StackName}-key']]);
  });

  test('Fn::GetStackOutput names a stack and an output', () => {
    const value = open('Resources: {R: {Type: A::B::C, Properties: {A: {"Fn::GetStackOutput": {StackName: base, OutputName: RoleArn}}}}}').properties('R');
    expect(value.kind === 'map' ? value.entries[0]?.value : undefined).toMatchObject({ kind: 'reference', scope: 'stack-output', address: 'base', attribute: 'RoleArn' });
  });
});

test('a function nobody knows is unknown, not a mapping', () => {
  expect(evaluate('{Fn::NotYet: [a]}')).toMatch(/^\?Fn::NotYet/);
  expect(evaluate('!NotYet a')).toMatch(/^\?!NotYet/);
});

test('a policy’s Condition block is no template condition', () => {
  expect(evaluate('{Condition: {StringEquals: {a: b}}}')).toEqual({ Condition: { StringEquals: { a: 'b' } } });
  expect(evaluate('{Condition: IsProd}')).toEqual({ Condition: 'IsProd' });
});

test('scalars keep their characters', () => {
  expect(evaluate('[012345678901, 2012-10-17, yes, 0o17, 1_000, ~]')).toEqual(['012345678901', '2012-10-17', 'yes', '0o17', '1_000']);
});
