import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Severity } from '../check/finding.ts';
import type { ConfigChoice } from '../config/load.ts';
import { unknownRule } from '../config/effective.ts';
import { splitAssignment } from '../config/parameter-file.ts';
import { isInside, repositoryTop, toPosix } from '../read/paths.ts';
import { JOB_SUMMARY_BYTES, markdown } from '../report/markdown.ts';
import { counted } from '../report/printable.ts';
import type { Report } from '../report/report.ts';
import { PLAIN, type RenderOptions } from '../report/reporter.ts';
import { SARIF_RESULT_LIMIT } from '../report/sarif.ts';
import type { Invocation } from './command.ts';
import { type CliContext, type ScanRequest, type ScanResult, UsageError } from './context.ts';
import { type Environment, environmentOf } from './environment.ts';
import { exitCodeOf, isIncomplete } from './exit-code.ts';
import { type FormatRequest, formatsOf, isWhole } from './formats.ts';
import { choiceOf, isOn, listOf, type OptionValues, textOf, textsOf } from './option.ts';
import { COLORS, CONFIDENCES, GATES, PRESETS } from './scan-options.ts';

/** `iamlint [paths...]`: runs the linter, writes the reports, and gives the exit code. */
export async function scanCommand({ operands, values }: Invocation, context: CliContext): Promise<number> {
  const environment = environmentOf(context.env, context.stdout, context.stderr, choiceOf(values, 'color', COLORS));
  const formats = formatsOf(textsOf(values, 'format'), environment.github);
  await refuseUnknownRules(values, context);
  const request = await requestOf(operands, values, context, environment);
  const result = await context.scan(request);
  if (environment.watched) await context.stderr.write(CLEAR_LINE);
  await writeReports(result.report, formats, { values, context, environment, prefix: request.prefix });
  const gate = {
    failOn: choiceOf(values, 'failOn', GATES) ?? result.failOn,
    exitZero: isOn(values, 'exitZero'),
    strict: isOn(values, 'strict'),
    passOnNoFiles: isOn(values, 'passOnNoFiles'),
  };
  const code = exitCodeOf(result.report, gate);
  await writeHints(result, { values, context, formats, code, failOn: gate.failOn });
  return code;
}

const CLEAR_LINE = '\r\u001b[K';

async function refuseUnknownRules(values: OptionValues, context: CliContext): Promise<void> {
  const named = [...listOf(values, 'only'), ...listOf(values, 'skip')];
  if (named.length === 0) return;
  const rules = await context.rules();
  const known = new Set(rules.flatMap((rule) => [rule.id, rule.category, ...rule.tags]));
  const unknown = named.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new UsageError(...unknown.map((name) => unknownRule(name, known)));
}

async function requestOf(operands: readonly string[], values: OptionValues, context: CliContext, environment: Environment): Promise<ScanRequest> {
  const stdin = isOn(values, 'stdin');
  const name = textOf(values, 'stdinFilename');
  if (stdin && operands.length > 0) throw new UsageError('`--stdin` reads one file from stdin; paths cannot be given beside it');
  if (!stdin && name !== undefined) throw new UsageError('`--stdin-filename` names what `--stdin` reads');
  return {
    cwd: context.cwd,
    paths: operands.length > 0 || stdin ? operands : ['.'],
    stdin: stdin ? { name: name ?? 'stdin', text: await context.readStdin() } : undefined,
    config: configChoice(values),
    only: listOf(values, 'only'),
    skip: listOf(values, 'skip'),
    preset: choiceOf(values, 'preset', PRESETS),
    minConfidence: choiceOf(values, 'minConfidence', CONFIDENCES),
    account: textOf(values, 'account'),
    region: textOf(values, 'region'),
    parameters: assignments(values, 'parameter', '--parameter'),
    parameterFiles: textsOf(values, 'parameters'),
    variables: assignments(values, 'var', '--var'),
    variableFiles: textsOf(values, 'varFile'),
    prefix: repositoryPrefix(context),
    progress: (text) => {
      if (environment.watched && values['progress'] !== false) void context.stderr.write(`${CLEAR_LINE}${text}`);
    },
  };
}

function configChoice(values: OptionValues): ConfigChoice {
  const path = textOf(values, 'config');
  if (path !== undefined) return { kind: 'file', path };
  return { kind: values['config'] === false ? 'none' : 'nearest' };
}

function assignments(values: OptionValues, name: string, flag: string): ReadonlyMap<string, string> {
  return new Map(
    textsOf(values, name).map((text) => {
      const assignment = splitAssignment(text);
      if (assignment === undefined) throw new UsageError(`\`${flag} ${text}\` is not of the form \`name=value\``);
      return assignment;
    }),
  );
}

