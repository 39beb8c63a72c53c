/**
 * Scanned text shown to people is not to be trusted: escape sequences move cursors, a carriage return hides what stands before it,
 * direction marks reorder a line. Each such unit is replaced by one visible unit, so that columns stay as they are.
 */
const UNPRINTABLE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Surrogate}/gu;

/** One line of scanned text made harmless; tabs stay. */
export function printableLine(text: string): string {
  return text.replace(UNPRINTABLE, '\ufffd');
}

/** A message or name made harmless and put on one line: line breaks and tabs become blanks. */
export function printable(text: string): string {
  return printableLine(text.replace(/\r\n|[\r\n\t]/g, ' '));
}

/** Text without lone surrogates, which neither URIs nor XML can carry. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const COMBINING = /\p{M}/u;

/** Columns a text takes in a terminal: wide East Asian characters and pictures take two, combining marks none. */
export function terminalWidth(text: string): number {
  if (/^[\u0020-\u024f]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Breaks text at blanks into lines of at most `width` columns; a longer word stands alone. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line === '') line = word;
    else if (terminalWidth(line) + 1 + terminalWidth(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** A phrase as a sentence: its first word capitalised unless it is a name, and a final stop. Empty text stays empty. */
export function sentence(phrase: string): string {
  return stopped(phrase.replace(/^\s*[a-z](?=[a-z]*(?:[ ,]|$))/, (letter) => letter.trim().toUpperCase()));
}

/** A phrase with a final stop. */
export function stopped(phrase: string): string {
  const text = phrase.trim();
  return text === '' || /[.!?]$/.test(text) ? text : `${text}.`;
}
