import { describe, expect, test } from 'vitest';
import { guardText, open, plain } from './opening.ts';

/** The guards of one resource per condition name, for templates of nothing but conditions. */
function guards(conditions: string, parameters = '  Env: {Type: String}\n  Region: {Type: String, AllowedValues: [us, eu]}\n  Debug: {Type: String, Default: no}'): Record<string, string> {
  const names = [...conditions.matchAll(/^ {2}(\w+):/gm)].map((match) => match[1] ?? '');
  const resources = names.map((name) => `  R${name}: {Type: "A::B::C", Condition: ${name}}`).join('\n');
  const { template } = open(`Parameters:\n${parameters}\nConditions:\n${conditions}\nResources:\n${resources}\n  Last: {Type: "A::B::C"}`);
  return Object.fromEntries(template.resources.filter((one) => one.type === 'A::B::C' && one.address !== 'Last').map((one) => [one.address.slice(1), guardText(one.when)]));
}

describe('conditions as guards', () => {
  test('an equality is a literal over the parameter, whatever its default', () => {
    expect(guards('  Prod: !Equals [!Ref Env, prod]\n  Debugging: !Equals [yes, !Ref Debug]')).toEqual({ Prod: 'Env=prod', Debugging: 'Debug=yes' });
  });

  test('And and Not of equalities', () => {
    expect(guards('  A: !And [!Equals [!Ref Env, prod], !Not [!Equals [!Ref Debug, yes]]]')).toEqual({ A: 'Env=prod & Debug!=yes & condition A=true' });
  });

  test('a condition that can never hold drops its resource; one that always holds guards nothing', () => {
    expect(guards('  Never: !Equals [a, b]\n  Always: !Equals [a, a]\n  NotAllowed: !Equals [!Ref Region, ap]')).toEqual({ Always: '' });
  });

  test('of two allowed values, not one is the other', () => {
    expect(guards('  NotUs: !Not [!Equals [!Ref Region, us]]')).toEqual({ NotUs: 'Region=eu' });
  });

  test('a condition with several alternatives stands for itself, and its negation for its opposite', () => {
    expect(guards('  Any: !Or [!Equals [!Ref Env, a], !Equals [!Ref Env, b]]\n  None: !Not [!Condition Any]')).toEqual({ Any: 'condition Any=true', None: 'Env!=a & Env!=b & condition Any!=true' });
  });

  test('values given from outside decide', () => {
    const text = 'Parameters: {Env: {Type: String}}\nConditions: {Prod: !Equals [!Ref Env, prod]}\nResources: {R: {Type: "A::B::C", Condition: Prod}}';
    expect(open(text, { parameters: { Env: 'dev' } }).template.resources.map((one) => one.type)).not.toContain('A::B::C');
    expect(open(text, { parameters: { Env: 'prod' } }).resource('R').when).toEqual([]);
  });

  test('equal expressions share their variable', () => {
    expect(guards('  A: !Equals [!Join ["", !Ref Debug], x]\n  B: !Not [!Equals [!Join ["", !Ref Debug], x]]')).toEqual({ A: 'Debug=x', B: 'Debug!=x' });
  });

  test('an expression over a parameter with default stays open', () => {
    const text = `
Parameters: {Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}}
Mappings: {Flags: {dev: {on: no}, prod: {on: yes}}}
Conditions: {On: !Equals [!FindInMap [Flags, !Ref Env, on], yes]}
Resources: {R: {Type: "A::B::C", Condition: On}}`;
    expect(guardText(open(text).resource('R').when)).toBe('Env=prod');
  });

  test('cycles and unknown names are opaque, not endless', () => {
    expect(guards('  A: !Not [!Condition B]\n  B: !Not [!Condition A]')).toEqual({ A: expect.stringContaining('condition '), B: expect.stringContaining('condition ') });
  });
});

