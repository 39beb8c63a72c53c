import { plainValue } from '../config/plain.ts';
import { type ConfigProblem, fileProblem } from '../config/problem.ts';
import type { Source } from '../core/source.ts';
import { property, type Value } from '../core/value.ts';
import { isEmbeddable, parseEmbedded } from '../extract/embedded.ts';
import { parseText } from '../parse/yaml.ts';
import { valueOfNode } from './node-value.ts';

/** Keys under which answers of AWS and templates keep a policy document. */
const WRAPPERS = ['PolicyDocument', 'AssumeRolePolicyDocument', 'Document', 'document', 'Policy', 'policy', 'PolicyVersion', 'Role'] as const;
const MAX_WRAPPERS = 8;

/** The policy documents of a text, as values with places. */
export interface ReadPolicies {
  readonly documents: readonly Value[];
  /** With any, the text must not be judged. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads a JSON or YAML text as policy documents: one as it is, wrapped as AWS answers it (`{"PolicyDocument": …}`, the document
 * also as text), or a list of those. Never throws.
 */
export function readPolicies(source: Source): ReadPolicies {
  const { root, problems } = parseText(source);
  if (problems.length > 0) return { documents: [], problems: problems.map(({ message, origin }) => ({ message, origin })) };
  if (root === undefined) return { documents: [], problems: [fileProblem(source, 'there is nothing in this file; a policy document has a `Statement`')] };
  if (plainValue(root) === undefined) return { documents: [], problems: [fileProblem(source, 'this file holds too many values for a policy document')] };
  return unwrapPolicies(valueOfNode(root));
}

/** The documents a value is, holds or lists. */
export function unwrapPolicies(value: Value, depth = 0): ReadPolicies {
  if (depth < MAX_WRAPPERS) {
    if (value.kind === 'list' && value.items.length > 0) return joined(value.items.map((item) => unwrapPolicies(item, depth + 1)));
    if (value.kind === 'scalar' && isEmbeddable(value)) return unwrapText(value, depth);
    if (property(value, 'Statement') !== undefined) return { documents: [value], problems: [] };
    for (const wrapper of WRAPPERS) {
      const inner = property(value, wrapper);
      if (inner !== undefined && inner.kind !== 'absent') return unwrapPolicies(inner, depth + 1);
    }
  }
  return { documents: [], problems: [{ message: 'this is no policy document: it has no `Statement`', origin: value.origin }] };
}

function unwrapText(value: Value, depth: number): ReadPolicies {
  const embedded = parseEmbedded(value);
  switch (embedded.kind) {
    case 'value':
      return unwrapPolicies(embedded.value, depth + 1);
    case 'fault':
      return { documents: [], problems: [{ message: embedded.fault.message, origin: embedded.fault.origin }] };
    case 'open':
      return { documents: [], problems: [{ message: 'this text cannot be read as a policy document', origin: value.origin }] };
  }
}

function joined(parts: readonly ReadPolicies[]): ReadPolicies {
  return { documents: parts.flatMap((part) => part.documents), problems: parts.flatMap((part) => part.problems) };
}
