import type { Origin } from '../core/source.ts';
import { displayText } from '../iam/token.ts';
import type { PathHop, RelatedPlace } from '../check/finding.ts';
import type { Principal } from '../model/model.ts';
import type { Analysis } from './index.ts';
import type { ExplainedHop } from './explain-path.ts';
import { administrationOf, type EscalationPath } from './paths.ts';

/** What a rule says of one principal that can become an administrator. */
export interface Escalation {
  readonly principal: Principal;
  readonly path: EscalationPath;
  readonly hops: readonly PathHop[];
  readonly explained: readonly ExplainedHop[];
  /** The first text that makes the first step possible. */
  readonly at: Origin;
  readonly techniques: readonly string[];
  readonly actions: readonly string[];
  /** Conditions and circumstances in words; empty when nothing stands in the way. */
  readonly provided: string;
}

/** By what the first step works. */
export type EscalationKind = 'self' | 'pass-role' | 'existing-role' | 'principal';

/** How a principal that is no administrator can become one, when its first step is of the kind. */
export function escalationOf(principal: Principal, kind: EscalationKind, analysis: Analysis): Escalation | undefined {
  // Roles that AWS makes are judged where they are configured; whose every permission is written down is an administrator already.
  if (principal.madeBy !== undefined || principal.entity.external) return undefined;
  const path = analysis.pathToAdministration(principal);
  return path === undefined || path.steps[0]?.edge.row?.kind !== kind ? undefined : describe(principal, path, analysis);
}

function describe(principal: Principal, path: EscalationPath, analysis: Analysis): Escalation {
  const explained = analysis.explain(path);
  const hops = explained.map(hopOf);
  const because = explained[0]?.because ?? [];
  const own = because.find(({ layer }) => layer === 'identity') ?? because[0];
  const conditions = [...new Set(explained.flatMap((hop) => hop.conditions.map(({ effect, condition }) => `${effect === 'Deny' ? 'not ' : ''}\`${displayText(condition.key.text)}\``)))];
  const needs = [...new Set(explained.flatMap((hop) => hop.needs))];
  return {
    principal,
    path,
    hops,
    explained,
    at: own?.origin ?? principal.entity.from.origin,
    techniques: explained.map(({ technique }) => technique),
    actions: [...new Set(explained[0]?.requests.map(({ action }) => action) ?? [])],
    provided: [...(conditions.length === 0 ? [] : [`conditions on ${conditions.join(', ')}`]), ...needs].join('; '),
  };
}

function hopOf(hop: ExplainedHop): PathHop {
  const because = hop.because.map(({ policy, origin, layer }): RelatedPlace => ({ message: `${layer} policy \`${displayText(policy.name)}\``, origin }));
  return { from: hop.from, to: hop.to, technique: hop.technique, because };
}

/** Does a path end at the administration of another account than the principal's own? */
export function leavesAccount({ principal, path }: Escalation): boolean {
  const last = path.steps.at(-1)?.edge.to;
  return last !== undefined && last.kind === 'administrator' && last.id !== administrationOf(principal.entity.account);
}
