import type { Problem } from '../../core/problem.ts';
import type { Source } from '../../core/source.ts';
import type { Frontend, FrontendContext, Template } from '../frontend.ts';
import { detectTerraform, type TerraformKind } from './detect.ts';
import type { Interpreter } from './evaluate/interpreter.ts';
import { rootOutputs } from './module/enumerate.ts';
import { findRoots, type ModuleSources, type Root, rootResources, rootSuppressions, usedDefinitions } from './module/roots.ts';

export { detectTerraform } from './detect.ts';

/** Plans, states, `.tf.json` and native `.tf`, each root module as one template. */
export const terraform: Frontend = { name: 'terraform', open };

/** Nothing needs loading before `open`: the parser of native syntax is plain code. */
export function prepareTerraform(): Promise<void> {
  return Promise.resolve();
}

function* open(sources: readonly Source[], context: FrontendContext): Iterable<Template> {
  const byKind = sortSources(sources);
  const modules: ModuleSources = { configuration: byKind(['hcl', 'tf.json']), variables: byKind(['tfvars']), manifests: byKind(['modules-json']) };
  const reported = new Set<Problem>();
  for (const root of findRoots(modules, context)) {
    for (const interpreter of root.interpreters()) yield templateOf(root, interpreter, reported);
  }
}

function sortSources(sources: readonly Source[]): (kinds: readonly TerraformKind[]) => readonly Source[] {
  const kinds = new Map(sources.map((source) => [source, detectTerraform(source.path, source.text)]));
  return (wanted) => sources.filter((source) => wanted.some((kind) => kind === kinds.get(source)));
}

function templateOf(root: Root, interpreter: Interpreter, reported: Set<Problem>): Template {
  const resources = rootResources(root, interpreter).map((declared) => declared.resource);
  const problems = [...usedDefinitions(interpreter), ...root.variableFiles].flatMap((one) => one.problems).filter((problem) => !reported.has(problem));
  for (const problem of problems) reported.add(problem);
  return { dialect: 'terraform', scope: interpreter.scope, resources, outputs: rootOutputs(interpreter), suppressions: rootSuppressions(interpreter), problems };
}
