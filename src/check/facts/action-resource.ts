import { resourceTypesOf, supportsResourceLevel } from '../../data/actions.ts';
import { hasOpenHole } from '../../iam/token.ts';
import type { ActionPattern } from './action.ts';
import { globsIntersect } from './glob.ts';
import type { ResourceFact } from './resource.ts';

/** Why no resource of a statement fits an action. */
export interface Mismatch {
  readonly fault: string;
  /** The forms that would fit. */
  readonly forms: string;
}

/**
 * Looks for a resource string that some ARN format of the action's resource types fits. One is enough: actions on several
 * resources are usually spread over statements. Strings that are not known, and no ARN at all, are given the benefit of the doubt.
 */
export function mismatchOf(action: ActionPattern, resources: readonly ResourceFact[]): Mismatch | undefined {
  const [name] = action.expansion.names;
  if (name === undefined || resources.some(({ pattern }) => pattern.width === 'any' || pattern.width === 'everything' || pattern.width === 'unknown' || pattern.width === 'malformed')) return undefined;
  if (supportsResourceLevel(name) === false) return { fault: 'knows no resources and is allowed on `*` only', forms: '`*`' };
  const formats = resourceTypesOf(name).flatMap((type) => type.arns);
  if (formats.length === 0) return undefined;
  if (resources.some(({ pattern }) => formats.some((format) => fits(pattern.text, format)))) return undefined;
  const shown = [...new Set(formats)].slice(0, 2).map((format) => `\`${format.replace('${Partition}', 'aws').replace(/\$\{(\w+)\}/g, '<$1>')}\``);
  return { fault: 'fits none of the resources beside it', forms: shown.join(' or ') };
}

function fits(text: string, format: string): boolean {
  // A parameter may stand for several segments, so that segment by segment nothing can be excluded behind it.
  const pattern = hasOpenHole(text) ? text : text.replace(/\$\{[^}]*\}/g, '*');
  return globsIntersect(pattern, format.replace(/\$\{[^}]*\}/g, '*'));
}
