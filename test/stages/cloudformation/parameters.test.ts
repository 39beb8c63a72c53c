import { describe, expect, test } from 'vitest';
import { type Opened, open, type OpeningOptions, plain, textAt } from './opening.ts';

function openWith(parameter: string, options: OpeningOptions = {}, use = '!Ref P'): Opened {
  return open(`Parameters:\n  P: ${parameter}\nResources:\n  R: {Type: "A::B::C", Properties: {A: ${use}}}`, options);
}

function valueOf(parameter: string, options: OpeningOptions = {}, use?: string): unknown {
  const value = openWith(parameter, options, use).properties('R');
  const only = value.kind === 'map' ? value.entries[0]?.value : undefined;
  return only?.kind === 'unknown' ? `${only.reason} ${only.shape}` : plain(only);
}

describe('parameters', () => {
  test.each([
    ['{Type: String, Default: x}', 'x'],
    ['{Type: String}', 'parameter-without-default text'],
    ['{Type: Number}', 'parameter-without-default atom'],
    ['{Type: Number, Default: 3}', '3'],
    ['{Type: "AWS::EC2::VPC::Id"}', 'parameter-without-default atom'],
    ['{Type: CommaDelimitedList}', 'parameter-without-default any'],
    ['{Type: CommaDelimitedList, Default: "a, b"}', ['a', 'b']],
    ['{Type: "List<Number>", Default: "1,2"}', ['1', '2']],
    ['{Type: CommaDelimitedList, Default: ""}', []],
    ['{Type: String, NoEcho: true, Default: hunter2}', 'secret text'],
    ['{Type: String, NoEcho: "true"}', 'secret text'],
    ['{Type: "AWS::SSM::Parameter::Value<String>", Default: /path}', 'dynamic-reference text'],
    ['{Type: "AWS::SSM::Parameter::Name", Default: /path}', '/path'],
    ['{Type: String, AllowedValues: [only]}', 'only'],
    ['{Type: String, AllowedValues: [a, b]}', [{ when: 'P=a', value: 'a' }, { when: 'P=b', value: 'b' }]],
    ['{Type: String, Default: true}', 'true'],
    ['{}', 'parameter-without-default text'],
  ])('%s', (parameter, expected) => {
    expect(valueOf(parameter)).toEqual(expected);
  });

  test('a value from outside replaces the default, and is split for list types', () => {
    expect(valueOf('{Type: String, Default: x}', { parameters: { P: 'y' } })).toBe('y');
    expect(valueOf('{Type: CommaDelimitedList, Default: x}', { parameters: { P: 'y,z' } })).toEqual(['y', 'z']);
    expect(valueOf('{Type: String, NoEcho: true}', { parameters: { P: 'y' } })).toBe('y');
  });

  test('what is given for a stored parameter is the name under which it is stored', () => {
    expect(valueOf('{Type: "AWS::SSM::Parameter::Value<String>"}', { parameters: { P: '/path' } })).toBe('dynamic-reference text');
  });

  test('many allowed values are one unknown', () => {
    const values = Array.from({ length: 40 }, (_, index) => `v${index}`).join(', ');
    expect(valueOf(`{Type: String, AllowedValues: [${values}]}`)).toBe('parameter-without-default text');
  });

  test('a value’s place is the default, by way of the place of use', () => {
    const opened = openWith('{Type: String, Default: here}');
    const value = opened.properties('R');
    const only = value.kind === 'map' ? value.entries[0]?.value : undefined;
    expect(textAt(only)).toBe('here');
    expect(only?.origin.via?.map((via) => via.source.text.slice(via.start, via.end))).toEqual(['P']);
  });

  test('two uses of an unknown are the same unknown', () => {
    const value = openWith('{Type: String}', {}, '[!Ref P, !Sub "${P}"]').properties('R');
    const items = value.kind === 'map' && value.entries[0]?.value.kind === 'list' ? value.entries[0].value.items : [];
    expect(items.map((item) => (item.kind === 'unknown' ? item.name : item.kind))).toEqual(['stack.yaml#P', 'stack.yaml#P']);
  });
});
