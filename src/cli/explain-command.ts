import pc from 'picocolors';
import { unknownRule } from '../config/effective.ts';
import { wrapWords } from '../report/printable.ts';
import type { RuleInfo } from '../report/rule-info.ts';
import type { Invocation } from './command.ts';
import { type CliContext, UsageError } from './context.ts';
import { environmentOf } from './environment.ts';

/** `iamlint explain RULE`: what a rule finds, why that matters and what to do. */
export async function explainCommand({ operands }: Invocation, context: CliContext): Promise<number> {
  const [id = ''] = operands;
  const rules = await context.rules();
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) throw new UsageError(unknownRule(id, rules.map((one) => one.id)));
  const { color, width } = environmentOf(context.env, context.stdout, context.stderr);
  await context.stdout.write(explanation(rule, color, Math.min(width, 100)));
  return 0;
}

function explanation(rule: RuleInfo, color: boolean, width: number): string {
  const colors = pc.createColors(color);
  const lines = [
    colors.bold(rule.id),
    rule.title,
    '',
    colors.dim(`${rule.severity} · ${rule.confidence} confidence${rule.securitySeverity > 0 ? ` · security severity ${rule.securitySeverity.toFixed(1)}` : ''} · ${rule.category}`),
  ];
  const part = (heading: string, text: string) => {
    if (text !== '') lines.push('', colors.bold(heading), ...wrapWords(text, width - 2).map((line) => `  ${line}`));
  };
  part('What', rule.what);
  part('Why', rule.why);
  part('Fix', rule.fix);
  if (rule.references.length > 0) lines.push('', colors.bold('References'), ...rule.references.map((reference) => `  ${reference}`));
  if (rule.helpUri !== '') lines.push('', rule.helpUri);
  return `${lines.join('\n')}\n`;
}
