import type { Report } from './report.js';
/** Turns a report into text. A reporter sees the report only: no files, no clock, no environment. */
export interface Reporter {
    readonly name: string;
    render(report: Report, options: RenderOptions): string;
}
/** What the caller knows about the reader. */
export interface RenderOptions {
    readonly color: boolean;
    /** The reader's terminal shows hyperlinks (OSC 8). */
    readonly links: boolean;
    /** Columns of the reader's terminal. */
    readonly width: number;
    /** List what could not be decided; its count is shown in any case. */
    readonly notices: boolean;
    /** Findings alone: no summary. */
    readonly quiet: boolean;
    /** `automationDetails.id` of SARIF; left out unless asked for, since an upload's own category would be overruled by it. */
    readonly sarifCategory: string | undefined;
    /** Puts suppressed findings into SARIF. GitHub shows those as open, hence not by default. */
    readonly sarifSuppressed: boolean;
    /** Address of the repository's files at the scanned commit, ending in `/`, for links in Markdown. */
    readonly sourceBase: string | undefined;
    /** Bytes a Markdown report may have. */
    readonly maxBytes: number | undefined;
}
/** Plain text for a reader of whom nothing is known. */
export declare const PLAIN: RenderOptions;
