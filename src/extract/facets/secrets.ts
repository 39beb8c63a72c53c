import { property, type Value } from '../../core/value.ts';
import { readText } from '../../iam/texts.ts';
import type { CredentialDeclaration, DeclaringResource } from '../declaration.ts';
import { select } from '../select.ts';

/**
 * Free-form texts in which access keys hide: environment variables, user data, definitions. A text whose sibling says that it
 * is a reference (a parameter name, a secret's ARN) is none.
 */
export function* freeTexts(from: DeclaringResource, properties: Value, path: string, unless: Readonly<Record<string, readonly string[]>> | undefined): Iterable<CredentialDeclaration> {
  for (const { value, path: found } of select(properties, path)) {
    if (unless !== undefined && isReference(properties, found, unless)) continue;
    yield* scan(from, value, path, 0);
  }
}

function isReference(properties: Value, found: readonly (string | number)[], unless: Readonly<Record<string, readonly string[]>>): boolean {
  const parent = valueAt(properties, found.slice(0, -1));
  return Object.entries(unless).some(([sibling, values]) => values.includes(readText(property(parent, sibling))?.text ?? ''));
}

function valueAt(root: Value, path: readonly (string | number)[]): Value | undefined {
  let value: Value | undefined = root;
  for (const step of path) value = typeof step === 'number' ? (value?.kind === 'list' ? value.items[step] : value) : property(value, step);
  return value;
}

const MAX_DEPTH = 12;

function* scan(from: DeclaringResource, value: Value, property: string, depth: number): Iterable<CredentialDeclaration> {
  if (depth > MAX_DEPTH) return;
  switch (value.kind) {
    case 'scalar':
    case 'concat':
    case 'reference':
      yield { kind: 'credential', credential: 'free-text', user: undefined, property, value, status: undefined, from };
      return;
    case 'list':
      for (const item of value.items) yield* scan(from, item, property, depth + 1);
      return;
    case 'map':
      for (const entry of value.entries) yield* scan(from, entry.value, property, depth + 1);
      return;
    case 'choice':
      for (const option of value.options) yield* scan(from, option.value, property, depth + 1);
      return;
    default:
  }
}
