/**
 * js-yaml refuses a flow collection with a line that is indented no deeper than its key, which CloudFormation accepts.
 * Such lines are parsed with padding, which flow context ignores, and offsets are taken back to the text as written.
 */

const MAX_COLLECTION_LINES = 10_000;
const PADDING = 64;

/** Starts of the lines from a place inside a flow collection to the one that closes it. */
export function linesOfCollection(text: string, position: number): readonly number[] {
  const lines = [text.lastIndexOf('\n', position - 1) + 1];
  let depth = 0;
  for (let at = lines[0] ?? 0; at < text.length && lines.length < MAX_COLLECTION_LINES; at += 1) {
    const character = text[at];
    const opensWord = at === 0 || ' \t\n\r[]{},:'.includes(text[at - 1] ?? '');
    if (character === '\n') lines.push(at + 1);
    else if (character === '#' && opensWord) at = endOfLine(text, at) - 1;
    else if ((character === '"' || character === "'") && opensWord) {
      const close = endOfQuote(text, at, character);
      for (let line = text.indexOf('\n', at); line !== -1 && line < close; line = text.indexOf('\n', line + 1)) lines.push(line + 1);
      at = close;
    } else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') {
      depth -= 1;
      if (depth < 0) return lines;
    }
  }
  // What closes the collection was not found: the line in question alone.
  return lines.slice(0, 1);
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function endOfQuote(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\' && quote === '"') at += 1;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

/** Indents lines; gives the new text and the places of all padding in it, in order. */
export function pad(text: string, known: readonly number[], lines: readonly number[]): readonly [string, readonly number[]] {
  const pieces: string[] = [];
  const places: number[] = [];
  let from = 0;
  for (const line of lines) {
    pieces.push(text.slice(from, line), ' '.repeat(PADDING));
    from = line;
  }
  pieces.push(text.slice(from));
  for (const place of known) places.push(place + PADDING * lines.filter((line) => line < place).length);
  lines.forEach((line, index) => places.push(line + PADDING * index));
  return [pieces.join(''), places.sort((left, right) => left - right)];
}

/** The place in the text as written of a place in the padded text. */
export function originalOffset(offset: number, padded: readonly number[]): number {
  let low = 0;
  let high = padded.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((padded[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const last = padded[low - 1];
  return last === undefined ? offset : offset - (low - 1) * PADDING - Math.min(PADDING, offset - last);
}
