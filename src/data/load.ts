import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/**
 * The only place of this folder that reads files.
 *
 * The tables lie beside this module in the source tree, and in `data/` beside the bundle in the published package
 * (or one level up, for a bundle in a folder of its own).
 */
const folders = ['.', 'data', '../data'] as const;

const tableFolder = once(() => {
  const found = folders.map((folder) => join(import.meta.dirname, folder)).find((folder) => existsSync(join(folder, 'actions.txt')));
  if (found === undefined) throw new Error('iamlint is installed without its data files (looked for `actions.txt` beside the program)');
  return found;
});

/** Bytes of a data file, by its path below the data folder. */
export function readBytes(path: string): Buffer {
  return readFileSync(join(tableFolder(), path));
}

/** Part of a data file as text of one byte a character, shorter at the file's end; no handle stays open between reads. */
export function readSlice(path: string, start: number, length: number): string {
  const file = openSync(join(tableFolder(), path), 'r');
  try {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, length, start));
  } finally {
    closeSync(file);
  }
}

/** Text of a data file packed with brotli. */
export function readPackedText(path: string): string {
  return brotliDecompressSync(readBytes(path)).toString('utf8');
}

/**
 * A JSON table, narrowed by a shallow check of its `format` mark.
 * Tests validate every committed table against its JSON schema, so the mark is enough at run time.
 */
export function readTable<T>(path: string, isTable: (value: unknown) => value is T): T {
  const parsed: unknown = JSON.parse(readBytes(path).toString('utf8'));
  if (!isTable(parsed)) throw new Error(`data file \`${path}\` is not of the format this version of iamlint reads`);
  return parsed;
}

/** Tells whether a parsed table carries the given `format` mark. */
export function hasFormat(value: unknown, format: string): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === format;
}

/** Computes a value on first use and keeps it; tables are immutable, so the memo is never observable. */
export function once<T>(compute: () => T): () => T {
  let cell: { readonly value: T } | undefined;
  return () => {
    cell ??= { value: compute() };
    return cell.value;
  };
}
