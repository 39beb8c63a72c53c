import type { Source } from '../../../core/source.ts';
import { itemsIn, parseJson, textField, textsIn, field } from '../json.ts';

/** A place in an original text; both from 1. `source` is the path as the map names it. */
export interface MappedPlace {
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The original place of a place in a generated script, by a source map of revision 3: the nearest mapping at or before it on its line.
 * `undefined` when the map is unreadable or maps nothing there. Source: ECMA-426.
 */
export function originalPlace(map: string, line: number, column: number): MappedPlace | undefined {
  const parsed = parseJson(map);
  const mappings = textField(parsed, 'mappings');
  const sources = textsIn(field(parsed, 'sources'));
  if (mappings === undefined || itemsIn(field(parsed, 'sources')).length !== sources.length) return undefined;
  const root = textField(parsed, 'sourceRoot') ?? '';
  const state = { source: 0, line: 0, column: 0 };
  let found: MappedPlace | undefined;
  for (const [index, group] of mappings.split(';', line).entries()) {
    let generated = 0;
    for (const segment of group === '' ? [] : group.split(',')) {
      const [dColumn = 0, dSource, dLine, dOriginal] = decode(segment);
      generated += dColumn;
      if (dSource === undefined || dLine === undefined || dOriginal === undefined) continue;
      state.source += dSource;
      state.line += dLine;
      state.column += dOriginal;
      const source = sources[state.source];
      if (index !== line - 1 || source === undefined || generated > column - 1) continue;
      found = { source: root === '' ? source : `${root.replace(/\/$/, '')}/${source}`, line: state.line + 1, column: state.column + 1 };
    }
  }
  return found;
}

/** Where a script names its map: a file beside it, or the map itself as base64. */
export function mapReference(script: Source): { readonly kind: 'file'; readonly path: string } | { readonly kind: 'text'; readonly text: string } | undefined {
  const at = script.text.lastIndexOf('//# sourceMappingURL=');
  if (at === -1) return undefined;
  const url = script.text.slice(at + '//# sourceMappingURL='.length).trim();
  if (!url.startsWith('data:')) return url.includes('\n') || url.length > 1_000 ? undefined : { kind: 'file', path: url };
  const comma = url.indexOf(';base64,');
  if (comma === -1) return undefined;
  try {
    const bytes = Uint8Array.from(atob(url.slice(comma + ';base64,'.length)), (character) => character.charCodeAt(0));
    return { kind: 'text', text: new TextDecoder().decode(bytes) };
  } catch {
    return undefined;
  }
}

/** The numbers of one segment, base-64 variable-length quantities with the sign in the lowest bit. */
function decode(segment: string): readonly number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    if (digit === -1 || shift > 30) return numbers;
    value += (digit & 31) * 2 ** shift;
    if ((digit & 32) !== 0) {
      shift += 5;
      continue;
    }
    numbers.push(value % 2 === 1 ? -Math.floor(value / 2) : value / 2);
    value = 0;
    shift = 0;
  }
  return numbers;
}
