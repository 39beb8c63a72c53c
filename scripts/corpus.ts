/**
 * Scans a folder of real inputs and prints what came of it: files, statements, findings by rule, what stayed undecided and why, time.
 *
 *   npm run corpus -- DIR [--json]
 */
import { parseArgs } from 'node:util';
import { holeReasons } from '../src/iam/token.ts';
import type { PermissionModel } from '../src/model/model.ts';
import { scan } from '../src/scan.ts';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false }, findings: { type: 'boolean', default: false } } });
const started = performance.now();
const { report, model } = await scan({ paths: positionals.length > 0 ? positionals : ['.'], preset: 'all', useConfig: false });
const seconds = (performance.now() - started) / 1000;

const counts = {
  seconds,
  ...report.summary,
  findingsByRule: tally(report.findings.map((finding) => finding.ruleId)),
  noticesByCode: tally(report.notices.map((notice) => notice.code)),
  undecidedByRule: tally(report.notices.flatMap((notice) => (notice.code === 'undecided' && notice.ruleId !== null ? [notice.ruleId] : []))),
  undecided: undecidedStatements(model),
};

if (values.json) console.log(JSON.stringify(counts, null, 2));
else {
  print('files', `${counts.files}, ${counts.resources} resources, ${counts.policies} policies, ${counts.statements} statements, ${counts.principals} principals in ${seconds.toFixed(1)} s`);
  table('findings by rule', counts.findingsByRule);
  table('notices by code', counts.noticesByCode);
  table('rules that could not decide', counts.undecidedByRule);
  print('statements with something unknown', `${counts.undecided.statements} of ${counts.statements}; policies not read at all: ${counts.undecided.unread}`);
  table('unknown by reason (statements)', counts.undecided.reasons);
  table('policies not read, by reason', counts.undecided.unreadReasons);
}
if (values.findings) for (const finding of report.findings) console.log(`${finding.file}:${finding.line}:${finding.column} ${finding.ruleId} ${finding.message}`);

/** Statements in which some text, element or the whole could not be resolved, counted once for each reason. */
function undecidedStatements(model: PermissionModel) {
  const reasons: string[] = [];
  const unreadReasons: string[] = [...model.gaps.map((gap) => gap.gap.reason)];
  let statements = 0;
  for (const policy of model.policies) {
    unreadReasons.push(...policy.document.gaps.map((gap) => gap.reason));
    for (const statement of policy.document.statements) {
      const texts = [...(statement.action?.patterns ?? []), ...(statement.resource?.patterns ?? []), ...(statement.principal?.entries ?? []), ...statement.conditions.flatMap((condition) => condition.values)];
      const found = new Set([...statement.gaps.map((gap) => gap.reason), ...texts.flatMap((text) => holeReasons(text.text).filter((reason) => !reason.startsWith('deployment-')))]);
      if (found.size > 0) statements += 1;
      reasons.push(...found);
    }
  }
  return { statements, unread: unreadReasons.length, reasons: tally(reasons), unreadReasons: tally(unreadReasons) };
}

function tally(names: readonly string[]): Readonly<Record<string, number>> {
  const counted = new Map<string, number>();
  for (const name of names) counted.set(name, (counted.get(name) ?? 0) + 1);
  return Object.fromEntries([...counted].sort(([left, one], [right, two]) => two - one || left.localeCompare(right)));
}

function print(name: string, text: string): void {
  console.log(`${name.padEnd(36)} ${text}`);
}

function table(title: string, counted: Readonly<Record<string, number>>): void {
  console.log(`\n${title}`);
  for (const [name, count] of Object.entries(counted)) console.log(`  ${String(count).padStart(6)}  ${name}`);
}
