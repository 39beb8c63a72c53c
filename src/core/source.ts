/** A text under analysis and the places in it. Offsets count UTF-16 code units from 0; lines and columns are 1-based. */

export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * One input text. `path` is what reports show: relative, with `/` separators.
 * Line starts are found only when a position is asked for, so scanning many clean files costs nothing here.
 */
export class Source {
  readonly path: string;
  readonly text: string;
  #lineStarts: readonly number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** Offset to line and column, both 1-based; offsets beyond the text give its end. */
  position(offset: number): Position {
    const starts = this.lineStarts();
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  }

  /** Line and column (1-based) to offset, clamped to the text. */
  offset(line: number, column: number): number {
    const start = this.lineStarts()[line - 1] ?? this.text.length;
    return Math.min(start + column - 1, this.text.length);
  }

  /** The text of a 1-based line without its line break; `undefined` past the end. */
  line(line: number): string | undefined {
    const starts = this.lineStarts();
    const start = starts[line - 1];
    if (start === undefined) return undefined;
    return this.text.slice(start, starts[line] ?? this.text.length).replace(/\r?\n$|\r$/, '');
  }

  lineStarts(): readonly number[] {
    if (this.#lineStarts !== undefined) return this.#lineStarts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
    return starts;
  }
}

/** A stretch of a source; `end` is exclusive. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/**
 * Where a value stands.
 * - `span`: the text itself, as a person wrote it.
 * - `pointer`: a path into a large JSON text whose offsets are looked up only when a finding needs them.
 * `via` names the places the value passed through before it was used (a parameter default, a mapping, an import);
 * the origin itself is always the place a person would edit.
 */
export interface Origin {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  readonly pointer?: readonly (string | number)[];
  readonly via?: readonly Origin[];
}

/** An origin covering the whole source, for facts that have no narrower place. */
export function wholeSource(source: Source): Origin {
  return { source, start: 0, end: 0 };
}
