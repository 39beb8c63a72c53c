import { isAdministration } from '../../analyze/index.ts';
import { whoCan } from '../../analyze/who-can.ts';
import { displayText } from '../../iam/token.ts';
import type { Principal } from '../../model/model.ts';
import type { Analysis } from '../../analyze/index.ts';
import type { Invocation } from '../command.ts';
import { type CliContext, UsageError } from '../context.ts';
import { textOf } from '../option.ts';
import { analysisOf } from './model-of.ts';
import { answerLines, answerRecord, pathLines, pathRecord } from './render.ts';

/** `iamlint can PRINCIPAL ACTION RESOURCE [paths...]`. */
export async function canCommand({ operands, values }: Invocation, context: CliContext): Promise<number> {
  const [principal = '', action = '', resource = '', ...paths] = operands;
  const analysis = await analysisOf(paths, context);
  const answer = analysis.can({ principal, action, resource });
  if (answer.principal === undefined && !/^(?:arn:|\*$|\d{12}$)|\.amazonaws\.com/.test(principal)) throw new UsageError(`\`${principal}\` is no principal of the model, or several are called so; give its ARN`);
  await print(values, context, { question: { principal, action, resource }, ...answerRecord(answer) }, answerLines(answer));
  return 0;
}

/** `iamlint who-can ACTION RESOURCE [paths...]`. */
export async function whoCanCommand({ operands, values }: Invocation, context: CliContext): Promise<number> {
  const [action = '', resource = '', ...paths] = operands;
  const analysis = await analysisOf(paths, context);
  const found = whoCan({ action, resource }, analysis.foundation);
  const principals = found.grantees.map((one) => ({ principal: displayText(one.name), ...answerRecord(one.details()), answer: one.answer })).sort((left, right) => (left.principal < right.principal ? -1 : 1));
  await print(values, context, { question: { action, resource }, principals, unknowns: found.unknowns.map(displayText) }, [
    ...principals.flatMap((one) => [`${one.answer.padEnd(7)} ${one.principal}`, ...one.because.map((ground) => `          ${ground.file}:${ground.line}:${ground.column}  ${ground.policy}`)]),
    ...(principals.length === 0 ? ['nobody, as far as the inputs tell'] : []),
    ...found.unknowns.map((one) => `unknown: ${displayText(one)}`),
  ]);
  return 0;
}

/** `iamlint paths --from PRINCIPAL [--to PRINCIPAL|admin] [paths...]`: without `--from`, of everyone who can become an administrator. */
export async function pathsCommand({ operands, values }: Invocation, context: CliContext): Promise<number> {
  const analysis = await analysisOf(operands, context);
  const from = textOf(values, 'from');
  const to = textOf(values, 'to') ?? 'admin';
  const goal = to === 'admin' ? 'administrator' : named(analysis, to);
  const starts = from === undefined ? analysis.model.principals : [named(analysis, from)];
  const found = starts.flatMap((start) => (goal === 'administrator' && from === undefined ? nearest(analysis, start) : analysis.paths(start, goal)));
  const explained = found.map((path) => ({ path, hops: analysis.explain(path) }));
  await print(values, context, { from: from ?? null, to, answer: found.some(({ verdict }) => verdict === 'yes') ? 'yes' : found.length > 0 ? 'unknown' : 'no', paths: explained.map(({ path, hops }) => pathRecord(path, hops)) }, explained.length === 0 ? ['no path'] : explained.flatMap(({ path, hops }) => pathLines(path, hops)));
  return 0;
}

/** Who holds every permission has no way to go. */
function nearest(analysis: Analysis, start: Principal) {
  const path = analysis.pathToAdministration(start);
  const [first] = path?.steps ?? [];
  return path === undefined || (first?.edge.technique === 'administrator' && isAdministration(first.edge.to)) ? [] : [path];
}

function named(analysis: Analysis, text: string): Principal {
  const principal = analysis.foundation.principalNamed(text);
  if (principal === undefined) throw new UsageError(`\`${text}\` is no principal of the model, or several are called so; give its ARN`);
  return principal;
}

async function print(values: Invocation['values'], context: CliContext, record: object, lines: readonly string[]): Promise<void> {
  await context.stdout.write(textOf(values, 'format') === 'json' ? `${JSON.stringify(record, undefined, 2)}\n` : `${lines.join('\n')}\n`);
}
