import type { Value } from '../../core/value.ts';
import type { CredentialDeclaration, DeclaringResource } from '../declaration.ts';
import { parseEmbedded } from '../embedded.ts';
import { select } from '../select.ts';

/**
 * Free-form texts in which access keys hide: environment variables, user data, definitions. A path may step into JSON
 * inside a string with `#json:`, e.g. `container_definitions#json:[].environment[].value`.
 */
export function* freeTexts(from: DeclaringResource, properties: Value, path: string): Iterable<CredentialDeclaration> {
  const [outer = path, inner] = path.split('#json:');
  for (const { value } of select(properties, outer)) {
    if (inner === undefined) yield* scan(from, value, path, 0);
    else {
      const embedded = value.kind === 'map' || value.kind === 'list' ? { kind: 'value' as const, value } : parseEmbedded(value);
      if (embedded.kind === 'value') for (const found of select(embedded.value, inner)) yield* scan(from, found.value, path, 0);
    }
  }
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
