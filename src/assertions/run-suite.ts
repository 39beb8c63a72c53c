import { foundationOf } from '../analyze/foundation.ts';
import type { ConfigProblem } from '../config/problem.ts';
import type { PermissionModel } from '../model/model.ts';
import { type AssertionResult, judgeAssertion } from './judge.ts';
import { type Estate, toldOfControls } from './layers.ts';
import type { AssertionSuite } from './suite.ts';

/** What came of a suite: results, or what has to be mended before anything can be judged. */
export interface RanSuite {
  readonly results: readonly AssertionResult[];
  readonly problems: readonly ConfigProblem[];
  readonly assumptions: readonly string[];
}

/** Judges all assertions of a file by a model and what the file gives beside it. `knownActions` are beyond those of AWS's data. */
export function runSuite(suite: AssertionSuite, model: PermissionModel, knownActions: readonly string[]): RanSuite {
  const estate: Estate = { foundation: foundationOf(model), given: suite.given };
  const known = new Set(knownActions.map((action) => action.toLowerCase()));
  const isKnown = (action: string): boolean => known.has(action.toLowerCase()) || known.has(`${action.slice(0, action.indexOf(':')).toLowerCase()}:*`);
  const judged = suite.assertions.map((assertion) => judgeAssertion(assertion, estate, isKnown));
  const problems = judged.flatMap((one) => ('problems' in one ? one.problems : []));
  const results = judged.flatMap((one) => ('problems' in one ? [] : [one]));
  const silent = !toldOfControls(estate.foundation) && suite.given.scp.length === 0;
  return { results, problems, assumptions: silent ? ['no service control policy denies anything, as the files tell of none'] : [] };
}