/** The folder of the run as seen from where code scanning counts: the workspace, or the top of the repository. */
function repositoryPrefix({ cwd, env }: CliContext): string {
  const here = toPosix(resolve(cwd));
  const workspace = env['GITHUB_WORKSPACE'];
  const top = workspace !== undefined && workspace !== '' && isInside(toPosix(resolve(workspace)), here) ? toPosix(resolve(workspace)) : (repositoryTop(here) ?? here);
  return toPosix(relative(top, here));
}

interface Writing {
  readonly values: OptionValues;
  readonly context: CliContext;
  readonly environment: Environment;
  readonly prefix: string;
}

async function writeReports(report: Report, formats: readonly FormatRequest[], writing: Writing): Promise<void> {
  const { values, context, environment } = writing;
  const options: RenderOptions = {
    ...PLAIN,
    notices: isOn(values, 'notices'),
    quiet: isOn(values, 'quiet'),
    sarifCategory: textOf(values, 'sarifCategory'),
    sarifSuppressed: isOn(values, 'sarifSuppressed'),
    sourceBase: sourceBase(context.env),
  };
  for (const { reporter, file } of formats) {
    if (file !== undefined) writeReport(resolve(context.cwd, file), reporter.render(report, options));
    else {
      const text = reporter.render(report, { ...options, color: environment.color, links: environment.links, width: environment.width });
      await context.stdout.write(environment.github && reporter.name === 'terminal' ? withoutCommands(text, context.secretWord()) : text);
    }
  }
  const summary = context.env['GITHUB_STEP_SUMMARY'];
  if (environment.github && summary !== undefined && summary !== '' && formats.some((format) => format.reporter.name === 'github')) {
    appendFileSync(summary, `${markdown.render(report, { ...options, maxBytes: JOB_SUMMARY_BYTES })}\n`);
  }
}

function writeReport(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`the report cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Code frames show scanned text, and the runner takes lines of a step's log for commands unless told to stop (GitHub Actions, workflow commands). */
function withoutCommands(text: string, word: string): string {
  return text === '' ? '' : `::stop-commands::${word}\n${text}::${word}::\n`;
}

function sourceBase(env: CliContext['env']): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env;
  return server !== undefined && repository !== undefined && commit !== undefined ? `${server}/${repository}/blob/${commit}/` : undefined;
}

interface Hinting {
  readonly values: OptionValues;
  readonly context: CliContext;
  readonly formats: readonly FormatRequest[];
  readonly code: number;
  readonly failOn: Severity | 'never';
}

/** What is said beside the reports goes to stderr. */
async function writeHints({ report, hints, timings }: ScanResult, hinting: Hinting): Promise<void> {
  const { values, context, formats, code } = hinting;
  const lines: string[] = [];
  if (report.summary.files === 0 && report.findings.length === 0) lines.push('nothing to check: no CloudFormation, Terraform, CDK or policy file was found');
  if (code === 2 && report.notices.some((notice) => notice.code === 'rule-crashed')) lines.push('a rule failed and was not applied; `--notices` says where. Please report it');
  else if (code === 2 && isOn(values, 'strict') && isIncomplete(report)) lines.push('something could not be read, and `--strict` is on; `--notices` lists it');
  if (report.findings.length > SARIF_RESULT_LIMIT && formats.some((format) => format.reporter.name === 'sarif')) {
    lines.push(`SARIF holds the ${SARIF_RESULT_LIMIT} gravest of ${report.findings.length} findings, since GitHub shows no more`);
  }
  lines.push(...hints);
  if (!formats.some((format) => format.file === undefined && !isWhole(format))) lines.push(oneLine(report));
  if (!isOn(values, 'quiet')) await context.stderr.write(lines.map((line) => `iamlint: ${line}\n`).join(''));
  if (isOn(values, 'timing')) await context.stderr.write(timings.map(({ stage, milliseconds }) => `${stage.padEnd(12)} ${milliseconds.toFixed(1).padStart(9)} ms\n`).join(''));
}

function oneLine({ summary, findings }: Report): string {
  const { error, warning, info } = summary.findings;
  const counts = findings.length === 0 ? '' : ` (${counted(error, 'error')}, ${counted(warning, 'warning')}, ${counted(info, 'info', 'infos')})`;
  return `${counted(findings.length, 'finding')}${counts} in ${counted(summary.files, 'file')}`;
}
