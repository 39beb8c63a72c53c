import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/check/finding.ts';
import { Source } from '../../src/core/source.ts';
import { child, type Node } from '../../src/parse/node.ts';
import { parseText } from '../../src/parse/yaml.ts';
import { scan, type ScanResult } from '../../src/scan.ts';
import { type Expectation, type Fixture, fixtureIds, readFixture, type RuleCase } from './fixture.ts';
import { asCloudFormation, asTerraform, type Wrapped } from './wrap.ts';

const TERRAFORM = existsSync(new URL('../../src/frontends/terraform/index.ts', import.meta.url));
const FROM = process.env['RULES']?.split(',');

for (const id of fixtureIds().filter((one) => FROM === undefined || FROM.includes(one))) {
  describe(id, () => {
    const fixture = readFixture(id);
    for (const one of fixture.valid) it(`accepts: ${one.name}`, () => judge(fixture, one));
    for (const one of fixture.invalid) it(`reports: ${one.name}`, () => judge(fixture, one));
    for (const one of [...fixture.valid, ...fixture.invalid].filter((candidate) => asTerraform(candidate) !== undefined)) {
      it.skipIf(!TERRAFORM)(`says the same of Terraform: ${one.name}`, () => compare(fixture, one));
    }
    const [first] = fixture.invalid;
    if (first !== undefined && first.files === undefined) it('can be suppressed', () => suppressed(fixture, first));
  });
}

async function judge({ id }: Fixture, one: RuleCase): Promise<void> {
  const wrapped = asCloudFormation(one);
  const files = one.files ?? (wrapped === undefined ? undefined : { [wrapped.path]: wrapped.text });
  if (files === undefined) throw new Error(`the case \`${one.name}\` has no input`);
  const result = await run(files, one.config);
  const findings = ofRule(result, id);
  expect(findings.map((finding) => finding.message), `findings of ${id}`).toHaveLength(one.expect.length);
  const left = [...findings];
  for (const expected of one.expect) {
    const at = left.findIndex((finding) => finding.message.includes(expected.says) && isAt(finding, expected, wrapped, files) && (expected.severity === undefined || finding.severity === expected.severity));
    const seen = left.map((finding) => `${finding.severity} ${finding.message} at «${finding.origin.source.text.slice(finding.origin.start, finding.origin.end).slice(0, 60)}»`).join('\n');
    expect(at, `a finding that says \`${expected.says}\` at ${expected.at} among:\n${seen}`).not.toBe(-1);
    left.splice(at, 1);
  }
  checkNotices(result, id, one);
}

function checkNotices(result: ScanResult, id: string, one: RuleCase): void {
  const notices = result.notices.filter((notice) => notice.ruleId === id).map((notice) => notice.message);
  if (one.notice === undefined) expect(notices, `notices of ${id}`).toEqual([]);
  else expect(notices.join('\n'), `a notice of ${id}`).toContain(one.notice);
}

async function compare(fixture: Fixture, one: RuleCase): Promise<void> {
  const wrapped = asTerraform(one);
  if (wrapped === undefined) return;
  const result = await run({ [wrapped.path]: wrapped.text }, one.config);
  const findings = ofRule(result, fixture.id);
  expect(findings.map((finding) => finding.message)).toHaveLength(one.expect.length);
  for (const expected of one.expect) expect(findings.map((finding) => neutral(finding.message)).join('\n')).toContain(neutral(expected.says));
  if (one.notice !== undefined) expect(result.notices.some((notice) => notice.ruleId === fixture.id)).toBe(true);
}

/** Names of resources differ between dialects; what is said of them does not. */
function neutral(message: string): string {
  return message.replace(/aws_\w+\.(\w)(\w*)/g, (_whole, first: string, rest: string) => first.toUpperCase() + rest).replace(/\$\{var\./g, '${');
}

async function suppressed(fixture: Fixture, one: RuleCase): Promise<void> {
  const wrapped = asCloudFormation(one);
  if (wrapped === undefined) return;
  const result = await run({ [wrapped.path]: `# iamlint-ignore-file ${fixture.id}: accepted by the owner\n${wrapped.text}` }, one.config);
  expect(ofRule(result, fixture.id)).toEqual([]);
  expect(result.report.summary.suppressed).toBeGreaterThan(0);
}

function run(files: Readonly<Record<string, string>>, config: object | undefined): Promise<ScanResult> {
  return scan({ files, config: { preset: 'all', ...config }, today: '2026-01-01' });
}

function ofRule(result: ScanResult, id: string): readonly Finding[] {
  expect(result.configProblems).toEqual([]);
  expect(result.notices.filter((notice) => notice.code === 'rule-crashed')).toEqual([]);
  return result.findings.filter((finding) => finding.ruleId === id);
}

function isAt(finding: Finding, expected: Expectation, wrapped: Wrapped | undefined, files: Readonly<Record<string, string>>): boolean {
  const [path, pointer] = pointerOf(expected.at, wrapped);
  const text = files[path];
  if (text === undefined) throw new Error(`no file \`${path}\` in this case`);
  const node = nodeAt(new Source(path, text), pointer);
  if (node === undefined) throw new Error(`nothing at \`${pointer}\` in:\n${text}`);
  const { origin } = finding;
  if (origin.source.path !== path) return false;
  return pointer.endsWith('/**') ? origin.start >= node.start && origin.end <= node.end : origin.start === node.start && origin.end === node.end;
}

function pointerOf(at: string, wrapped: Wrapped | undefined): readonly [string, string] {
  const hash = at.indexOf('#');
  if (hash !== -1) return [at.slice(0, hash), at.slice(hash + 1)];
  const document = wrapped?.document ?? '';
  const inside = at === '' || at.startsWith('/') ? at : at.startsWith('Statement/') ? `/${at}` : `/Statement/0/${at}`;
  return [wrapped?.path ?? '', `${document}${inside}`];
}

function nodeAt(source: Source, pointer: string): { readonly start: number; readonly end: number } | undefined {
  if (pointer === '/**') return { start: 0, end: source.text.length };
  let node: Node | undefined = parseText(source).root;
  const wantsKey = pointer.endsWith('~');
  const steps = pointer.replace(/~$|\/\*\*$/, '').split('/').slice(1);
  for (const [index, step] of steps.entries()) {
    const name = step.replaceAll('~1', '/');
    if (wantsKey && index === steps.length - 1) return node?.kind === 'mapping' ? node.entries.find((entry) => entry.key.text === name)?.key : undefined;
    node = node?.kind === 'sequence' ? node.items[Number(name)] : child(node, name);
  }
  return node;
}
