import type { Value } from '../../../core/value.ts';
import type { Names } from './interpreter.ts';

/** The names that a mapping of template variables brings into reach. */
export function namesFrom(variables: Value): Names | undefined {
  if (variables.kind !== 'map') return undefined;
  let names: Names | undefined;
  for (const entry of variables.entries) names = { name: entry.key, value: entry.value, outer: names };
  return names;
}
