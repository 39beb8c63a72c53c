import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { rdjson } from './rdjson.ts';
import type { Reporter } from './reporter.ts';
import { sarif } from './sarif.ts';
import { terminal } from './terminal.ts';
import { unix } from './unix.ts';

/** All reporters, in the order `--help` lists them. A reporter is one file plus one line here. */
export const REPORTERS: readonly Reporter[] = [terminal, json, sarif, github, gitlab, junit, markdown, rdjson, unix];

/** The reporter of a name, if there is one. */
export function reporterOf(name: string): Reporter | undefined {
  return REPORTERS.find((reporter) => reporter.name === name);
}
