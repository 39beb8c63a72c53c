import { or, type Verdict } from '../core/verdict.ts';
import { matchPattern } from './holes.ts';
import { hasHole } from './token.ts';
import { type Pattern, compilePattern } from './wildcard.ts';

/** An action of a request, in lower case: IAM compares action names without regard to case. */
export interface ActionName {
  readonly text: string;
  readonly service: string;
}

/**
 * Reads a request's action; `undefined` when it is no `service:Name` (empty or blank names match no statement).
 * Source: IAM User Guide, "IAM JSON policy elements: Action".
 */
export function readActionName(action: string): ActionName | undefined {
  const text = action.toLowerCase();
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1 || (text.indexOf(':', colon + 1) !== -1 && !hasHole(text)) || /\s/.test(text)) return undefined;
  return { text, service: text.slice(0, colon) };
}

/** One `Action` string in lower case; `*` alone is every action, and a pattern without a colon matches none. */
export function compileActionPattern(text: string): Pattern | undefined {
  const pattern = compilePattern(hasHole(text) ? text : text.toLowerCase(), { wildcards: true, variables: false });
  return pattern.shape === 'everything' || text.includes(':') || pattern.shape === 'holes' ? pattern : undefined;
}

/** The actions of one element, indexed for lookup: a statement may list a thousand. */
export interface ActionSet {
  readonly everything: boolean;
  readonly exact: ReadonlySet<string>;
  readonly byService: ReadonlyMap<string, readonly Pattern[]>;
  /** Patterns whose service part is itself a pattern. */
  readonly anyService: readonly Pattern[];
}

/** Indexes action strings; those that can match nothing are left out. */
export function compileActions(texts: readonly string[]): ActionSet {
  const exact = new Set<string>();
  const byService = new Map<string, Pattern[]>();
  const anyService: Pattern[] = [];
  let everything = false;
  for (const text of texts) {
    const pattern = compileActionPattern(text);
    if (pattern === undefined) continue;
    const colon = pattern.literal.indexOf(':');
    if (pattern.shape === 'everything') everything = true;
    else if (pattern.shape === 'literal') exact.add(pattern.literal);
    else if (colon === -1) anyService.push(pattern);
    else {
      const service = pattern.literal.slice(0, colon);
      const known = byService.get(service);
      if (known === undefined) byService.set(service, [pattern]);
      else known.push(pattern);
    }
  }
  return { everything, exact, byService, anyService };
}

/** Is the action one of the set? `unknown` when a hole decides. */
export function matchActions(set: ActionSet, action: ActionName): Verdict {
  if (set.everything || set.exact.has(action.text)) return 'yes';
  const own = set.byService.get(action.service);
  const result = own === undefined ? 'no' : matchAny(own, action.text);
  return result === 'yes' || set.anyService.length === 0 ? result : or(result, matchAny(set.anyService, action.text));
}

function matchAny(patterns: readonly Pattern[], text: string): Verdict {
  let result: Verdict = 'no';
  for (const pattern of patterns) {
    const verdict = matchPattern(pattern, text);
    if (verdict === 'yes') return 'yes';
    if (verdict === 'unknown') result = 'unknown';
  }
  return result;
}
