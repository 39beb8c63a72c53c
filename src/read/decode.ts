import { isUtf8 } from 'node:buffer';

/** Bytes looked at to tell text from anything else; git looks at as many. */
const SNIFFED = 8000;

/**
 * File content as text: UTF-8, or UTF-16 where a byte order mark says so (PowerShell writes plans that way). Everything is kept,
 * byte order mark and line breaks included, so that offsets fit the file. Bytes that are no UTF-8 are taken as Latin-1, which loses none.
 * `undefined` for binary content.
 */
export function decodeText(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16().toString('utf16le');
  if (isBinary(bytes)) return undefined;
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1');
}

/** Does the beginning of a file hold a zero byte, as no text does but UTF-16 with its mark? */
export function isBinary(bytes: Buffer): boolean {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return !marked && bytes.subarray(0, SNIFFED).includes(0);
}
