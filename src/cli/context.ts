import type { Severity } from '../check/finding.ts';
import type { ConfigChoice } from '../config/load.ts';
import type { Confidence } from '../check/finding.ts';
import type { Preset } from '../config/raw.ts';
import type { Report } from '../report/report.ts';
import type { RuleInfo } from '../report/rule-info.ts';

/** The world around a command, so that a test can bring its own. */
export interface CliContext {
  /** Without the program's own name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly readStdin: () => Promise<string>;
  readonly version: string;
  /** Date of the AWS facts inside, `YYYY-MM-DD`. */
  readonly dataDate: () => Promise<string>;
  readonly rules: () => Promise<readonly RuleInfo[]>;
  readonly scan: Scan;
  /** A word nobody can guess, for the markers that keep scanned text from being read as workflow commands. */
  readonly secretWord: () => string;
}

/** A stream to write to. Writing to a reader that has gone away is no error. */
export interface Output {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  readonly write: (text: string) => Promise<void>;
}

/** Runs the linter. Throws `UsageError` for what the user has to mend before anything can be judged. */
export type Scan = (request: ScanRequest) => Promise<ScanResult>;

export interface ScanRequest {
  readonly cwd: string;
  readonly paths: readonly string[];
  /** A text given instead of a file, under the name it shall have. */
  readonly stdin: { readonly name: string; readonly text: string } | undefined;
  readonly config: ConfigChoice;
  /** Rule ids, categories or tags; empty: no restriction. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly preset: Preset | undefined;
  readonly minConfidence: Confidence | undefined;
  /** Id, or name from the configuration. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  readonly parameterFiles: readonly string[];
  readonly variables: ReadonlyMap<string, string>;
  readonly variableFiles: readonly string[];
  /** The folder of the run as seen from the top of the repository; '' at the top. */
  readonly prefix: string;
  /** Says what is being done; shown on terminals only. */
  readonly progress: (text: string) => void;
}

export interface ScanResult {
  readonly report: Report;
  /** Least severity that makes the run fail, by configuration. */
  readonly failOn: Severity | 'never';
  /** Stages and their time, in order. */
  readonly timings: readonly { readonly stage: string; readonly milliseconds: number }[];
  /** What the user should know beside the findings. */
  readonly hints: readonly string[];
}

/** Something the user has to mend: wrong options, a wrong configuration, nothing to read. Ends the run with exit code 2. */
export class UsageError extends Error {
  readonly lines: readonly string[];

  constructor(...lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'UsageError';
    this.lines = lines;
  }
}
