import type { CompiledPolicy } from '../engine/compile.ts';
import type { ControlLevel } from '../engine/types.ts';
import { controlPolicyLevels, type ControlPolicyLevel } from '../model/control-policies.ts';
import { FULL_ACCESS } from '../model/full-access.ts';
import type { PermissionModel, Policy } from '../model/model.ts';
import type { DocumentStore } from './documents.ts';

/** What limits an account from above, ready to be asked. */
export interface AccountControls {
  readonly scp: ControlLayer;
  readonly rcp: ControlLayer;
  /** Why something may be missing. A layer with gaps is read as allowing what its known policies do not deny. */
  readonly unknowns: readonly string[];
  /** Do the inputs tell of an organization at all? Without one, missing control policies are an assumption, not a doubt. */
  readonly inOrganization: boolean;
  /** Some policy compares the caller's own names or tags. */
  readonly personal: boolean;
}

export interface ControlLayer {
  readonly levels: readonly ControlLevel<CompiledPolicy>[];
  /** Policies at the same positions. */
  readonly policies: readonly (readonly Policy[])[];
  readonly complete: boolean;
}

/** Gives the control policies of accounts, each account worked out once. */
export function accountControls(model: PermissionModel, store: DocumentStore): (account: string) => AccountControls {
  const memo = new Map<string, AccountControls>();
  return (account) => {
    const known = memo.get(account);
    if (known !== undefined) return known;
    const found = controlsOf(model, store, account);
    memo.set(account, found);
    return found;
  };
}

function controlsOf(model: PermissionModel, store: DocumentStore, account: string): AccountControls {
  const { organization } = model;
  const levels = controlPolicyLevels(organization, account);
  const layer = (kind: 'scp' | 'rcp'): ControlLayer => {
    const given = levels[kind];
    const complete = given !== 'unknown';
    const kept = complete ? given : levels.known[kind].filter((level) => level.policies.length > 0).map((level) => ({ ...level, policies: [...level.policies, FULL_ACCESS[kind]] }));
    return { levels: kept.map((level) => compiled(level, store)), policies: kept.map((level) => level.policies), complete };
  };
  const scp = layer('scp');
  const rcp = layer('rcp');
  const personal = [...scp.policies, ...rcp.policies].flat().some((policy) => store.intern(policy.document).personal);
  return { scp, rcp, unknowns: levels.unknowns, inOrganization: model.coverage.organization, personal };
}

function compiled(level: ControlPolicyLevel, store: DocumentStore): ControlLevel<CompiledPolicy> {
  return { id: level.id, policies: level.policies.map((policy) => store.intern(policy.document).compiled) };
}
