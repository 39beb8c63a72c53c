/**
 * Measures the questions on generated organizations: accounts, replicated permission sets, hub accounts, roles that may be passed.
 *
 *   node --import tsx scripts/bench/organization.ts [--accounts 50] [--roles 6000] [--seed 1]
 */
import { parseArgs } from 'node:util';
import { analyze } from '../../src/analyze/index.ts';
import { whoCan } from '../../src/analyze/who-can.ts';
import { Source, wholeSource } from '../../src/core/source.ts';
import type { DeclaringResource } from '../../src/extract/declaration.ts';
import { parsePolicy, valueOfJson } from '../../src/iam/parse-policy.ts';
import type { PolicyKind } from '../../src/iam/policy-document.ts';
import type { Entity, PermissionModel, Policy, Principal } from '../../src/model/model.ts';
import { seededNumbers } from './estate.ts';

const { values } = parseArgs({ options: { accounts: { type: 'string', default: '50' }, roles: { type: 'string', default: '6000' }, seed: { type: 'string', default: '1' } } });

const SOURCE = new Source('generated.json', '');
const SERVICES = ['lambda.amazonaws.com', 'ec2.amazonaws.com', 'ecs-tasks.amazonaws.com', 'glue.amazonaws.com', 'codebuild.amazonaws.com'];

/** A model made in memory: no template is read. */
export function generateOrganization(accounts: number, roles: number, seed: number): PermissionModel {
  const random = seededNumbers(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const ids = Array.from({ length: accounts }, (_, at) => String(100_000_000_000 + at));
  const entities = new Map<string, Entity>();
  const policies: Policy[] = [];
  const principals: Principal[] = [];
  const from = (address: string, account: string): DeclaringResource => ({ scope: { id: account, name: account, account, region: undefined, partition: 'aws' }, address, displayName: address, type: 'generated', origin: wholeSource(SOURCE), extent: wholeSource(SOURCE), when: [], account, region: undefined });
  const policy = (kind: PolicyKind, owner: Entity, statements: readonly object[]): Policy => {
    const made: Policy = { id: `${owner.id}#${kind}${policies.length}`, kind, name: kind, document: parsePolicy(valueOfJson({ Version: '2012-10-17', Statement: statements }), kind), managed: 'inline', owners: [owner], unboundOwners: [], synthetic: false, account: owner.account, from: owner.from };
    policies.push(made);
    return made;
  };
  for (let at = 0; at < roles; at += 1) {
    const account = ids[at % accounts] ?? '';
    const name = `role-${at}`;
    const entity: Entity = { id: `${account}#${name}`, entity: 'role', service: 'iam', name, path: '/', arn: `arn:aws:iam::${account}:role/${name}`, account, external: false, tags: new Map(), from: from(name, account) };
    entities.set(entity.id, entity);
    const hub = ids[Math.floor(random() * 5)] ?? '';
    const trusted = random() < 0.6 ? { Service: pick(SERVICES) } : { AWS: `arn:aws:iam::${random() < 0.5 ? account : hub}:root` };
    const condition = random() < 0.2 ? { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } } : {};
    const trust = policy('trust', entity, [{ Effect: 'Allow', Principal: trusted, Action: 'sts:AssumeRole', ...condition }]);
    const identity = policy('identity', entity, grantsOf(Math.floor(random() * 60), random(), account, roles));
    principals.push({ entity, kind: 'role', policies: [{ policy: identity, at: { text: name, origin: wholeSource(SOURCE) }, when: [] }], boundary: undefined, trust, groups: [], unknownAttachments: [] });
  }
  const byArn = new Map([...entities.values()].map((entity) => [entity.arn, entity]));
  return {
    organization: { id: undefined, managementAccount: undefined, accounts: new Map(), units: new Map(), trusted: new Map(), controlPolicies: 'unknown' },
    entities,
    principals,
    policies,
    bindings: [],
    credentials: [],
    providers: [],
    settings: [],
    shares: [],
    assignments: [],
    identityCenter: { permissionSets: [], members: new Map() },
    federation: [],
    gaps: [],
    coverage: { organization: false, controlPolicies: false, completeAccounts: new Set(), unknowns: [] },
    entityByArn: (arn) => byArn.get(arn),
  };
}

/** Permission sets are replicated: most roles hold one of sixty documents, a tenth one of their own. */
function grantsOf(set: number, chance: number, account: string, roles: number): readonly object[] {
  if (chance < 0.1) return [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::own-${Math.floor(chance * 10 * roles)}/*` }];
  if (set === 0) return [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  if (set < 6) return [{ Effect: 'Allow', Action: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'], Resource: set % 2 === 0 ? '*' : `arn:aws:iam::${account}:role/role-1*` }, { Effect: 'Allow', Action: 'lambda:*', Resource: '*' }];
  if (set < 12) return [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: set % 2 === 0 ? '*' : `arn:aws:iam::*:role/role-${set}*` }];
  return [{ Effect: 'Allow', Action: [`dynamodb:*`, 's3:GetObject', 'logs:*'], Resource: `arn:aws:s3:::set-${set}/*` }];
}

function timed<T>(name: string, work: () => T): T {
  const start = performance.now();
  const result = work();
  process.stdout.write(`${name.padEnd(28)} ${(performance.now() - start).toFixed(0).padStart(8)} ms\n`);
  return result;
}

const accounts = Number(values.accounts);
const model = timed('generate', () => generateOrganization(accounts, Number(values.roles), Number(values.seed)));
const analysis = analyze(model);
const graph = timed('graph', () => analysis.graph());
process.stdout.write(`${'edges'.padEnd(28)} ${String(graph.edgeCount).padStart(8)}\n${'documents'.padEnd(28)} ${String(analysis.foundation.store.size).padStart(8)}\n`);
timed('closure to administration', () => model.principals.filter((principal) => analysis.pathToAdministration(principal) !== undefined).length);
timed('who-can (first)', () => whoCan({ action: 's3:GetObject', resource: 'arn:aws:s3:::set-20/x' }, analysis.foundation).grantees.length);
timed('who-can (again)', () => whoCan({ action: 'iam:PassRole', resource: 'arn:aws:iam::100000000000:role/role-0' }, analysis.foundation).grantees.length);
process.stdout.write(`${'memory'.padEnd(28)} ${(process.memoryUsage().rss / 2 ** 20).toFixed(0).padStart(8)} MB\n`);
