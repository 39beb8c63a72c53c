import type { ScalarNode } from './node.ts';

/**
 * Maps offsets in a scalar's decoded text to offsets in its source, for quoted, folded and block scalars alike:
 * characters keep their order, so both texts are walked together, escapes and indentation being skipped on the source side.
 * Gives one source offset per decoded offset, and one more for the end.
 */
export function alignText(node: ScalarNode): (offset: number) => number {
  if (isVerbatim(node)) return (offset) => node.start + offset;
  const offsets = alignOffsets(node);
  return (offset) => offsets[Math.max(0, Math.min(offset, offsets.length - 1))] ?? node.end;
}

function isVerbatim(node: ScalarNode): boolean {
  return node.end - node.start === node.text.length && node.style !== 'literal' && node.style !== 'folded';
}

function alignOffsets(node: ScalarNode): Int32Array {
  const { text, start, end, style } = node;
  const source = node.source.text;
  const offsets = new Int32Array(text.length + 1);
  let at = start;
  for (let index = 0; index < text.length; index += 1) {
    const wanted = text.charCodeAt(index);
    if (style === 'double') at = skipContinuation(source, at, end);
    if (style === 'double' && source.charCodeAt(at) === 0x5c) {
      offsets[index] = at;
      const length = escapeLength(source, at);
      // `\U0001F600` decodes to two UTF-16 units that share one place.
      if (source[at + 1] === 'U' && wanted >= 0xd800 && wanted < 0xdc00) {
        index += 1;
        offsets[index] = at;
      }
      at += length;
      continue;
    }
    if (source.charCodeAt(at) !== wanted) at = skipLayout(source, at, end, wanted);
    offsets[index] = at;
    at += (style === 'single' && wanted === 0x27) || isWindowsBreak(source, at) ? 2 : 1;
  }
  offsets[text.length] = Math.min(at, end);
  return offsets;
}

/** Steps over white space that the layout of the scalar added, up to the wanted character or its stand-in (a fold's space or line break). */
function skipLayout(source: string, from: number, end: number, wanted: number): number {
  let at = from;
  while (at < end && source.charCodeAt(at) !== wanted && isLayout(source.charCodeAt(at))) {
    // A fold turns the line break itself into a space (or one break of several into a newline).
    if ((wanted === 0x20 || wanted === 0x0a) && (source.charCodeAt(at) === 0x0a || isWindowsBreak(source, at))) return at;
    at += 1;
  }
  return Math.min(at, end);
}

/** `\r\n` decodes to one character, which stands where its break begins. */
function isWindowsBreak(source: string, at: number): boolean {
  return source.charCodeAt(at) === 0x0d && source.charCodeAt(at + 1) === 0x0a;
}

function skipContinuation(source: string, from: number, end: number): number {
  let at = from;
  while (at < end && source.charCodeAt(at) === 0x5c && (source[at + 1] === '\n' || source[at + 1] === '\r')) {
    at += 2;
    while (at < end && isLayout(source.charCodeAt(at))) at += 1;
  }
  return at;
}

function escapeLength(source: string, at: number): number {
  const letter = source[at + 1];
  return letter === 'x' ? 4 : letter === 'u' ? 6 : letter === 'U' ? 10 : 2;
}

function isLayout(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