describe('Fn::If', () => {
  const text = `
Parameters:
  Env: {Type: String, Default: dev}
  Extra: {Type: String, Default: ""}
Conditions:
  Prod: !Equals [!Ref Env, prod]
  Dev: !Equals [!Ref Env, dev]
  Live: !Or [!Equals [!Ref Env, prod], !Equals [!Ref Env, stage]]
  HasExtra: !Not [!Equals [!Ref Extra, ""]]
Resources:
  Both: {Type: "A::B::C", Properties: {A: !If [Prod, p, d]}}
  Nested: {Type: "A::B::C", Properties: {A: !If [Prod, !If [Dev, never, p], d]}}
  Guarded: {Type: "A::B::C", Condition: Prod, Properties: {A: !If [Prod, p, never], B: !Ref Env, C: !If [Dev, never, not dev]}}
  Given: {Type: "A::B::C", Condition: HasExtra, Properties: {A: !Ref Extra}}
  Sum: {Type: "A::B::C", Condition: Live, Properties: {A: !If [Live, l, never], B: !If [Prod, p, other]}}
  Removed: {Type: "A::B::C", Properties: {A: [x, !If [Prod, y, !Ref "AWS::NoValue"]]}}
`;
  const opened = open(text);

  test('gives both branches under their guards', () => {
    expect(plain(opened.properties('Both'))).toEqual({ A: [{ when: 'Env=prod', value: 'p' }, { when: 'Env!=prod', value: 'd' }] });
  });

  test('a branch within an excluding branch is left out', () => {
    expect(plain(opened.properties('Nested'))).toEqual({ A: [{ when: 'Env=prod', value: 'p' }, { when: 'Env!=prod', value: 'd' }] });
  });

  test('the resource’s own condition decides what depends on it, and what the parameter is', () => {
    expect(plain(opened.properties('Guarded'))).toEqual({ A: 'p', B: 'prod', C: 'not dev' });
  });

  test('a default that the condition excludes does not count', () => {
    expect(plain(opened.properties('Given'))).toEqual({ A: '?Extra' });
  });

  test('a sum of alternatives excludes its own negation', () => {
    expect(plain(opened.properties('Sum'))).toEqual({ A: 'l', B: [{ when: 'Env=prod', value: 'p' }, { when: 'Env!=prod', value: 'other' }] });
  });

  test('in a list, a removed item is absent under its guard', () => {
    const value = opened.properties('Removed');
    expect(plain(value)).toEqual({ A: ['x', [{ when: 'Env=prod', value: 'y' }, { when: 'Env!=prod', value: undefined }]] });
  });
});

test('the condition named in a guard is how a person calls it', () => {
  const { resource } = open('Parameters: {E: {Type: String}}\nConditions: {IsProd: !Equals [!Ref E, p], NotProd: !Not [!Condition IsProd]}\nResources: {A: {Type: "A::B::C", Condition: IsProd}, B: {Type: "A::B::C", Condition: NotProd}}');
  expect([resource('A').when?.[0]?.label, resource('B').when?.[0]?.label]).toEqual(['IsProd', 'NotProd']);
});

test('conditions in loops', () => {
  const { resource } = open(`
Transform: AWS::LanguageExtensions
Parameters: {E: {Type: String}}
Conditions:
  Fn::ForEach::Each: [Name, [a, b], {"Is\${Name}": !Equals [!Ref E, !Ref Name]}]
Resources:
  Fn::ForEach::Made: [Name, [a, b], {"R\${Name}": {Type: "A::B::C", Condition: "Is\${Name}"}}]
`);
  expect([guardText(resource('Ra').when), guardText(resource('Rb').when)]).toEqual(['E=a', 'E=b']);
});

describe('cost', () => {
  /** Nested branches over many conditions, each an Or of three. */
  function template(count: number): string {
    const numbers = Array.from({ length: count }, (_, index) => index);
    const parameters = numbers.map((n) => `  P${n}: {Type: String}`).join('\n');
    const conditions = numbers.map((n) => `  C${n}: !Or [!Equals [!Ref P${n}, a], !Equals [!Ref P${n}, b], !Equals [!Ref P${(n + 1) % count}, c]]`).join('\n');
    const nested = numbers.reduceRight((inner, n) => `!If [C${n}, [${inner}, s${n}], t${n}]`, 'end');
    return `Parameters:\n${parameters}\nConditions:\n${conditions}\nResources:\n  R: {Type: "A::B::C", Properties: {A: ${nested}}}`;
  }

  test('thirty conditions nested in each other give few alternatives', () => {
    const value = open(template(30)).properties('R');
    expect(size(value)).toBeLessThan(2_000);
  });

  function size(value: unknown, depth = 0): number {
    if (typeof value !== 'object' || value === null || depth > 2_000) return 1;
    if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + size(item, depth + 1), 0);
    if ('options' in value) return size(value.options, depth + 1);
    if ('value' in value) return size(value.value, depth + 1);
    if ('items' in value) return size(value.items, depth + 1);
    if ('entries' in value) return size(value.entries, depth + 1);
    return 1;
  }
});
