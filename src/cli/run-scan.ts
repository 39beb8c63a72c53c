import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readParameterFile } from '../config/parameter-file.ts';
import { loadConfig } from '../config/load.ts';
import { describeProblem } from '../config/problem.ts';
import { Source } from '../core/source.ts';
import { scan, type ScanOptions } from '../scan.ts';
import { type ScanRequest, type ScanResult, UsageError } from './context.ts';

/** Runs the linter for the command line: turns options into settings, and what the user must mend into usage errors. */
export async function runScan(request: ScanRequest): Promise<ScanResult> {
  const { config } = request;
  const options: ScanOptions = {
    cwd: request.cwd,
    ...(request.stdin === undefined ? { paths: request.paths } : { overlay: { [request.stdin.name]: request.stdin.text } }),
    ...(config.kind === 'file' ? { configFile: config.path } : { useConfig: config.kind !== 'none' }),
    choice: { only: request.only, skip: request.skip, preset: request.preset, minConfidence: request.minConfidence },
    overrides: {
      account: accountOf(request),
      region: request.region,
      parameters: parametersOf(request),
      variables: variablesOf(request),
    },
    prefix: request.prefix,
  };
  const result = await scan(options);
  if (result.configProblems.length > 0) throw new UsageError(...result.configProblems.map(describeProblem));
  if (result.missing.length > 0) throw new UsageError(...result.missing.map((path) => `\`${path}\` matches no file`));
  return { report: result.report, failOn: result.config.failOn, timings: result.timings, hints: [] };
}

/** An account given by id, or by a name that the configuration knows. */
function accountOf(request: ScanRequest): string | undefined {
  const { account } = request;
  if (account === undefined || /^\d{12}$/.test(account)) return account;
  const { organization } = loadConfig(request.cwd, request.config).config;
  const named = [...organization.accounts.values()].find((candidate) => candidate.name === account);
  if (named === undefined) throw new UsageError(`\`--account ${account}\` is neither an account id of 12 digits nor the name of an account in the configuration`);
  return named.id;
}

function parametersOf(request: ScanRequest): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const file of request.parameterFiles) {
    const read = readParameterFile(new Source(file, textOf(request.cwd, file)));
    if (read.problems.length > 0) throw new UsageError(...read.problems.map(describeProblem));
    for (const [name, value] of read.values) values.set(name, value);
  }
  for (const [name, value] of request.parameters) values.set(name, value);
  return values;
}

function variablesOf(request: ScanRequest): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const file of request.variableFiles) values.set(`file:${file}`, textOf(request.cwd, file));
  for (const [name, value] of request.variables) values.set(name, value);
  return values;
}

function textOf(cwd: string, file: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`\`${file}\` cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
