import type { Verdict } from '../core/verdict.ts';
import { actionsOf, resourceTypesOf } from '../data/actions.ts';
import { expandAction } from '../data/action-pattern.ts';
import type { Principal } from '../model/model.ts';
import { askFor } from './asking.ts';
import { chosenResources } from './candidates.ts';
import type { Foundation } from './foundation.ts';

/** What a principal may do in one service, on some resource at least. */
export interface ServiceAccess {
  readonly service: string;
  /** Every known action of the service. */
  readonly whole: boolean;
  readonly allowed: readonly string[];
  /** Actions that are allowed when something holds that the inputs do not tell. */
  readonly perhaps: readonly string[];
}

/** The actions that a principal may do on some resource, by service. Actions that no policy names are not asked for. */
export function whatCan(principal: Principal, foundation: Foundation): readonly ServiceAccess[] {
  const holding = foundation.holdingOf(principal);
  const candidates = new Set<string>();
  for (const { compiled } of holding.identity) {
    for (const { effect, source } of compiled.statements) {
      if (effect === 'Deny' || source.action === undefined) continue;
      const patterns = source.action.negated ? ['*'] : source.action.patterns.map(({ text }) => text);
      for (const pattern of patterns) for (const action of expandAction(pattern)) candidates.add(action);
    }
  }
  const byService = new Map<string, { readonly allowed: string[]; readonly perhaps: string[] }>();
  for (const action of candidates) {
    const verdict = verdictOn(action, principal, foundation);
    if (verdict === 'no') continue;
    const service = action.slice(0, action.indexOf(':'));
    const found = byService.get(service) ?? { allowed: [], perhaps: [] };
    byService.set(service, found);
    (verdict === 'yes' ? found.allowed : found.perhaps).push(action.slice(service.length + 1));
  }
  return [...byService].map(([service, { allowed, perhaps }]) => ({ service, whole: allowed.length === actionsOf(service).length, allowed, perhaps })).sort((left, right) => (left.service < right.service ? -1 : 1));
}

/** The best answer over a sample of resources: one of each type the action takes, and those the policies name. */
function verdictOn(action: string, principal: Principal, foundation: Foundation): Verdict {
  const holding = foundation.holdingOf(principal);
  const service = action.slice(0, action.indexOf(':'));
  const types = resourceTypesOf(action);
  let best: Verdict = 'no';
  for (const type of types.length === 0 ? [undefined] : types) {
    for (const arn of type === undefined ? ['*'] : chosenResources(holding, action, `${service}:${type.name}`)) {
      const granted = askFor({ action, target: 'any' }, holding, { arn, account: holding.account, entity: undefined }, foundation);
      if (granted?.verdict === 'yes') return 'yes';
      if (granted !== undefined) best = 'unknown';
    }
  }
  return best;
}
