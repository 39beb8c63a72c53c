import type { Verdict } from '../core/verdict.ts';
import { isAccountId, parseArn } from '../iam/arn.ts';
import type { PrincipalEntry } from '../iam/policy-document.ts';
import type { AccountRelation, Entity, Policy } from '../model/model.ts';
import { accountRelation } from '../model/organization.ts';
import type { Foundation } from './foundation.ts';
import { nameOf } from './who-can.ts';

/** A policy that lets someone from elsewhere in. */
export interface Entrance {
  /** Account, ARN, service, identity provider, or `*`. */
  readonly from: string;
  readonly kind: 'anyone' | 'account' | 'service' | 'federated' | 'canonical' | 'unknown';
  /** The account it comes from; undefined for those without one. */
  readonly fromAccount: string | undefined;
  readonly relation: AccountRelation | undefined;
  readonly to: Entity;
  readonly policy: Policy;
  readonly entry: PrincipalEntry;
  readonly actions: readonly string[];
  /** `unknown` when conditions limit it. */
  readonly verdict: Verdict;
}

export interface Reach {
  /** Entrances from another account, by `from|to`. */
  readonly crossAccount: readonly Entrance[];
  /** What anyone, other organizations' accounts, services and identity providers reach. */
  readonly external: readonly Entrance[];
}

/** Every way into a role or resource from outside its account, as trust and resource policies give it. */
export function reach(foundation: Foundation): Reach {
  const { model } = foundation;
  const crossAccount: Entrance[] = [];
  const external: Entrance[] = [];
  for (const policy of model.policies) {
    if (policy.kind !== 'trust' && policy.kind !== 'resource') continue;
    for (const to of policy.owners) for (const entrance of entrancesOf(policy, to, foundation)) (entrance.relation === 'organization' ? crossAccount : external).push(entrance);
  }
  for (const { entity, trust } of model.principals) {
    if (trust?.synthetic !== true || model.policies.includes(trust)) continue;
    for (const entrance of entrancesOf(trust, entity, foundation)) (entrance.relation === 'organization' ? crossAccount : external).push(entrance);
  }
  return { crossAccount, external };
}

function entrancesOf(policy: Policy, to: Entity, foundation: Foundation): readonly Entrance[] {
  const { organization } = foundation.model;
  return policy.document.statements.flatMap((statement) => {
    if (statement.effect === 'Deny' || statement.principal === undefined) return [];
    const { principal } = statement;
    const actions = statement.action?.patterns.map(({ text }) => text) ?? [];
    return principal.entries.flatMap((entry): Entrance[] => {
      const kind = principal.negated ? 'unknown' : kindOf(entry);
      const from = nameOf(entry);
      const fromAccount = kind === 'account' ? (isAccountId(from) ? from : (parseArn(from)?.account ?? from)) : undefined;
      const relation = fromAccount === undefined ? undefined : accountRelation(organization, fromAccount, to.account);
      if (relation === 'same') return [];
      return [{ from, kind, fromAccount, relation, to, policy, entry, actions, verdict: statement.conditions.length === 0 && statement.when.length === 0 && statement.effect === 'Allow' ? 'yes' : 'unknown' }];
    });
  });
}

function kindOf(entry: PrincipalEntry): Entrance['kind'] {
  if (entry.type === 'anyone' || entry.text === '*') return 'anyone';
  switch (entry.type) {
    case 'AWS':
      return 'account';
    case 'Service':
      return 'service';
    case 'Federated':
      return 'federated';
    case 'CanonicalUser':
      return 'canonical';
    case 'other':
      return 'unknown';
  }
}
