import { reach, type Entrance } from '../../analyze/reach.ts';
import { whatCan } from '../../analyze/what-can.ts';
import { displayText } from '../../iam/token.ts';
import type { Invocation } from '../command.ts';
import { type CliContext, UsageError } from '../context.ts';
import { textOf } from '../option.ts';
import { analysisOf } from './model-of.ts';

/** `iamlint what-can PRINCIPAL [paths...]`. */
export async function whatCanCommand({ operands, values }: Invocation, context: CliContext): Promise<number> {
  const [name = '', ...paths] = operands;
  const { foundation } = await analysisOf(paths, context);
  const principal = foundation.principalNamed(name);
  if (principal === undefined) throw new UsageError(`\`${name}\` is no principal of the model, or several are called so; give its ARN`);
  const services = whatCan(principal, foundation);
  if (textOf(values, 'format') === 'json') await context.stdout.write(`${JSON.stringify({ principal: displayText(principal.entity.arn), services, open: principal.unknownAttachments.length > 0 }, undefined, 2)}\n`);
  else await context.stdout.write(`${services.flatMap(({ service, whole, allowed, perhaps }) => [...(allowed.length === 0 ? [] : [`yes      ${service}: ${whole ? 'every action' : allowed.join(' ')}`]), ...(perhaps.length === 0 ? [] : [`unknown  ${service}: ${perhaps.join(' ')}`])]).join('\n')}\n`);
  return 0;
}

/** `iamlint reach [paths...]`. */
export async function reachCommand({ operands, values }: Invocation, context: CliContext): Promise<number> {
  const { foundation } = await analysisOf(operands, context);
  const { crossAccount, external } = reach(foundation);
  const record = { crossAccount: crossAccount.map(entranceRecord), external: external.map(entranceRecord) };
  if (textOf(values, 'format') === 'json') await context.stdout.write(`${JSON.stringify(record, undefined, 2)}\n`);
  else await context.stdout.write(`${['between accounts:', ...record.crossAccount.map(line), 'from outside:', ...record.external.map(line)].join('\n')}\n`);
  return 0;
}

function entranceRecord({ from, kind, relation, to, entry, actions, verdict }: Entrance) {
  const place = entry.origin.source.position(entry.origin.start);
  return { from: displayText(from), kind, relation: relation ?? null, to: displayText(to.arn), toAccount: displayText(to.account), actions: actions.map(displayText), answer: verdict, file: entry.origin.source.path, line: place.line, column: place.column };
}

function line(one: ReturnType<typeof entranceRecord>): string {
  return `  ${one.answer.padEnd(7)} ${one.from} -> ${one.to}  ${one.actions.join(', ')}  (${one.file}:${one.line}:${one.column})`;
}
