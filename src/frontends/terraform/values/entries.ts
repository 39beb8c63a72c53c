import type { Guard } from '../../../core/guard.ts';
import type { Origin } from '../../../core/source.ts';
import type { MappingEntry, Value } from '../../../core/value.ts';

/** An entry whose value is worked out when it is first asked for: most arguments of most resources never are. */
export function lazyEntry(key: string, keyOrigin: Origin, compute: () => Value, when?: Guard): MappingEntry {
  let value: Value | undefined;
  return {
    key,
    keyOrigin,
    get value() {
      value ??= compute();
      return value;
    },
    ...(when === undefined || when.length === 0 ? {} : { when }),
  };
}

const HOLE_OPEN = '\uE000';
const HOLE_CLOSE = '\uE001';

/**
 * A mapping key that is not fully known, as text with holes. Keys are plain strings everywhere, so the holes are written here
 * the way policies hold them: `=scope#address#attribute` for references, `@` or `?` with reason and name for what is unknown.
 */
export function keyText(value: Value): string {
  switch (value.kind) {
    case 'scalar':
      return value.text.replace(/[\uE000\uE001]/g, '\uFFFD');
    case 'reference':
      return hole(`=${value.scope}#${value.address}#${value.attribute}`);
    case 'unknown':
      return unknownKey(value);
    case 'concat':
      return value.parts.map(keyText).join('');
    default:
      return hole(`?invalid-template|${value.origin.source.path}#${value.origin.start}`);
  }
}

function unknownKey(value: Extract<Value, { kind: 'unknown' }>): string {
  const isPlace = value.reason === 'deployment-account' || (value.reason === 'deployment-region' && value.shape === 'atom');
  return hole(isPlace ? `@${value.name}` : `${value.shape === 'atom' ? '@' : '?'}${value.reason}|${value.name}`);
}

function hole(name: string): string {
  return `${HOLE_OPEN}${name.replace(/[\uE000\uE001]/g, '')}${HOLE_CLOSE}`;
}

/** Is the key known in full? */
export function isKnownKey(key: string): boolean {
  return !key.includes(HOLE_OPEN);
}

/** The key under which a mapping holds what stands for any number of unknown keys. */
export const ANY_KEY = '*';
