import { describe, expect, test } from 'vitest';
import { open, plain } from './opening.ts';

const INCLUDE = (location: string): string => `{"Fn::Transform": {Name: AWS::Include, Parameters: {Location: ${location}}}}`;

describe('AWS::Include', () => {
  test('as a property value, relative to the template', () => {
    const { properties } = open(`Resources: {R: {Type: "A::B::C", Properties: {Doc: ${INCLUDE('parts/policy.yaml')}}}}`, {
      path: 'infra/stack.yaml',
      files: { 'infra/parts/policy.yaml': 'Statement: {Resource: !Sub "arn:${AWS::Partition}:s3:::x"}' },
    });
    expect(plain(properties('R'))).toEqual({ Doc: { Statement: { Resource: 'arn:aws:s3:::x' } } });
  });

  test('beside other properties, in a resource’s body, in a section, and for the whole template', () => {
    const { template, properties } = open(
      `
Transform: {Name: AWS::Include, Parameters: {Location: whole.yaml}}
Resources:
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: resources.yaml}}
  R:
    Type: A::B::C
    Properties: {Own: 1, "Fn::Transform": {Name: AWS::Include, Parameters: {Location: properties.yaml}}}
  S:
    Fn::Transform: {Name: AWS::Include, Parameters: {Location: body.yaml}}
    DependsOn: R
`,
      {
        files: {
          'whole.yaml': 'Parameters: {P: {Type: String, Default: given}}',
          'resources.yaml': 'T: {Type: "A::B::D", Properties: {X: !Ref P}}',
          'properties.yaml': 'Taken: !Ref P',
          'body.yaml': 'Type: A::B::E\nProperties: {Y: 2}',
        },
      },
    );
    expect(template.resources.filter((one) => one.type.startsWith('A::')).map((one) => [one.address, plain(one.properties())])).toEqual([
      ['T', { X: 'given' }],
      ['R', { Own: '1', Taken: 'given' }],
      ['S', { Y: '2' }],
    ]);
    expect(properties('R').origin.source.path).toBe('stack.yaml');
  });

  test('what was taken in has its place in its own file', () => {
    const { properties } = open(`Resources: {R: {Type: "A::B::C", Properties: {Doc: ${INCLUDE('p.yaml')}}}}`, { files: { 'p.yaml': 'Key: value' } });
    const value = properties('R');
    const doc = value.kind === 'map' ? value.entries[0]?.value : undefined;
    expect([doc?.origin.source.path, doc?.kind]).toEqual(['p.yaml', 'map']);
  });

  test.each([
    ['missing.yaml', 'missing-file'],
    ['../outside.yaml', 'path-outside-root'],
  ])('%s is unknown and reported', (location, code) => {
    const { properties, problems } = open(`Resources: {R: {Type: "A::B::C", Properties: {Doc: ${INCLUDE(location)}}}}`);
    expect(plain(properties('R'))).toEqual({ Doc: expect.stringMatching(/^\?/) });
    expect(problems().map((problem) => problem.code)).toEqual([code]);
  });

  test('a file in a bucket is unknown without a complaint', () => {
    const { properties, problems } = open(`Resources: {R: {Type: "A::B::C", Properties: {Doc: ${INCLUDE('s3://bucket/x.yaml')}}}}`);
    expect(plain(properties('R'))).toEqual({ Doc: '?s3://bucket/x.yaml' });
    expect(problems()).toEqual([]);
  });

  test('a file that includes itself ends', () => {
    const { properties, problems } = open(`Resources: {R: {Type: "A::B::C", Properties: {Doc: ${INCLUDE('p.yaml')}}}}`, { files: { 'p.yaml': `{Deeper: ${INCLUDE('p.yaml')}}` } });
    expect(plain(properties('R'))).toEqual({ Doc: { Deeper: '?p.yaml' } });
    expect(problems().map((problem) => problem.code)).toEqual(['cyclic-reference']);
  });

  test('another macro makes its place unknown', () => {
    const { properties } = open('Resources: {R: {Type: "A::B::C", Properties: {Doc: {"Fn::Transform": {Name: Mine}, Sibling: 1}, Alone: {"Fn::Transform": {Name: Mine}}, Known: 1}}}');
    expect(plain(properties('R'))).toEqual({ Doc: '?macro Mine', Alone: '?macro Mine', Known: '1' });
  });

  test('a macro over the whole template is reported; the template is judged as written', () => {
    const { template, problems } = open('Transform: [Mine, AWS::LanguageExtensions]\nResources: {R: {Type: "A::B::C"}}');
    expect(template.resources.map((one) => one.address)).toEqual(['R']);
    expect(problems().map((problem) => problem.message)).toEqual(['macro `Mine` runs only when deployed; the template is judged as it is written']);
  });
});
