import type { Problem } from '../../core/problem.ts';
import type { Source } from '../../core/source.ts';
import type { Frontend, FrontendContext, Template } from '../frontend.ts';
import { detectTerraform, type TerraformKind } from './detect.ts';
import type { Interpreter } from './evaluate/interpreter.ts';
import { joinTemplate } from './join/join.ts';
import { rootOf } from './join/match.ts';
import { rootOutputs } from './module/enumerate.ts';
import { findRoots, type ModuleSources, type Root, rootResources, rootSuppressions, usedDefinitions } from './module/roots.ts';
import { openPlan, readShown } from './plan/open.ts';
import type { ShownState } from './plan/read.ts';

export { detectTerraform } from './detect.ts';

/** Plans, states, `.tf.json` and native `.tf`: each root module is one template, however many of these describe it. */
export const terraform: Frontend = { name: 'terraform', open };

/** Nothing needs loading before `open`: the parser of native syntax is plain code. */
export function prepareTerraform(): Promise<void> {
  return Promise.resolve();
}

function* open(sources: readonly Source[], given: FrontendContext): Iterable<Template> {
  const context = { ...given, report: once(given.report) };
  const byKind = sortSources(sources);
  const modules: ModuleSources = { configuration: byKind(['hcl', 'tf.json']), variables: byKind(['tfvars']), manifests: byKind(['modules-json']) };
  const roots = findRoots(modules, context);
  const reported = new Set<Problem>();
  const paired = new Map<Root, ShownState[]>();
  for (const source of byKind(['plan', 'state'])) {
    const shown = readShown(source, context.report);
    if (shown === undefined) continue;
    const root = rootOf(shown, roots);
    if (root === undefined) yield planTemplate(shown, context);
    else paired.set(root, [...(paired.get(root) ?? []), shown]);
  }
  for (const root of roots) {
    const shown = paired.get(root);
    if (shown !== undefined) yield* joinTemplates(root, shown, { context, reported });
    else for (const interpreter of root.interpreters()) yield rootTemplate(root, interpreter, reported);
  }
}

/** The same problem is met in every instance of a module, and in every root that calls it. */
function once(report: (problem: Problem) => void): (problem: Problem) => void {
  const seen = new Set<string>();
  return (problem) => {
    const key = `${problem.code} ${problem.origin.source.path}:${problem.origin.start} ${problem.message}`;
    if (!seen.has(key)) report(problem);
    seen.add(key);
  };
}

function sortSources(sources: readonly Source[]): (kinds: readonly TerraformKind[]) => readonly Source[] {
  const kinds = new Map(sources.map((source) => [source, detectTerraform(source.path, source.text)]));
  return (wanted) => sources.filter((source) => wanted.some((kind) => kind === kinds.get(source)));
}

function planTemplate(shown: ShownState, context: FrontendContext): Template {
  const plan = openPlan(shown, context);
  return { dialect: 'terraform', scope: plan.scope, resources: plan.resources.map((planned) => planned.resource), outputs: plan.outputs, suppressions: [], problems: [] };
}

interface Opening {
  readonly context: FrontendContext;
  readonly reported: Set<Problem>;
}

/** A plan says more than a state: beside one, the state of the same root says nothing new. */
function* joinTemplates(root: Root, shown: readonly ShownState[], { context, reported }: Opening): Iterable<Template> {
  const plans = shown.filter((one) => one.configuration !== undefined);
  const used = plans.length > 0 ? plans : shown;
  for (const [index, one] of used.entries()) {
    const { template, interpreter } = joinTemplate({ shown: one, root, index, others: used.filter((other) => other !== one) }, context);
    yield { ...template, problems: fileProblems(root, interpreter, reported) };
  }
}

function rootTemplate(root: Root, interpreter: Interpreter, reported: Set<Problem>): Template {
  const resources = rootResources(root, interpreter).map((declared) => declared.resource);
  const problems = fileProblems(root, interpreter, reported);
  return { dialect: 'terraform', scope: interpreter.scope, resources, outputs: rootOutputs(interpreter), suppressions: rootSuppressions(interpreter), problems };
}

/** The faults of a root's files; those of a module that several roots use are shown once. */
function fileProblems(root: Root, interpreter: Interpreter, reported: Set<Problem>): readonly Problem[] {
  const problems = [...usedDefinitions(interpreter), ...root.variableFiles].flatMap((one) => one.problems).filter((problem) => !reported.has(problem));
  for (const problem of problems) reported.add(problem);
  return problems;
}
