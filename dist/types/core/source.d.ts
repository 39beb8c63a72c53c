/** A text under analysis and the places in it. Offsets count UTF-16 code units from 0; lines and columns are 1-based. */
export interface Position {
    readonly line: number;
    readonly column: number;
}
/**
 * One input text. `path` is what reports show: relative, with `/` separators.
 * Line starts are found only when a position is asked for, so scanning many clean files costs nothing here.
 */
export declare class Source {
    #private;
    readonly path: string;
    readonly text: string;
    constructor(path: string, text: string);
    /** Offset to line and column, both 1-based; offsets beyond the text give its end. */
    position(offset: number): Position;
    /** Line and column (1-based) to offset, clamped to the text. */
    offset(line: number, column: number): number;
    /** The text of a 1-based line without its line break; `undefined` past the end. */
    line(line: number): string | undefined;
    lineStarts(): readonly number[];
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
export declare function wholeSource(source: Source): Origin;
