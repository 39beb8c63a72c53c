import type { Verdict } from '../../core/verdict.ts';
import type { Text } from '../../iam/policy-document.ts';
import type { ResourceFact } from './resource.ts';
import type { StatementFacts } from './statement.ts';
import { whyGap, whyUnknown } from './unknown.ts';

/** Whether a statement of an identity policy reaches every resource (of a service), and by which strings. */
export interface Reach {
  readonly verdict: Verdict;
  /** The strings that reach so far; empty for NotResource. */
  readonly by: readonly ResourceFact[];
  /** The statement excludes resources instead of naming them. */
  readonly negated: boolean;
  readonly because: string;
}

/**
 * Does the statement reach every resource: `*`, the same in other words, or, when a service is given, all of that service
 * (or of one of its types) in every account? NotResource reaches all but a few.
 */
export function reachOf(facts: StatementFacts, service?: string): Reach {
  const { statement } = facts;
  if (statement.resource === undefined) return { verdict: 'no', by: [], negated: false, because: '' };
  if (facts.resourcesNegated) return { verdict: 'yes', by: [], negated: true, because: '' };
  const by = facts.resources.filter((resource) => isBroad(resource, service));
  if (by.length > 0) return { verdict: 'yes', by, negated: false, because: '' };
  const open = facts.unknownResource;
  if (open !== undefined) return { verdict: 'unknown', by: [], negated: false, because: whyUnknown(open.at.text) };
  const gap = statement.gaps.find((one) => one.element === 'Resource');
  return gap === undefined ? { verdict: 'no', by: [], negated: false, because: '' } : { verdict: 'unknown', by: [], negated: false, because: whyGap(gap) };
}

/** Is a resource string `*` or as good as it, seen from one service's actions? */
export function isBroad({ pattern }: ResourceFact, service?: string): boolean {
  if (pattern.width === 'any' || pattern.width === 'everything') return true;
  if (service === undefined || (pattern.width !== 'service' && pattern.width !== 'type')) return false;
  const named = pattern.arn?.service ?? '';
  return (named === service || named === '*') && !pattern.accountFixed;
}

/** The texts of a reach, for guards and evidence. */
export function reachTexts(reach: Reach): readonly string[] {
  return reach.by.map((resource) => resource.at.text);
}

/** The first string of a reach, which the finding may depend on. */
export function reachText(reach: Reach): Text | undefined {
  return reach.by[0]?.at;
}
