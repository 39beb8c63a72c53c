import { resourceTypesOf, supportsResourceLevel } from '../../data/actions.ts';
import { once } from '../../data/load.ts';
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
  const key = [action.text, ...resources.map(({ pattern }) => pattern.text)].join('\n');
  const known = memo().get(key);
  if (known !== undefined) return known === null ? undefined : known;
  const mismatch = findMismatch(action, resources);
  if (memo().size > MOST_KNOWN) memo().clear();
  memo().set(key, mismatch ?? null);
  return mismatch;
}

/** So many answers are kept; policies repeat the same few lists. */
const MOST_KNOWN = 5000;
const memo = once(() => new Map<string, Mismatch | null>());

function findMismatch(action: ActionPattern, resources: readonly ResourceFact[]): Mismatch | undefined {
  const [name] = action.expansion.names;
  if (name === undefined || resources.some(({ pattern }) => pattern.width === 'any' || pattern.width === 'everything' || pattern.width === 'unknown' || pattern.width === 'malformed')) return undefined;
  if (supportsResourceLevel(name) === false) return { fault: 'knows no resources and is allowed on `*` only', forms: '`*`' };
  const formats = resourceTypesOf(name).flatMap((type) => type.arns);
  if (formats.length === 0) return undefined;
  if (resources.some(({ pattern }) => formats.some((format) => fits(pattern, format)))) return undefined;
  const shown = [...new Set(formats)].slice(0, 2).map((format) => `\`${format.replace('${Partition}', 'aws').replace(/\$\{(\w+)\}/g, '<$1>')}\``);
  return { fault: 'fits none of the resources beside it', forms: shown.join(' or ') };
}

function fits({ text, arn }: ResourceFact['pattern'], format: string): boolean {
  const service = arn?.service ?? '';
  if (service !== '' && !/[*?\uE000]/.test(service) && service !== format.split(':')[2]) return false;
  // A parameter may stand for several segments, so that segment by segment nothing can be excluded behind it.
  const pattern = hasOpenHole(text) ? text : text.replace(/\$\{[^}]*\}/g, '*');
  return globsIntersect(pattern, format.replace(/\$\{[^}]*\}/g, '*'));
}
