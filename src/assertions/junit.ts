import { printable, wellFormed } from '../report/printable.ts';
import type { AssertionResult } from './judge.ts';
import { placeOf, placeText } from './place.ts';
import { reasonsOf, sentenceOf, statementName, type SuiteResult, totalsOf } from './results.ts';

/** Results as JUnit XML: a suite per file, a test case per assertion; undecided ones are errors when they count, else skipped. */
export function resultsJunit(suites: readonly SuiteResult[], allowUndecided: boolean): string {
  const counts = (given: readonly SuiteResult[]): string => {
    const { assertions, failed, undecided } = totalsOf(given);
    return `tests="${assertions}" failures="${failed}" errors="${allowUndecided ? 0 : undecided}" skipped="${allowUndecided ? undecided : 0}"`;
  };
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="iamlint test" ${counts(suites)}>`];
  for (const suite of suites) {
    lines.push(`  <testsuite name="${attribute(suite.file)}" ${counts([suite])}>`);
    for (const result of suite.results) lines.push(...testCase(result, suite, allowUndecided));
    lines.push('  </testsuite>');
  }
  return `${lines.join('\n')}\n</testsuites>\n`;
}

function testCase(result: AssertionResult, suite: SuiteResult, allowUndecided: boolean): string[] {
  const line = placeOf(result.assertion.origin, suite.folder)?.line ?? 1;
  const open = `    <testcase name="${attribute(result.assertion.name)}" classname="${attribute(suite.file)}" file="${attribute(suite.file)}" line="${line}"`;
  if (result.outcome === 'pass') return [`${open}/>`];
  const message = result.otherwise ?? (result.outcome === 'fail' ? `expected ${result.assertion.expected}` : 'cannot be decided');
  if (result.outcome === 'undecided' && allowUndecided) return [`${open}>`, `      <skipped message="${attribute(message)}"/>`, '    </testcase>'];
  const element = result.outcome === 'fail' ? 'failure' : 'error';
  return [`${open}>`, `      <${element} message="${attribute(message)}">${content(details(result, suite.folder))}</${element}>`, '    </testcase>'];
}

function details(result: AssertionResult, folder: string): string {
  const lines = result.shown.flatMap((judged) => [
    sentenceOf(judged),
    ...reasonsOf(judged),
    ...judged.because.map((statement) => {
      const place = placeOf(statement.origin, folder);
      return `${statement.effect === 'Deny' ? 'denied' : 'allowed'} by ${statementName(statement)}${place === undefined ? '' : ` at ${placeText(place)}`}`;
    }),
  ]);
  return lines.map(printable).join('\n');
}

function content(text: string): string {
  const allowed = wellFormed(text).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
  return allowed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(text: string): string {
  return content(printable(text)).replaceAll('"', '&quot;');
}
