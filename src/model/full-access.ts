import { Source } from '../core/source.ts';
import type { DeclaringResource } from '../extract/declaration.ts';
import { parsePolicy, valueOfJson } from '../iam/parse-policy.ts';
import type { Policy } from './model.ts';

/** Ids of the policies AWS attaches to every root, unit and account. Source: Organizations User Guide, "SCP evaluation", "RCP evaluation". */
export const FULL_ACCESS_IDS = { scp: 'p-FullAWSAccess', rcp: 'p-RCPFullAWSAccess' } as const;

/** The policy that allows everything: what control policies are without anyone's doing. */
export const FULL_ACCESS: { readonly scp: Policy; readonly rcp: Policy } = {
  scp: fullAccess('scp', 'FullAWSAccess', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
  rcp: fullAccess('rcp', 'RCPFullAWSAccess', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }),
};

function fullAccess(kind: 'scp' | 'rcp', name: string, document: unknown): Policy {
  return { id: FULL_ACCESS_IDS[kind], kind, name, document: parsePolicy(valueOfJson(document), kind), managed: 'aws', owners: [], unboundOwners: [], synthetic: true, account: 'aws', from: madeByAws(name) };
}

/** What declares a thing that nobody wrote. */
function madeByAws(name: string): DeclaringResource {
  const origin = { source: new Source('(AWS)', ''), start: 0, end: 0 };
  return { scope: { id: '(AWS)', name: 'AWS', account: undefined, region: undefined, partition: 'aws' }, address: name, displayName: name, type: name, origin, extent: origin, when: [], account: undefined, region: undefined };
}
