import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { dataFolder } from './data-file.ts';

/** Questions whose cold cost matters, each asked by a fresh process of the bundled code: `npx tsx scripts/refresh/measure.ts`. */
const questions: readonly (readonly [label: string, module: string, call: string])[] = [
  ['names and levels of 5 services', 'actions.ts', `for (const s of ['s3', 'iam', 'lambda', 'dynamodb', 'ec2']) m.actionsOf(s)`],
  [
    '5 look-ups in 5 services',
    'actions.ts',
    `for (const a of ['s3:GetObject', 'iam:PassRole', 'lambda:InvokeFunction', 'dynamodb:GetItem', 'ec2:RunInstances']) m.findAction(a)`,
  ],
  ['all names', 'actions.ts', `for (const row of m.actionTable().services) m.actionTable().namesOf(row)`],
  ['indexes of *', 'action-pattern.ts', `m.expandActionIndexes('*')`],
  ['names of *', 'action-pattern.ts', `m.expandAction('*')`],
  ['names of *:Describe*', 'action-pattern.ts', `m.expandAction('*:Describe*')`],
  ['condition keys of ec2:RunInstances', 'actions.ts', `m.conditionKeysOf('ec2:RunInstances')`],
  ['facts of aws:SourceIp', 'condition-key-facts.ts', `m.conditionKeyFacts('aws:SourceIp')`],
  ['one managed policy', 'managed-policies.ts', `m.managedPolicy('ReadOnlyAccess')`],
  ['flags of one managed policy', 'managed-policies.ts', `m.managedPolicyFlags('PowerUserAccess')`],
  ['one CloudFormation identity', 'cfn-identity.ts', `m.cfnIdentity('AWS::SQS::Queue')`],
  ['one CloudFormation row', 'resource-types.ts', `m.resourceTypeRow('cloudformation', 'AWS::IAM::Role')`],
  ['one Terraform row', 'resource-types.ts', `m.resourceTypeRow('terraform', 'aws_iam_role')`],
  ['one service principal', 'service-principals.ts', `m.servicePrincipal('lambda.amazonaws.com')`],
  ['one OIDC issuer', 'oidc-issuers.ts', `m.oidcIssuer('gitlab.com')`],
  ['one SAM template', 'sam-policy-templates.ts', `m.samPolicyTemplate('SQSPollerPolicy')`],
  ['all techniques', 'techniques.ts', `m.techniques()`],
];

const RUNS = 15;

async function measure(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'iamlint-measure-'));
  cpSync(dataFolder, join(root, 'data'), { recursive: true, filter: (source) => !source.endsWith('.ts') });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  mkdirSync(join(root, 'run'));
  for (const [label, module, call] of questions) {
    const bundle = join(root, `${module}.js`);
    await build({ entryPoints: [join(dataFolder, module)], outfile: bundle, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' });
    const program = `const m = await import(${JSON.stringify(bundle)}); const c = process.cpuUsage(); const t = performance.now(); ${call};
      const w = performance.now() - t; const u = process.cpuUsage(c); console.log(JSON.stringify([w, (u.user + u.system) / 1000]))`;
    const runs = Array.from({ length: RUNS }, () => readTimes(spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }).stdout));
    console.log(`${label.padEnd(40)} wall ${spread(runs.map(([wall]) => wall))}   processor ${spread(runs.map(([, cpu]) => cpu))}`);
  }
  rmSync(root, { recursive: true, force: true });
}

/** Least and median: on a busy machine the processor's time says more than the wall's. */
function spread(times: readonly number[]): string {
  const sorted = [...times].sort((left, right) => left - right);
  const [least = Number.NaN] = sorted;
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return `least ${least.toFixed(1).padStart(5)} ms, median ${median.toFixed(1).padStart(5)} ms`;
}

function readTimes(output: string): readonly [wall: number, cpu: number] {
  const times: unknown = JSON.parse(output);
  const [wall, cpu]: readonly unknown[] = Array.isArray(times) ? times : [];
  if (typeof wall !== 'number' || typeof cpu !== 'number') throw new Error(`no times in ${JSON.stringify(output)}`);
  return [wall, cpu];
}

await measure();
