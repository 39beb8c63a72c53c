import ignore from 'ignore';
import type { PathMatcher } from './config.ts';

/** Alternatives `{a,b}` of one pattern; more than these are not spelt out. */
const MAX_ALTERNATIVES = 500;
/** `**` is matched by trial, so that its cost grows with the depth of the path; the schema bounds how many a pattern has. No honest path is deeper. */
const MAX_DEPTH = 64;

/**
 * Globs as in .gitignore (`*.yaml` at any depth, `infra/` with all below, `/top.yaml`, `a/**`, `!` takes back), with `{a,b}` for alternatives.
 * Paths given to the matcher are relative to the folder the patterns were written in; a path outside it never matches.
 */
export function pathMatcher(patterns: readonly string[]): PathMatcher {
  if (patterns.length === 0) return () => false;
  const rules = ignore({ allowRelativePaths: true }).add(patterns.flatMap((pattern) => alternatives(pattern)));
  return (path) => path !== '' && !path.startsWith('../') && !path.startsWith('/') && path.split('/').length <= MAX_DEPTH && rules.ignores(path);
}

/** Spells out `{a,b}`, nested ones too: .gitignore has no such notation, but users of globs expect it. */
export function alternatives(pattern: string): readonly string[] {
  let found = [pattern];
  for (;;) {
    const next = found.flatMap(expandFirst);
    if (next.length === found.length || next.length > MAX_ALTERNATIVES) return found;
    found = next;
  }
}

/** Expands the first innermost group that has a comma. */
function expandFirst(pattern: string): readonly string[] {
  const match = /\{([^{},]*(?:,[^{},]*)+)\}/.exec(pattern);
  if (match === null) return [pattern];
  const before = pattern.slice(0, match.index);
  const after = pattern.slice(match.index + match[0].length);
  return (match[1] ?? '').split(',').map((one) => before + one + after);
}
