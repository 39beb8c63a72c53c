import { isAccountId, parseArn } from '../../iam/arn.ts';
import type { ActionCatalogue, ComparableKind, Request, RequestValue } from '../types.ts';
import { SEPARATOR } from './glob.ts';
import type { Cube } from './cube.ts';
import { sampleKey } from './key-set.ts';
import type { CallerClass } from './principal-set.ts';
import { ALL_TEXTS, contains, type TextOracle } from './text-set.ts';

/** What a witness is spelled with. */
export interface WitnessStyle {
  readonly kind: ComparableKind;
  readonly oracle: TextOracle;
  readonly catalogue: ActionCatalogue | undefined;
  /** Keys as the documents spell them, by lower case. */
  readonly keyNames: ReadonlyMap<string, string>;
}

const ACCOUNT = '123456789012';

/** The kinds of caller, the most telling first. */
const PREFERENCE: readonly CallerClass[] = ['user', 'role', 'anonymous', 'service', 'federated', 'federated-user', 'canonical', 'root'];

/** Spells out one request of a cube, for one action or for one of the cube's; `undefined` when a value could not be found. */
export function spellWitness(cube: Cube, name: string | undefined, style: WitnessStyle): Request | undefined {
  const action = name ?? style.oracle.sample(cube.action, []);
  if (action === undefined) return undefined;
  const context: Record<string, RequestValue> = {};
  for (const [key, set] of cube.keys) {
    const sample = sampleKey(set, style.oracle);
    if (sample.kind === 'unclear') return undefined;
    if (sample.value !== undefined) context[style.keyNames.get(key) ?? key] = sample.value;
  }
  const owner = Object.entries(context).find(([key]) => key.toLowerCase() === 'aws:resourceaccount')?.[1];
  const resource = sampleResource(cube, action, style, typeof owner === 'string' ? owner : ACCOUNT);
  if (resource === undefined) return undefined;
  const named = parseArn(resource)?.account ?? '';
  const home = isAccountId(named) ? named : ACCOUNT;
  const caller = sampleCaller(cube, home, style);
  if (caller === undefined) return undefined;
  if (caller.roleArn !== undefined && caller.roleArn.split('/').length > 2) context['aws:PrincipalArn'] = caller.roleArn;
  const account = isAccountId(named) ? named : typeof owner === 'string' ? owner : (parseArn(caller.principal ?? '')?.account ?? home);
  return { principal: caller.principal, ...(caller.principal === null ? { anonymous: true } : {}), action, resource, resourceAccount: account, context };
}

/** A resource of the cube, in the owner's account where its ARN may name that. */
function sampleResource(cube: Cube, action: string, style: WitnessStyle, owner: string): string | undefined {
  const sample = style.oracle.sample(cube.resource, resourceCandidates(action, style, owner));
  const arn = sample === undefined ? undefined : parseArn(sample);
  if (arn === undefined || !isAccountId(arn.account) || arn.account === owner) return sample;
  const moved = `arn:${arn.partition}:${arn.service}:${arn.region}:${owner}:${arn.resource}`;
  return contains(cube.resource, moved) ? moved : sample;
}

function resourceCandidates(action: string, style: WitnessStyle, owner: string): readonly string[] {
  if (style.kind === 'trust') return [`arn:aws:iam::${owner}:role/example`];
  const known = style.catalogue?.arnsOf?.(action) ?? [];
  if (known.length > 0) return [...known.map((pattern) => fillArn(pattern, owner)), '*'];
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  if (service === 'sts' && action.toLowerCase().startsWith('sts:assumerole')) return [`arn:aws:iam::${owner}:role/example`, '*'];
  return ['*', `arn:aws:${service}:us-east-1:${owner}:example`, `arn:aws:${service}:::example`];
}

const HOLE_VALUES: ReadonlyMap<string, string> = new Map([
  ['Partition', 'aws'],
  ['Region', 'us-east-1'],
]);

function fillArn(pattern: string, owner: string): string {
  return pattern.replace(/\$\{([^}]*)\}/g, (_, name: string) => (name === 'Account' ? owner : (HOLE_VALUES.get(name) ?? 'example')));
}

interface SampledCaller {
  readonly principal: string | null;
  readonly roleArn?: string;
}

function sampleCaller(cube: Cube, home: string, style: WitnessStyle): SampledCaller | undefined {
  for (const kind of PREFERENCE) {
    const set = cube.principal.get(kind);
    if (set === undefined) continue;
    if (kind === 'anonymous') return { principal: null };
    const [plain = ''] = plainCallers(kind, home);
    const text = set === ALL_TEXTS || contains(set, plain) ? plain : style.oracle.sample(set, plainCallers(kind, ACCOUNT));
    if (text === undefined) continue;
    return kind === 'role' ? readRole(text) : { principal: text };
  }
  return undefined;
}

function plainCallers(kind: CallerClass, account: string): readonly string[] {
  switch (kind) {
    case 'user':
      return [`arn:aws:iam::${account}:user/example`];
    case 'role':
      return [`arn:aws:iam::${account}:role/example${SEPARATOR}session`];
    case 'federated-user':
      return [`arn:aws:sts::${account}:federated-user/example`];
    case 'root':
      return [`arn:aws:iam::${account}:root`];
    case 'service':
      return ['example.amazonaws.com'];
    case 'federated':
      return [`arn:aws:iam::${account}:oidc-provider/example.com`, `arn:aws:iam::${account}:saml-provider/example`];
    case 'canonical':
      return ['a'.repeat(64)];
    case 'anonymous':
      return [''];
  }
}

/** A role's text names the role and the session; the request names the session, which lacks the role's path. */
function readRole(text: string): SampledCaller {
  const [roleArn = '', session = 'session'] = text.split(SEPARATOR);
  const arn = parseArn(roleArn);
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return { principal: `arn:${arn?.partition ?? 'aws'}:sts::${arn?.account ?? ACCOUNT}:assumed-role/${name}/${session}`, roleArn };
}
