import type { Verdict } from '../../core/verdict.ts';
import { matchPattern, matchWithHoles } from '../holes.ts';
import { type Pattern, type PatternToken, mergeText, patternOf } from '../wildcard.ts';

/** A request's value of a key: one value, several (a multivalued key), or not known. An absent key is `undefined`. */
export type ContextValue = { readonly kind: 'known'; readonly values: readonly string[]; readonly many: boolean } | { readonly kind: 'unknown' };

/** The condition context of a request, asked by lower-case key. */
export interface ContextReader {
  readonly read: (key: string) => ContextValue | undefined;
}

/**
 * Fills in a pattern's variables with the request's values, which are plain text even where they hold wildcards.
 * `undefined` when a variable has no single value and no default: such a pattern matches nothing.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export function fillVariables(pattern: Pattern, context: ContextReader): Pattern | undefined {
  const tokens: PatternToken[] = [];
  for (const token of pattern.tokens) {
    if (token.kind !== 'variable') {
      tokens.push(token);
      continue;
    }
    const value = context.read(token.key);
    if (value?.kind === 'unknown') tokens.push({ kind: 'hole', mark: '?', name: `context ${token.key}` });
    else {
      const text = value === undefined || value.values.length === 0 ? token.fallback : value.many ? undefined : value.values[0];
      if (text === undefined) return undefined;
      tokens.push({ kind: 'text', text });
    }
  }
  return patternOf(pattern.text, mergeText(tokens));
}

/** Matches a pattern that may hold variables. */
export function matchFilled(pattern: Pattern, subject: string, context: ContextReader): Verdict {
  if (pattern.shape !== 'variables' && pattern.shape !== 'holes') return matchPattern(pattern, subject);
  const filled = fillVariables(pattern, context);
  return filled === undefined ? 'no' : matchPattern(filled, subject);
}

/** Like `matchFilled` without regard to case (simple lower case, no Unicode folding). */
export function matchFilledIgnoringCase(pattern: Pattern, subject: string, context: ContextReader): Verdict {
  const filled = fillVariables(pattern, context);
  if (filled === undefined) return 'no';
  const tokens = filled.tokens.map((token): PatternToken => (token.kind === 'text' ? { kind: 'text', text: token.text.toLowerCase() } : token));
  if (filled.shape === 'literal') return matchPattern(patternOf('', tokens), subject.toLowerCase());
  return matchWithHoles(tokens, subject.toLowerCase());
}
