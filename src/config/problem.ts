import type { Origin, Source } from '../core/source.ts';

/** A fault of a configuration file: the run must not go on as if the file had said something else. */
export interface ConfigProblem {
  readonly message: string;
  readonly origin: Origin;
}

/** A problem as one line for people, e.g. `.iamlintrc:3:5: unknown key \`tusted\`; did you mean \`trusted\`?`. */
export function describeProblem({ message, origin }: ConfigProblem): string {
  const { line, column } = origin.source.position(origin.start);
  return `${origin.source.path}:${line}:${column}: ${message}`;
}

/** A problem of a file as a whole. */
export function fileProblem(source: Source, message: string): ConfigProblem {
  return { message, origin: { source, start: 0, end: 0 } };
}
