import pc from 'picocolors';
import { compareText, severityRank } from '../report/order.ts';
import { terminalWidth } from '../report/printable.ts';
import type { RuleInfo } from '../report/rule-info.ts';
import type { Invocation } from './command.ts';
import type { CliContext } from './context.ts';
import { environmentOf } from './environment.ts';
import { textOf } from './option.ts';

/** `iamlint rules`: all rules, by category and severity; with `--format json` as data. */
export async function rulesCommand({ values }: Invocation, context: CliContext): Promise<number> {
  const rules = [...(await context.rules())].sort((left, right) => compareText(left.id, right.id));
  const { color } = environmentOf(context.env, context.stdout, context.stderr);
  await context.stdout.write(textOf(values, 'format') === 'json' ? `${JSON.stringify(rules.map(ruleRecord), undefined, 2)}\n` : ruleList(rules, color));
  return 0;
}

/** A rule as `rules --format json` gives it; keys are only ever added. */
function ruleRecord(rule: RuleInfo) {
  const { id, title, category, severity, securitySeverity, confidence, what, why, fix, helpUri, tags, references } = rule;
  return { id, title, category, severity, securitySeverity, confidence, what, why, fix, helpUri, tags, references };
}

function ruleList(rules: readonly RuleInfo[], color: boolean): string {
  const colors = pc.createColors(color);
  const width = Math.max(0, ...rules.map((rule) => terminalWidth(rule.id)));
  const paint = { error: colors.red, warning: colors.yellow, info: colors.blue };
  const lines: string[] = [];
  for (const category of [...new Set(rules.map((rule) => rule.category))].sort()) {
    lines.push(colors.bold(category));
    const members = rules.filter((rule) => rule.category === category).sort((left, right) => severityRank(left.severity) - severityRank(right.severity));
    for (const rule of members) lines.push(`  ${paint[rule.severity](rule.severity.padEnd(7))}  ${rule.id.padEnd(width)}  ${colors.dim(rule.title)}`);
    lines.push('');
  }
  lines.push(`${rules.length} rules; \`iamlint explain RULE\` says more of one`);
  return `${lines.join('\n')}\n`;
}
