import { describe, expect, test } from 'vitest';
import { open, plain } from './opening.ts';

describe('Fn::ForEach', () => {
  test('makes resources, with the identifier in ids, functions and plain texts', () => {
    const { template, properties } = open(`
Resources:
  Fn::ForEach::Topics:
    - Name
    - [Success, Failure]
    - Topic\${Name}:
        Type: AWS::SNS::Topic
        Properties: {TopicName: !Ref Name, DisplayName: !Sub "\${Name}-\${AWS::Partition}", Plain: "for \${Name}", Word: !Sub "&{Name}.\${AWS::Partition}", Arn: !GetAtt "Topic\${Name}.Arn"}
`);
    expect(template.resources.map((one) => one.address)).toEqual(['TopicSuccess', 'TopicFailure']);
    expect(plain(properties('TopicFailure'))).toEqual({ TopicName: 'Failure', DisplayName: 'Failure-aws', Plain: 'for Failure', Word: 'Failure.aws', Arn: '=TopicFailure.Arn' });
  });

  test('nests, and `&{}` drops what no logical id may hold', () => {
    const { template } = open(`
Resources:
  Fn::ForEach::Outer:
    - A
    - ["x.1", "y"]
    - Fn::ForEach::Inner: [B, [1, 2], {"R&{A}\${B}": {Type: "A::B::C"}}]
`);
    expect(template.resources.map((one) => one.address)).toEqual(['Rx11', 'Rx12', 'Ry1', 'Ry2']);
  });

  test('makes properties beside written ones, keys included', () => {
    const { properties } = open(`
Mappings: {M: {a: {p: 1, q: 2}}}
Resources:
  R:
    Type: A::B::C
    Properties:
      Fixed: yes
      Fn::ForEach::Each: [K, [p, q], {"\${K}": {"Fn::FindInMap": [M, a, !Ref K]}}]
`);
    expect(plain(properties('R'))).toEqual({ Fixed: 'yes', p: '1', q: '2' });
  });

  test('makes outputs over a list parameter', () => {
    const { template } = open(`
Parameters: {Names: {Type: CommaDelimitedList, Default: "a,b"}}
Resources: {R: {Type: "A::B::C"}}
Outputs:
  Fn::ForEach::Out: [N, !Ref Names, {"Out\${N}": {Value: !Ref N, Export: {Name: !Sub "ex-\${N}"}}}]
`);
    expect(template.outputs.map((output) => [output.name, plain(output.value), plain(output.exportName)])).toEqual([['Outa', 'a', 'ex-a'], ['Outb', 'b', 'ex-b']]);
  });

  test('an unknown list is one turn with an unknown item, and says so', () => {
    const { template, properties, problems } = open('Parameters: {L: {Type: CommaDelimitedList}}\nResources: {"Fn::ForEach::X": [N, !Ref L, {"R${N}": {Type: "A::B::C", Properties: {A: !Ref N}}}]}');
    expect(template.resources.filter((one) => one.type === 'A::B::C').map((one) => one.address)).toEqual(['RItem']);
    expect(plain(properties('RItem'))).toEqual({ A: '?Fn::ForEach::X' });
    expect(problems().map((problem) => problem.code)).toEqual(['unresolved-value']);
  });

  test('a malformed loop is reported', () => {
    const { problems } = open('Resources: {"Fn::ForEach::X": [N, [a]], R: {Type: "A::B::C"}}');
    expect(problems().map((problem) => problem.code)).toEqual(['unsupported-construct']);
  });

  test('serverless resources in loops', () => {
    const { template } = open('Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\nResources: {"Fn::ForEach::F": [N, [A, B], {"${N}": {Type: "AWS::Serverless::Function", Properties: {FunctionName: !Ref N, Handler: x, Runtime: y, InlineCode: z}}}]}');
    expect(template.resources.filter((one) => one.type === 'AWS::IAM::Role').map((one) => one.address)).toEqual(['ARole', 'BRole']);
  });
});
