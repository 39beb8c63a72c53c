import type { Origin, Source } from '../core/source.js';
/** A stretch of a file: lines and columns are 1-based, columns count UTF-16 units, the end is exclusive. */
export interface Place {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
}
/** Makes origins concrete and remembers the texts it met, by file. */
export interface PlaceFinder {
    readonly sources: Map<string, Source>;
    readonly pointers: Map<Source, KnownPlaces>;
}
/** Looked-up parts of one JSON text: spans by pointer, and the elements of arrays by the array's pointer. */
interface KnownPlaces {
    readonly spans: Map<string, OffsetSpan>;
    readonly elements: Map<string, readonly OffsetSpan[]>;
}
interface OffsetSpan {
    readonly start: number;
    readonly end: number;
}
/** An empty finder; one per report, so that nothing outlives it. */
export declare function placeFinder(): PlaceFinder;
/**
 * Offsets of an origin. A pointer into a large JSON text is looked up now; one that leads nowhere
 * (the text was changed by its reader) gives the nearest place above it that exists.
 */
export declare function spanOf(finder: PlaceFinder, origin: Origin): OffsetSpan;
/** An origin as lines and columns. An empty stretch is widened to one character where the line has one, so that there is something to mark. */
export declare function placeOf(finder: PlaceFinder, origin: Origin): Place;
/** Offset in the text of a place's line and column; the inverse of what `placeOf` did. */
export declare function offsetOf(source: Source, line: number, column: number): number;
/**
 * A report's file as seen from the top of the repository, with `/` separators and without `.` or `..`,
 * e.g. prefix `infra` and `../lib/x.yaml` give `lib/x.yaml`. A file outside the repository keeps what leads to it.
 */
export declare function repositoryPath(prefix: string, file: string): string;
export {};
