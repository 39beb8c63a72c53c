import { describe, expect, it } from 'vitest';
import { main, opened, type Opened, property, propertyValue } from './given.ts';

/** Opens a module whose policy is the expression, with a limit on the time it may take. */
function policy(expression: string, around = ''): { readonly value: unknown; readonly codes: readonly string[] } {
  const started = performance.now();
  const found = main(`${around}\nresource "aws_iam_policy" "p" {\n  policy = ${expression}\n}\n`);
  const value = property(found.at('aws_iam_policy.p'), 'policy');
  expect(performance.now() - started).toBeLessThan(20_000);
  return { value, codes: found.problems.map((problem) => problem.code) };
}

function codes(found: Opened): readonly string[] {
  return found.problems.map((problem) => problem.code);
}

/** `a1 = f(a0)`, `a2 = f(a1)`, … */
function chain(length: number, first: string, next: (previous: string) => string): string {
  return `locals {\n  a0 = ${first}\n${Array.from({ length }, (_, index) => `  a${index + 1} = ${next(`local.a${index}`)}\n`).join('')}}\n`;
}

describe('hostile input', () => {
  it('may define values by themselves', () => {
    expect(policy('local.a', 'locals {\n  a = local.b\n  b = "x${local.a}"\n}')).toEqual({ value: 'x{?local.a}', codes: ['cyclic-reference'] });
    expect(codes(main('resource "aws_iam_user" "u" {\n  for_each = aws_iam_user.u\n}\n'))).toEqual([]);
  });

  it('may call modules in circles', () => {
    const found = opened({ 'a/main.tf': 'module "b" {\n  source = "../b"\n}\nresource "aws_iam_user" "u" {}\n', 'b/main.tf': 'module "a" {\n  source = "../a"\n}\n' });
    expect(found.addresses).toEqual(['aws_iam_user.u']);
    expect(codes(found)).toEqual(['cyclic-reference']);
  });

  it('may call modules in ever more ways', () => {
    const files: Record<string, string> = { 'm9/main.tf': 'resource "aws_iam_user" "u" {}\n' };
    for (let level = 0; level < 9; level += 1) files[`m${level}/main.tf`] = Array.from({ length: 10 }, (_, index) => `module "c${index}" {\n  source = "../m${level + 1}"\n}\n`).join('');
    expect(codes(opened(files))).toEqual(['bound-reached']);
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'a/../../b', 'C:\\\\x', '..'])('may ask for %s', (path) => {
    expect(policy(`file("${path}")`).codes).toEqual(['path-outside-root']);
    expect(policy(`templatefile("${path}", {})`).codes).toEqual(['path-outside-root']);
  });

  it('may double texts, lists and objects at every step', () => {
    expect(policy('local.a60', chain(60, '"xxxxxxxxxx"', (previous) => `"\${${previous}}\${${previous}}"`))).toMatchObject({ codes: ['bound-reached'] });
    expect(policy('jsonencode(local.a60)', chain(60, '["x"]', (previous) => `concat(${previous}, ${previous})`))).toMatchObject({ codes: ['bound-reached'] });
    expect(policy('jsonencode(local.a60)', chain(60, '{ x = 1 }', (previous) => `{ a = ${previous}, b = ${previous} }`))).toEqual({ value: '?a value with more parts than the bound', codes: ['bound-reached'] });
    expect(policy('"x ${jsonencode(local.a60)}"', chain(60, '{ x = 1 }', (previous) => `{ a = ${previous}, b = ${previous} }`))).toMatchObject({ codes: ['bound-reached'] });
    const asked = Array.from({ length: 40 }, (_, index) => `variable "v${index}" {}\n`).join('');
    expect(policy('local.a40', asked + chain(40, '"x"', (previous) => `var.v${previous.slice(7)} ? "\${${previous}}a" : "\${${previous}}b"`))).toMatchObject({ codes: ['bound-reached'] });
  });

  it('may nest without end', () => {
    for (const text of ['['.repeat(100_000), '('.repeat(100_000), '"${'.repeat(20_000), '-'.repeat(100_000), `${'1+'.repeat(50_000)}1`, `a${'.b'.repeat(50_000)}`, `a${'[0]'.repeat(50_000)}`, '{a='.repeat(50_000), 'f('.repeat(50_000), 'x?1:'.repeat(50_000), '[for a in '.repeat(10_000)]) {
      expect(codes(main(`locals {\n  x = ${text}\n}\n`))).toContain('unreadable-input');
    }
    expect(codes(main('a {\n'.repeat(100_000)))).toContain('unreadable-input');
    expect(codes(main(`x = "${'%{ if a }'.repeat(10_000)}"`))).toContain('unreadable-input');
    expect(policy('jsonencode(local.a5000)', chain(5000, '"x"', (previous) => `[${previous}]`)).codes).toEqual(['bound-reached']);
    expect(codes(opened({ 'main.tf.json': `{"locals":{"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}}` }))).toContain('unreadable-input');
  });

  it('may be wrong on every line', () => {
    for (const line of ['x = <<EOF\n', 'x = "\n', 'x = = 1\n', '}\n', '=\n']) {
      const problems = codes(main(line.repeat(20_000)));
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.length).toBeLessThanOrEqual(50);
    }
  });

  it('may have ten thousand instances, or a billion', () => {
    const many = main('resource "aws_iam_user" "u" {\n  for_each = toset([for i in range(10000) : "u${i}"])\n  name     = each.key\n}\n');
    expect(many.addresses).toEqual(['aws_iam_user.u[*]']);
    expect(many.problems.map((problem) => problem.message)).toEqual(['`aws_iam_user.u` has 10000 instances, more than the bound of 1000; one stands for all']);
    expect(main('resource "aws_iam_user" "u" {\n  count = 1000000000\n}\n').addresses).toEqual(['aws_iam_user.u[*]']);
    expect(policy('jsonencode(range(1000000000))').codes).toEqual(['bound-reached']);
    expect(policy('jsonencode(setproduct(range(1000), range(1000), range(1000)))').codes).toEqual(['bound-reached']);
  });

  it('may loop in loops', () => {
    expect(policy('jsonencode([for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]])').codes).toEqual(['bound-reached']);
  });

  it('may bring patterns that take for ever', () => {
    expect(policy('regex("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")').value).toMatch(/^\?regex/);
    expect(policy(`replace("${'a'.repeat(400)}b", "/a*a*a*a*a*a*c/", "x")`).value).toMatch(/^\?replace/);
    expect(policy('regexall("(x|xx)+y", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")').value).toMatch(/^\?regexall/);
  });

  it('may use names of the language it is read in', () => {
    const found = policy('jsonencode([local.x, local.__proto__, try(local.toString, "none"), try({}.constructor, "none"), lookup({}, "hasOwnProperty", "none")])', 'locals {\n  __proto__ = "a"\n  x = { __proto__ = "b", constructor = 1 }\n}');
    expect(JSON.stringify(found.value)).toBe('[{"__proto__":"b","constructor":1},"a","none","none","none"]');
    const plan = opened({ 'plan.json': '{"format_version":"1.2","planned_values":{},"resource_changes":[{"address":"a_b.c","mode":"managed","type":"a_b","name":"c","change":{"actions":["create"],"after":{"__proto__":{"x":1},"n":1},"after_unknown":{}}}],"configuration":{"root_module":{"resources":[{"address":"a_b.c","mode":"managed","type":"a_b","name":"c","expressions":{}}],"module_calls":{"__proto__":{}}}}}' });
    const value = propertyValue(plan.at('a_b.c'), '__proto__');
    expect(value?.kind).toBe('map');
  });

  it('may hold the characters that mark holes', () => {
    expect(policy('"\uE000=a#b#c\uE001"').value).toBe('\uE000=a#b#c\uE001');
    const found = propertyValue(main('resource "aws_iam_policy" "p" {\n  policy = jsonencode({ "\uE000=x\uE001" = 1 })\n}\n').at('aws_iam_policy.p'), 'policy');
    expect(found?.kind === 'map' ? found.entries[0]?.key : undefined).toBe('\uFFFD=x\uFFFD');
  });

  it('may be a plan in which everything is something else', () => {
    for (const value of ['null', '1', '"x"', '[]', '[null]', '{}', '{"a":null}']) {
      const text = `{"format_version":"1.2","planned_values":${value},"resource_changes":${value},"configuration":${value},"variables":${value},"prior_state":${value}}`;
      expect(opened({ 'plan.json': text }).templates).toHaveLength(1);
      expect(() => opened({ 'plan.json': `{"format_version":"1.2","resource_changes":[${value},{"address":"a.b","type":"a","name":"b","change":${value}},{"address":"a.b","type":"a","name":"b","change":{"actions":["create"],"after":{"x":${value}},"after_unknown":${value}}}],"configuration":{"root_module":{"resources":[${value},{"address":"a.b","type":"a","name":"b","expressions":${value}}],"module_calls":{"m":${value}},"variables":${value},"outputs":{"o":${value}}}}}` }).templates.flatMap((template) => template.resources.map((resource) => resource.properties()))).not.toThrow();
    }
  });
});
