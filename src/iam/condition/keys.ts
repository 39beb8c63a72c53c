/**
 * Global keys that hold several values.
 * Source: IAM User Guide, "AWS global condition context keys" (value type) and "Single-valued vs. multivalued context keys".
 */
const MULTIVALUED: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'aws:vpceorgpaths',
]);

/** Can a key (lower case) hold several values? `undefined` for keys that are not global. */
export function isMultivaluedKey(key: string): boolean | undefined {
  if (MULTIVALUED.has(key)) return true;
  return key.startsWith('aws:') ? false : undefined;
}
