import { COMPARED_TYPES, type ComparedType, comparePolicies, guessType, hasStatements, type PolicyComparison } from '../assertions/compare-policies.ts';
import { comparisonRecord, comparisonText } from '../assertions/comparison-report.ts';
import { readPolicies } from '../assertions/read-policies.ts';
import { describeProblem } from '../config/problem.ts';
import type { Value } from '../core/value.ts';
import type { Invocation } from './command.ts';
import { type CliContext, UsageError } from './context.ts';
import { environmentOf } from './environment.ts';
import { choiceOf, textOf } from './option.ts';
import { readNamedFile } from './read-named-file.ts';

/** `iamlint compare OLD NEW`: does the new version of a policy allow what the old one does not? 0: no, 1: yes, 2: not decided. */
export async function compareCommand({ operands, values }: Invocation, context: CliContext): Promise<number> {
  const [old = '', young = ''] = operands;
  const before = documentsOf(old, context);
  const after = documentsOf(young, context);
  const type = choiceOf(values, 'type', COMPARED_TYPES) ?? commonType(before, after);
  const compared = comparePolicies(before, after, type);
  await context.stderr.write(faultsOf(compared));
  const { color } = environmentOf(context.env, context.stdout, context.stderr);
  const text = textOf(values, 'format') === 'json' ? `${JSON.stringify(comparisonRecord(compared), undefined, 2)}\n` : comparisonText(compared, color);
  await context.stdout.write(text);
  return { no: 0, yes: 1, unknown: 2 }[compared.comparison.newAccess];
}

function documentsOf(path: string, context: CliContext): readonly Value[] {
  const { documents, problems } = readPolicies(readNamedFile(context.cwd, path));
  if (problems.length > 0) throw new UsageError(...problems.map(describeProblem));
  return documents;
}

function commonType(before: readonly Value[], after: readonly Value[]): ComparedType {
  const [old, young] = [guessType(before), guessType(after)];
  if (old === young || (old === 'identity' && !hasStatements(before))) return young;
  if (young === 'identity' && !hasStatements(after)) return old;
  throw new UsageError(`the old version looks like a policy of type ${old}, the new one like ${young}; say which with \`--type\``);
}

/** What AWS would refuse is said, not judged: the comparison is of what can be read. */
function faultsOf({ before, after }: PolicyComparison): string {
  const faults = [...before, ...after].flatMap((document) => document.syntax);
  return faults.map((fault) => `iamlint: ${describeProblem(fault)}\n`).join('');
}
