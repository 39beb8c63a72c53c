/** One step of a path into a resource: a key, each item of a list, each value of a map, or the parse of a JSON text. */
export type ResourceStep = { readonly kind: 'key'; readonly key: string } | { readonly kind: 'items' } | { readonly kind: 'values' } | { readonly kind: 'json' };

/** Steps from a resource's properties (or from a parsed policy) to a value. */
export type ResourcePath = readonly ResourceStep[];

/**
 * Parses a path of the resource-type tables: keys joined by dots, each followed by any of `[]` (items), `{}` (values) and `#json`.
 * `Policies[].PolicyDocument`, `environment[].variables{}`, `container_definitions#json[].name`, `[].Principal[]` (from a list).
 * Undefined when the text is no such path.
 */
export function parseResourcePath(text: string): ResourcePath | undefined {
  const steps: ResourceStep[] = [];
  for (const [position, part] of text.split('.').entries()) {
    const match = /^([A-Za-z0-9_-]*)((?:\[\]|\{\}|#json)*)$/.exec(part);
    const key = match?.[1] ?? '';
    const marks = match?.[2] ?? '';
    if (!match || (key === '' && (position > 0 || marks === ''))) return undefined;
    if (key !== '') steps.push({ kind: 'key', key });
    for (const mark of marks.match(/\[\]|\{\}|#json/g) ?? []) steps.push({ kind: mark === '[]' ? 'items' : mark === '{}' ? 'values' : 'json' });
  }
  return steps;
}
