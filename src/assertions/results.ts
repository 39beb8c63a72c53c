import type { AssertionResult, DecidingStatement, JudgedRequest } from './judge.ts';
import { placeOf } from './place.ts';
import { requestRecord, requestText } from './request-text.ts';

/** The results of one assertion file. */
export interface SuiteResult {
  /** As the user calls it. */
  readonly file: string;
  /** What the paths of its sources are relative to. */
  readonly folder: string;
  readonly results: readonly AssertionResult[];
  /** What the files do not tell and the answers take for granted. */
  readonly assumptions: readonly string[];
}

export interface Totals {
  readonly files: number;
  readonly assertions: number;
  readonly passed: number;
  readonly failed: number;
  readonly undecided: number;
}

/** Counts what passed and what did not. */
export function totalsOf(suites: readonly SuiteResult[]): Totals {
  const results = suites.flatMap((suite) => suite.results);
  const count = (outcome: AssertionResult['outcome']): number => results.filter((result) => result.outcome === outcome).length;
  return { files: suites.length, assertions: results.length, passed: count('pass'), failed: count('fail'), undecided: count('undecided') };
}

/** What was asked and what came out, in one sentence without a stop. */
export function sentenceOf(judged: JudgedRequest): string {
  const verb = { allowed: 'may', 'explicit-deny': 'may not', 'implicit-deny': 'may not', unknown: 'may or may not' }[judged.decision];
  return requestText(judged.request, verb);
}

const LAYER_WORDS = { identity: 'identity policies', resource: "the resource's policy", boundary: 'the permissions boundary', session: 'the session policy', scp: 'service control policies', rcp: 'resource control policies', vpce: 'the endpoint policy' } as const;

/** Why, where no statement tells: no layer allows, or something is not known. */
export function reasonsOf(judged: JudgedRequest): readonly string[] {
  if (judged.decision === 'unknown') return judged.unknowns;
  if (judged.decision !== 'implicit-deny') return [];
  const layers = judged.blockedBy.map((layer) => LAYER_WORDS[layer]);
  return [layers.length === 0 ? 'nothing allows it' : `no statement of ${layers.join(' or ')} allows it`];
}

/** A statement as people call it, e.g. `statement \`Read\` of policy \`reader\` (identity)`. */
export function statementName(statement: DecidingStatement): string {
  const name = statement.sid === undefined ? `statement ${statement.index + 1}` : `statement \`${statement.sid}\``;
  return `${name} of ${statement.policy.includes(' ') ? statement.policy : `\`${statement.policy}\``} (${statement.layer})`;
}

/** All results as data; the shape is described in docs/assertions.md, keys are only ever added. */
export function resultsRecord(suites: readonly SuiteResult[]) {
  return { version: 1, summary: totalsOf(suites), files: suites.map((suite) => ({ file: suite.file, assumptions: suite.assumptions, assertions: suite.results.map((result) => resultRecord(result, suite.folder)) })) };
}

function resultRecord({ assertion, outcome, requests, shown, otherwise }: AssertionResult, folder: string) {
  const place = placeOf(assertion.origin, folder);
  return { name: assertion.name, line: place?.line ?? 1, column: place?.column ?? 1, expected: assertion.expected, outcome, requests, message: otherwise ?? null, details: shown.map((judged) => judgedRecord(judged, folder)) };
}

function judgedRecord(judged: JudgedRequest, folder: string) {
  const because = judged.because.map((statement) => {
    const place = placeOf(statement.origin, folder);
    return { layer: statement.layer, effect: statement.effect, policy: statement.policy, sid: statement.sid ?? null, index: statement.index, file: place?.file ?? null, line: place?.line ?? null, column: place?.column ?? null };
  });
  return { ...requestRecord(judged.request), decision: judged.decision, blockedBy: judged.blockedBy, because, unknowns: judged.unknowns };
}
