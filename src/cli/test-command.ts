import { readdirSync, statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { resultsJunit } from '../assertions/junit.ts';
import { parseSuite } from '../assertions/parse-suite.ts';
import { shownPath } from '../assertions/place.ts';
import { resultsRecord, type SuiteResult, totalsOf } from '../assertions/results.ts';
import { runSuite } from '../assertions/run-suite.ts';
import type { AssertionSuite } from '../assertions/suite.ts';
import { resultsText } from '../assertions/terminal.ts';
import { plainValue } from '../config/plain.ts';
import type { ConfigProblem } from '../config/problem.ts';
import type { Source } from '../core/source.ts';
import { toPosix } from '../read/paths.ts';
import { scan, type ScanResult } from '../scan.ts';
import type { Invocation } from './command.ts';
import { type CliContext, UsageError } from './context.ts';
import { environmentOf } from './environment.ts';
import { isOn, textOf } from './option.ts';
import { readNamedFile } from './read-named-file.ts';

/** `iamlint test FILES`: do the access assertions hold? 0: all, 1: some do not or cannot be decided, 2: something has to be mended first. */
export async function testCommand({ operands, values }: Invocation, context: CliContext): Promise<number> {
  const suites: SuiteResult[] = [];
  for (const file of operands.flatMap((path) => assertionFiles(context.cwd, toPosix(path)))) suites.push(await testFile(file, context.cwd));
  const allowUndecided = isOn(values, 'allowUndecided');
  const { color } = environmentOf(context.env, context.stdout, context.stderr);
  await context.stdout.write(render(textOf(values, 'format'), suites, allowUndecided, color));
  const { failed, undecided } = totalsOf(suites);
  return failed > 0 || (undecided > 0 && !allowUndecided) ? 1 : 0;
}

function render(format: string | undefined, suites: readonly SuiteResult[], allowUndecided: boolean, color: boolean): string {
  if (format === 'json') return `${JSON.stringify(resultsRecord(suites), undefined, 2)}\n`;
  return format === 'junit' ? resultsJunit(suites, allowUndecided) : resultsText(suites, color);
}

const ASSERTION_FILE = /^(?:.+\.)?assertions\.(?:ya?ml|json)$/;
const MAX_DEPTH = 40;

/** A file as it is; of a folder all `assertions.yaml`, `NAME.assertions.yaml` and their like below it. */
function assertionFiles(cwd: string, path: string): readonly string[] {
  if (statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  const found = filesBelow(cwd, path, 0);
  if (found.length === 0) throw new UsageError(`\`${path}\` holds no assertions; they stand in files called \`assertions.yaml\` or \`NAME.assertions.yaml\``);
  return found;
}

function filesBelow(cwd: string, folder: string, depth: number): readonly string[] {
  if (depth > MAX_DEPTH) return [];
  const entries = readdirSync(resolve(cwd, folder), { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : filesBelow(cwd, path, depth + 1);
    return entry.isFile() && ASSERTION_FILE.test(entry.name) ? [path] : [];
  });
}

/** Paths of the file's sources are relative to its folder, as the paths it names are. */
async function testFile(file: string, cwd: string): Promise<SuiteResult> {
  const folder = posix.dirname(file);
  const base = resolve(cwd, folder);
  const { suite, problems } = parseSuite(readNamedFile(base, posix.basename(file), posix.basename(file)), (path) => policyFile(base, path));
  if (suite === undefined) throw complaint(problems, folder);
  const scanned = await scanModel(suite, base, folder);
  const ran = runSuite(suite, scanned.model, scanned.config.knownActions);
  if (ran.problems.length > 0) throw complaint(ran.problems, folder);
  return { file, folder, results: ran.results, assumptions: ran.assumptions };
}

function policyFile(base: string, path: string): Source | string {
  try {
    return readNamedFile(base, path);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

async function scanModel(suite: AssertionSuite, base: string, folder: string): Promise<ScanResult> {
  const config = suite.config === undefined ? undefined : plainValue(suite.config)?.value;
  const given = typeof config === 'object' && config !== null ? { config } : {};
  const files = suite.model.length > 0 ? { paths: suite.model } : { files: {} };
  const result = await scan({ cwd: base, ...files, ...given, choice: { only: ['none'] } });
  const inline = suite.config;
  const wrong = inline === undefined ? result.configProblems : result.configProblems.map(({ message }) => ({ message: `the configuration is wrong: ${message}`, origin: inline }));
  if (wrong.length > 0) throw complaint(wrong, folder);
  const lacking = result.missing.map((path) => ({ message: `\`${path}\` of the model matches no file`, origin: { source: suite.source, start: 0, end: 0 } }));
  const unread = result.findings.filter((finding) => finding.ruleId === 'unreadable-input');
  if (lacking.length + unread.length > 0) throw complaint([...lacking, ...unread], folder);
  if (suite.model.length > 0 && result.recognised === 0) throw complaint([{ message: 'the files of the `model` declare nothing that is known here', origin: { source: suite.source, start: 0, end: 0 } }], folder);
  return result;
}

function complaint(problems: readonly ConfigProblem[], folder: string): UsageError {
  return new UsageError(
    ...problems.map(({ message, origin }) => {
      const { line, column } = origin.source.position(origin.start);
      return `${shownPath(origin.source.path, folder)}:${line}:${column}: ${message}`;
    }),
  );
}
