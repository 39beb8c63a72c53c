import { describe, expect, test } from 'vitest';
import { open, plain } from './opening.ts';

/** Opens a text and reads everything there is. */
function readAll(text: string): { readonly codes: readonly string[]; readonly resources: number } {
  const opened = open(text);
  for (const template of opened.templates) for (const resource of template.resources) plain(resource.properties());
  return { codes: [...new Set(opened.problems().map((problem) => problem.code))], resources: opened.template.resources.length };
}

describe('hostile templates end in clear problems', () => {
  test('a bomb of aliases', () => {
    const levels = Array.from({ length: 12 }, (_, index) => `x${index + 1}: &x${index + 1} [${Array.from({ length: 9 }, () => `*x${index}`).join(', ')}]`);
    const text = `x0: &x0 [a]\n${levels.join('\n')}\nResources: {R: {Type: "A::B::C", Properties: {A: *x12}}}`;
    expect(open(text).properties('R').kind).toBe('map');
    expect(open(text).properties('R').kind).toBe('map');
    const opened = open(text);
    opened.properties('R');
    expect(opened.problems().map((problem) => problem.code)).toContain('bound-reached');
  });

  /** `x12`, which holds `make` of nine times what `x11` holds, and so on. */
  const bomb = (seed: string, make: (inner: string) => string, levels = 12): string => [`x0: &x0 ${seed}`, ...Array.from({ length: levels }, (_, index) => `x${index + 1}: &x${index + 1} ${make(`*x${index}`)}`)].join('\n');
  const nine = (inner: string): string => Array.from({ length: 9 }, () => inner).join(', ');

  test.each([
    ['in conditions', `${bomb('!Equals [!Ref P, a]', (inner) => `{"Fn::And": [${nine(inner)}]}`)}\nConditions: {C: *x12}\nResources: {R: {Type: "A::B::C", Condition: C}}`],
    ['in the policies of a function', `${bomb('a', (inner) => `[${nine(inner)}]`)}\nResources: {F: {Type: AWS::Serverless::Function, Properties: {Policies: [{Statement: *x12}, !Sub {a: *x12}], Events: {E: {Type: MQ, Properties: {Broker: *x12, SourceAccessConfigurations: [{Type: BASIC_AUTH, URI: *x12}]}}}}}}`],
    ['in globals and the function both', `${bomb('{z: 1}', (inner) => `{${Array.from({ length: 9 }, (_, key) => `k${key}: ${inner}`).join(', ')}}`)}\nGlobals: {Function: *x12}\nResources: {F: {Type: AWS::Serverless::Function, Properties: *x12}}`],
    ['in a resource policy', `${bomb('a', (inner) => `[${nine(inner)}]`)}\nResources: {A: {Type: AWS::Serverless::Api, Properties: {StageName: s, DefinitionBody: {paths: {/a: {get: *x12}}}, Auth: {ResourcePolicy: {CustomStatements: [*x12], IpRangeWhitelist: *x12}}}}}`],
    ['in a template in a template', `Resources: {S: {Type: AWS::CloudFormation::StackSet, Properties: {TemplateBody: ${JSON.stringify(`${bomb('a', (inner) => `[${nine(inner)}]`)}\nResources: {R: {Type: "A::B::C", Properties: *x12}}`)}}}}`],
  ])('a bomb of aliases %s', (_name, text) => {
    const start = performance.now();
    readAll(text);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('a function with very many policies and events', () => {
    const policies = Array.from({ length: 3_000 }, (_, index) => `policy${index}, {Statement: [{Action: a${index}}]}`).join(', ');
    const events = Array.from({ length: 3_000 }, (_, index) => `E${index}: {Type: HttpApi, Properties: {Path: /p${index}, Method: get}}, Q${index}: {Type: SQS, Properties: {Queue: q${index}}}`).join(', ');
    const start = performance.now();
    readAll(`Resources: {F: {Type: AWS::Serverless::Function, Properties: {Policies: [${policies}], Events: {${events}}}}}`);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('aliases within aliases nest deeper than the parser sees', () => {
    const chunk = (inner: string): string => `${'['.repeat(400)}${inner}${']'.repeat(400)}`;
    const levels = Array.from({ length: 60 }, (_, index) => `x${index + 1}: &x${index + 1} ${chunk(`*x${index}`)}`);
    expect(readAll(`x0: &x0 [a]\n${levels.join('\n')}\nResources: {R: {Type: "A::B::C", Properties: {A: *x60}}}`).codes).toContain('bound-reached');
  });

  test('nesting without end', () => {
    expect(readAll(`Resources: {R: {Type: "A::B::C", Properties: {A: ${'['.repeat(5_000)}${']'.repeat(5_000)}}}}`).codes).toEqual(['unreadable-input']);
  });

  test('functions within functions', () => {
    const deep = `${'{"Fn::Base64": '.repeat(450)}"x"${'}'.repeat(450)}`;
    expect(readAll(`{"Resources": {"R": {"Type": "A::B::C", "Properties": {"A": ${deep}}}}}`).codes).toEqual(['bound-reached']);
  });

  test('an alias of itself', () => {
    expect(readAll('a: &a {b: *a}\nResources: {R: {Type: "A::B::C", Properties: {A: *a}}}').codes).toEqual(['unreadable-input']);
  });

  test('a loop over very many items', () => {
    const items = Array.from({ length: 50_000 }, (_, index) => `i${index}`).join(',');
    const { codes, resources } = readAll(`Resources: {"Fn::ForEach::X": [N, [${items}], {"R\${N}": {Type: "A::B::C"}}]}`);
    expect([codes, resources]).toEqual([['bound-reached'], 1_000]);
  });

  test('loops within loops', () => {
    const many = Array.from({ length: 400 }, (_, index) => `i${index}`).join(',');
    const loop = (depth: number): string => (depth === 0 ? '"R${A0}${A1}${A2}": {Type: "A::B::C"}' : `"Fn::ForEach::L${depth}": [A${depth - 1}, [${many}], {${loop(depth - 1)}}]`);
    expect(readAll(`Resources: {${loop(3)}}`)).toEqual({ codes: ['bound-reached'], resources: 1_000 });
  });

  test('a join over long lists of choices', () => {
    const items = Array.from({ length: 200 }, (_, index) => `!If [C${index % 5}, a, b]`).join(', ');
    const conditions = [0, 1, 2, 3, 4].map((n) => `C${n}: !Equals [!Ref P, "${n}"]`).join(', ');
    expect(readAll(`Parameters: {P: {Type: String}}\nConditions: {${conditions}}\nResources: {R: {Type: "A::B::C", Properties: {A: !Join ["", [${items}]]}}}`).codes).toEqual([]);
  });

  test('names of the object prototype are names', () => {
    const text = '{"Parameters": {"__proto__": {"Type": "String", "Default": "p"}}, "Mappings": {"constructor": {"__proto__": {"toString": "m"}}}, "Conditions": {"__proto__": {"Fn::Equals": ["a", "a"]}}, "Resources": {"__proto__": {"Type": "A::B::C", "Condition": "__proto__", "Properties": {"__proto__": {"Ref": "__proto__"}, "M": {"Fn::FindInMap": ["constructor", "__proto__", "toString"]}, "N": {"Ref": "hasOwnProperty"}, "S": {"Fn::Sub": ["${constructor}", {"constructor": "c"}]}}}}}';
    const value = open(text).properties('__proto__');
    expect(value.kind === 'map' ? value.entries.map((entry) => [entry.key, plain(entry.value)]) : []).toEqual([['__proto__', 'p'], ['M', 'm'], ['N', '?hasOwnProperty'], ['S', 'c']]);
    expect(Object.prototype).not.toHaveProperty('Type');
  });

  test('globals of a serverless template with such names', () => {
    expect(readAll('Globals: {__proto__: {x: 1}, Function: {__proto__: {y: 2}, Events: 3, Policies: {a: b}}}\nResources: {F: {Type: AWS::Serverless::Function, Properties: {Events: [1], Policies: [[x], {a: b, c: d}], EventInvokeConfig: x, DeadLetterQueue: y, Role: {z: 1}}}}').codes).toEqual(['unsupported-construct']);
  });

  test.each([
    ['Resources: []', ['unsupported-construct']],
    ['Resources: text', ['unsupported-construct']],
    ['Resources:', []],
    ['Resources: {R: text, S: [], T: {}, U: {Type: [a]}}', ['unsupported-construct']],
    ['Resources: {R: {Type: "A::B::C", Properties: [a]}}', ['unsupported-construct']],
    ['Resources: {R: {Type: "A::B::C", Properties: text}}', ['unsupported-construct']],
    ['Resources: {R: {Type: "A::B::C", Properties: null, Metadata: x, Condition: [a]}}', []],
    ['Parameters: x\nMappings: [y]\nConditions: z\nOutputs: [w]\nResources: {R: {Type: "A::B::C"}}', ['unsupported-construct']],
    ['Conditions: {A: x, B: [], C: {"Fn::And": x}, D: {"Fn::Not": []}, E: !Equals [a], F: null}\nResources: {R: {Type: "A::B::C", Condition: A, Properties: {A: !If [B, 1, 2], B: !If [C], C: !If x, D: !If [[D], 1, 2]}}}', []],
    ['Resources: {R: {Type: "A::B::C", Properties: {A: !Sub [x], B: !Sub {}, C: !Join x, D: !Select [], E: !Split [a], F: !FindInMap [], G: !GetAtt x, H: !Ref [a], I: !ImportValue {}, J: !Cidr [], K: !Transform x, L: !Length x}}}', []],
    ['[]', []],
    ['', []],
    ['just text', []],
    ['{"Resources": {"R": ', ['unreadable-input']],
    ['a: b: c', ['unreadable-input']],
  ])('%s', (text, codes) => {
    expect(readAll(text).codes).toEqual(codes);
  });

  test('doubled names: the last one counts, and it is said', () => {
    const { template, properties, problems } = open('Resources: {R: {Type: "A::B::C", Properties: {A: 1}}, R: {Type: "A::B::D", Properties: {A: 2}}}');
    expect(template.resources.map((one) => one.type)).toEqual(['A::B::D']);
    expect(plain(properties('R'))).toEqual({ A: '2' });
    expect(problems().map((problem) => problem.code)).toEqual(['duplicate-key']);
  });

  test('a byte order mark and carriage returns', () => {
    const text = '\uFEFFResources:\r\n  R:\r\n    Type: A::B::C\r\n    Properties:\r\n      A: "x"\r\n';
    const opened = open(text);
    const value = opened.properties('R');
    const a = value.kind === 'map' ? value.entries[0]?.value : undefined;
    expect([plain(value), a?.origin.source.position(a.origin.start)]).toEqual([{ A: 'x' }, { line: 5, column: 11 }]);
    expect(opened.problems()).toEqual([]);
  });

  test('long texts with many braces cost no more than their length', () => {
    const text = `Resources: {R: {Type: "A::B::C", Properties: {A: !Sub "${'${'.repeat(20_000)}", B: "${'{{resolve:'.repeat(20_000)}", C: !Sub "${'${a'.repeat(20_000)}"}}}`;
    const start = performance.now();
    readAll(text);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
