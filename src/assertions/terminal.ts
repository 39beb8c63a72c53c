import pc from 'picocolors';
import { counted, printable } from '../report/printable.ts';
import type { AssertionResult, JudgedRequest } from './judge.ts';
import { frameOf, placeOf, placeText } from './place.ts';
import { reasonsOf, sentenceOf, statementName, type SuiteResult, totalsOf } from './results.ts';

type Colors = ReturnType<typeof pc.createColors>;

/** Results as a test runner shows them: a line each, and for what did not pass the request, what decided it and where. */
export function resultsText(suites: readonly SuiteResult[], color: boolean): string {
  const colors = pc.createColors(color);
  const blocks = suites.map((suite) => [colors.bold(printable(suite.file)), ...suite.results.flatMap((result) => resultLines(result, suite.folder, colors))].join('\n'));
  return `${[...blocks, summary(suites, colors)].join('\n\n')}\n`;
}

function resultLines(result: AssertionResult, folder: string, colors: Colors): string[] {
  const mark = { pass: colors.green('✓'), fail: colors.red('✗'), undecided: colors.yellow('?') }[result.outcome];
  const many = result.requests === 1 ? '' : colors.dim(` (${result.requests} requests)`);
  const lines = [`  ${mark} ${printable(result.assertion.name)}${many}`];
  if (result.outcome === 'pass') return lines;
  const place = placeOf(result.assertion.origin, folder);
  const headline = result.otherwise ?? (result.outcome === 'fail' ? `expected ${result.assertion.expected}, but` : 'cannot be decided:');
  lines.push(`      ${headline}${place === undefined ? '' : colors.dim(` (${placeText(place)})`)}`);
  for (const judged of result.shown) lines.push(...judgedLines(judged, folder, colors));
  return lines;
}

function judgedLines(judged: JudgedRequest, folder: string, colors: Colors): string[] {
  const lines = [`      ${sentenceOf(judged)}`, ...reasonsOf(judged).map((reason) => `        ${printable(reason)}`)];
  for (const statement of judged.because) {
    const place = placeOf(statement.origin, folder);
    lines.push(`        ${statement.effect === 'Deny' ? 'denied' : 'allowed'} by ${printable(statementName(statement))}${place === undefined ? '' : ` at ${colors.cyan(placeText(place))}`}`);
    if (place !== undefined) lines.push(...frameOf(statement.origin).map((line) => colors.dim(`    ${line}`)));
  }
  return lines;
}

function summary(suites: readonly SuiteResult[], colors: Colors): string {
  const totals = totalsOf(suites);
  const parts = [totals.failed > 0 ? colors.red(`${totals.failed} failed`) : '', totals.undecided > 0 ? colors.yellow(`${totals.undecided} undecided`) : '', colors.green(`${totals.passed} passed`)];
  const scope = `${counted(totals.assertions, 'assertion')} in ${counted(totals.files, 'file')}`;
  const granted = [...new Set(suites.flatMap((suite) => suite.assumptions))].map((assumption) => colors.dim(`  taken for granted: ${assumption}`));
  return [`${parts.filter((part) => part !== '').join(', ')} ${colors.dim(`· ${scope}`)}`, ...granted].join('\n');
}
