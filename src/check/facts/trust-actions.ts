import type { Origin } from '../../core/source.ts';
import type { Policy } from '../../model/model.ts';
import { ActionSet, readActionPattern } from './action.ts';

/** Which of the needed actions a trust policy does not allow a service; `undefined` when it is allowed all, or none at all. */
export function missingTrustActions(policy: Policy, service: string, needed: readonly string[]): { readonly at: Origin; readonly missing: readonly string[] } | undefined {
  const wanted = new ActionSet(needed);
  const allowed = new Set<string>();
  let at: Origin | undefined;
  for (const statement of policy.document.statements) {
    const entry = statement.effect === 'Allow' && statement.principal?.negated === false ? statement.principal.entries.find((one) => one.type === 'Service' && one.text === service) : undefined;
    if (entry === undefined) continue;
    if (statement.gaps.length > 0 || statement.action === undefined || statement.action.negated) return undefined;
    at ??= entry.origin;
    for (const text of statement.action.patterns) for (const name of wanted.matchedBy(readActionPattern(text.text))) allowed.add(name);
  }
  const missing = needed.filter((name) => !allowed.has(name));
  return at === undefined || missing.length === 0 ? undefined : { at, missing };
}
