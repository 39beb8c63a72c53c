import type { Origin, Source } from '../core/source.js';
/** A fault of a configuration file: the run must not go on as if the file had said something else. */
export interface ConfigProblem {
    readonly message: string;
    readonly origin: Origin;
}
/** A problem as one line for people, e.g. `.iamlintrc:3:5: unknown key \`tusted\`; did you mean \`trusted\`?`. */
export declare function describeProblem({ message, origin }: ConfigProblem): string;
/** A problem of a file as a whole. */
export declare function fileProblem(source: Source, message: string): ConfigProblem;
