import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { iamlint, type Outcome } from '../cli/world.ts';
import { folderOf } from '../config/folders.ts';

const READ = { Version: '2012-10-17', Statement: [{ Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' }] };
const WRITE = { Version: '2012-10-17', Statement: [...READ.Statement, { Sid: 'Write', Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::reports/in/*' }] };

async function compare(old: unknown, young: unknown, ...options: readonly string[]): Promise<Outcome> {
  const text = (document: unknown): string => (typeof document === 'string' ? document : JSON.stringify(document, undefined, 2));
  return iamlint(['compare', 'old.json', 'new.json', ...options], { cwd: folderOf({ 'old.json': text(old), 'new.json': text(young) }) });
}

describe('the answer', () => {
  it('is no, and exit code 0, when nothing is gained', async () => {
    expect(await compare(WRITE, READ)).toMatchObject({ code: 0, err: '', out: '✓ no new access (identity policy): the old version allows whatever the new one allows\n' });
  });

  it('is yes, and exit code 1, with the request and the statement that makes the difference', async () => {
    const { code, out } = await compare(READ, WRITE);
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ new access \(identity policy\).*\n\n {2}arn:aws:iam::\d+:user\/\S+ may s3:PutObject on arn:aws:s3:::reports\/in\/\S*\n\n {2}statement `Write` of the new version allows it\n {2}new\.json:10:5\n {4}10 │ {5}\{\n/);
  });

  it('names a Deny that is gone', async () => {
    const guarded = { ...READ, Statement: [...READ.Statement, { Sid: 'NoSecrets', Effect: 'Deny', Action: '*', Resource: 'arn:aws:s3:::reports/secret/*' }] };
    const { code, out } = await compare(guarded, READ);
    expect(code).toBe(1);
    expect(out).toContain('statement `Read` of the new version allows it\n  new.json:4:5');
    expect(out).toContain('statement `NoSecrets` of the old version denied it\n  old.json:10:5');
  });

  it('is undecided, and exit code 2, when a document does not say what it does', async () => {
    const odd = { ...READ, Statement: [{ ...READ.Statement[0], Effect: 'Permit', Resource: '*' }] };
    const { code, out, err } = await compare(READ, odd);
    expect([code, out]).toEqual([2, expect.stringMatching(/^\? could not decide \(identity policy\): .+/)]);
    expect(err).toMatch(/^iamlint: new\.json:\d+:\d+: `Permit` is no effect/);
  });

  it('is data with --format json', async () => {
    const record = JSON.parse((await compare(READ, WRITE, '--format', 'json')).out);
    expect(record).toMatchObject({ version: 1, type: 'identity', newAccess: 'yes', witness: { action: 's3:PutObject', context: {} }, grantedBy: [{ sid: 'Write', index: 1, file: 'new.json', line: 10, column: 5 }], deniedBefore: [], reason: null });
    expect(JSON.parse((await compare(WRITE, READ, '--format', 'json')).out)).toEqual({ version: 1, type: 'identity', newAccess: 'no', witness: null, grantedBy: [], deniedBefore: [], reason: null });
  });
});

describe('documents', () => {
  it.each<[string, unknown]>([
    ['as AWS answers them', { PolicyVersion: { VersionId: 'v2', Document: READ } }],
    ['as text in JSON', { Policy: JSON.stringify(READ) }],
    ['several that apply together', [READ, { PolicyDocument: READ }]],
    ['in YAML', 'Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n    Action: s3:GetObject\n    Resource: arn:aws:s3:::reports/*\n'],
  ])('are read %s', async (_form, document) => {
    expect((await compare(document, READ)).code).toBe(0);
    expect((await compare(READ, document)).code).toBe(0);
    expect((await compare(document, WRITE)).code).toBe(1);
  });

  it('are refused with the place when they are none', async () => {
    expect(await compare(READ, { Resources: {} })).toMatchObject({ code: 2, out: '', err: 'iamlint: new.json:1:1: this is no policy document: it has no `Statement`\n' });
    expect(await compare('{ "a": ', READ)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^iamlint: old\.json:1:/) });
    expect(await iamlint(['compare', 'a.json', 'b.json'], { cwd: folderOf({}) })).toMatchObject({ code: 2, err: 'iamlint: `a.json` cannot be read: there is no such file\n' });
    expect(await compare({ Policy: '{"Statement": [' }, READ)).toMatchObject({ code: 2, err: expect.stringMatching(/^iamlint: old\.json:2:/) });
  });

  it('are compared with a word about what AWS would refuse', async () => {
    const { code, err } = await compare(READ, { ...READ, Statment: [] });
    expect(code).toBe(0);
    expect(err).toMatch(/^iamlint: new\.json:\d+:\d+: unknown policy element `Statment`/);
  });
});

describe('the type', () => {
  const trust = (who: string) => ({ Statement: [{ Effect: 'Allow', Principal: { AWS: who }, Action: 'sts:AssumeRole' }] });
  const bucket = (who: unknown) => ({ Statement: [{ Effect: 'Allow', Principal: who, Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' }] });
  const typeOf = (outcome: Outcome): string => JSON.parse(outcome.out).type;

  it('follows from the shape', async () => {
    expect(typeOf(await compare(READ, WRITE, '--format', 'json'))).toBe('identity');
    expect(typeOf(await compare(trust('111111111111'), trust('222222222222'), '--format', 'json'))).toBe('trust');
    expect(typeOf(await compare(bucket({ AWS: '111111111111' }), bucket('*'), '--format', 'json'))).toBe('resource');
    expect(typeOf(await compare({ Statement: [] }, bucket('*'), '--format', 'json'))).toBe('resource');
  });

  it('has to be said when the shapes differ', async () => {
    expect(await compare(READ, bucket('*'))).toMatchObject({ code: 2, err: 'iamlint: the old version looks like a policy of type identity, the new one like resource; say which with `--type`\n' });
  });

  it('decides what allowing means', async () => {
    const deny = (action: string) => ({ Statement: [{ Sid: 'Wall', Effect: 'Deny', Principal: '*', Action: action, Resource: '*' }] });
    const { code, out } = await compare(deny('s3:*'), deny('s3:Get*'), '--type', 'rcp');
    expect(code).toBe(1);
    expect(out).toContain('statement `Wall` of the old version denied it\n  old.json:3:5');
    expect((await compare(deny('s3:Get*'), deny('s3:*'), '--type', 'rcp')).code).toBe(0);
  });
});

const BESIDE = join(import.meta.dirname, '../../../shared/oracles/new-access.jsonl');
const OWN = join(import.meta.dirname, '../differential/new-access.jsonl');

describe('samples of AWS for checks of new access', () => {
  it('kept here', async () => expect(await wrongAnswers(OWN)).toEqual([]), 60_000);
  it.skipIf(!existsSync(BESIDE))('beside the repository', async () => expect(await wrongAnswers(BESIDE)).toEqual([]), 60_000);
});

async function wrongAnswers(path: string): Promise<readonly string[]> {
  const wrong: string[] = [];
  const rows = readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  expect(rows.length).toBeGreaterThan(20);
  for (const { id, policies, policyType, expected } of rows) {
    const { code, err } = await compare(policies.p2, policies.p1, '--type', policyType);
    if (code !== (expected.p1MinusP2 === 'empty' ? 0 : 1)) wrong.push(`${id}: ${code} ${err}`);
  }
  return wrong;
}
