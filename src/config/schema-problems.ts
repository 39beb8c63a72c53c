import type { MappingNode, Node } from '../parse/node.ts';
import { didYouMean } from './nearest.ts';
import type { ConfigProblem } from './problem.ts';
import type { SchemaFault } from './validate.generated.js';

/** What a pattern of the schema asks for, in words. A test holds that none is missing. */
export const PATTERN_WORDS: ReadonlyMap<string, string> = new Map([
  ['^[0-9]{12}$', 'an AWS account id has 12 digits'],
  ['^(?:[0-9]{12}|.*[^0-9].*)$', 'an account is an id of 12 digits, or a name from `organization.accounts`'],
  ['\\S', 'this must not be empty'],
  ['^(?!(?:.*\\*\\*){4}).*\\S', 'a glob is not empty and has `**` three times at most'],
  ['^[a-z]{2,}(?:-[a-z]+)+-[0-9]+$', 'a region looks like `eu-west-1`'],
  ['^[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+$', 'an action looks like `service:Name`'],
  ['^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$', 'a date looks like `2027-01-31`'],
  ['^o-[a-z0-9]{10,32}$', 'an organization id looks like `o-a1b2c3d4e5`'],
]);

const TYPE_WORDS: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', '`true` or `false`'],
  ['array', 'a list'],
  ['object', 'a mapping'],
]);

/** Keys the schema knows at a place, for "did you mean". */
export type KnownKeys = (path: readonly string[]) => readonly string[];

/** A fault of the schema check as a problem at the offending key or value. */
export function problemOf(fault: SchemaFault, root: Node, knownKeys: KnownKeys): ConfigProblem | undefined {
  const path = pathOf(fault.instancePath);
  const node = nodeAt(root, path);
  switch (fault.keyword) {
    case 'additionalProperties': {
      const key = String(fault.params['additionalProperty']);
      return { message: `unknown key \`${key}\`${didYouMean(key, knownKeys(path))}`, origin: keyOrigin(node, key) ?? node };
    }
    case 'required':
      return { message: `\`${String(fault.params['missingProperty'])}\` is missing here`, origin: node };
    case 'enum': {
      const allowed = textsOf(fault.params['allowedValues']);
      const given = node.kind === 'scalar' ? node.text : '';
      return { message: `\`${given}\` is none of ${allowed.map((one) => `\`${one}\``).join(', ')}${didYouMean(given, allowed)}`, origin: node };
    }
    case 'type':
      return { message: `this must be ${typeWords(fault.params['type'])}`, origin: node };
    case 'pattern':
      return { message: patternWords(node, String(fault.params['pattern'])), origin: node };
    case 'minimum':
    case 'maximum':
      return { message: accountHint(node), origin: node };
    default:
      // `if` only repeats what its branch says.
      return undefined;
  }
}

/** The nodes a JSON pointer leads to; the nearest one above when it leads nowhere. */
export function nodeAt(root: Node, path: readonly string[]): Node {
  let node = root;
  for (const step of path) {
    const next = node.kind === 'sequence' ? node.items[Number(step)] : node.kind === 'mapping' ? lastEntry(node, step)?.value : undefined;
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

function lastEntry(node: MappingNode, key: string) {
  return node.entries.findLast((entry) => entry.key.text === key);
}

function keyOrigin(node: Node, key: string): Node | undefined {
  return node.kind === 'mapping' ? lastEntry(node, key)?.key : undefined;
}

function pathOf(pointer: string): string[] {
  return pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function patternWords(node: Node, pattern: string): string {
  const words = PATTERN_WORDS.get(pattern) ?? 'this has not the expected form';
  const given = node.kind === 'scalar' && node.text !== '' ? `, not \`${shorten(node.text)}\`` : '';
  return `${words}${given}`;
}

/** A number of fewer digits was an id whose zeros some program took for superfluous. */
function accountHint(node: Node): string {
  const given = node.kind === 'scalar' ? node.text : '';
  const zeros = /^[0-9]{1,11}$/.test(given) ? `; if leading zeros were lost, write "${given.padStart(12, '0')}"` : '';
  return `an AWS account id has 12 digits, not \`${shorten(given)}\`${zeros}`;
}

function typeWords(types: unknown): string {
  const names = typeof types === 'string' ? [types] : textsOf(types);
  return [...new Set(names.map((name) => TYPE_WORDS.get(name) ?? name))].join(' or ');
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
