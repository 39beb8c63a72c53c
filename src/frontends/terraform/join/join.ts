import { property, type Value } from '../../../core/value.ts';
import type { FrontendContext, Output, Resource, Scope, Template } from '../../frontend.ts';
import type { Interpreter, ProviderFacts } from '../evaluate/interpreter.ts';
import { rootOutputs } from '../module/enumerate.ts';
import { type Root, rootResources, rootSuppressions } from '../module/roots.ts';
import { openPlan, type OpenedPlan, type PlannedResource } from '../plan/open.ts';
import type { ShownState } from '../plan/read.ts';
import { joinValues } from './join-values.ts';

/** A plan with the root it was made from. */
export interface Pair {
  readonly shown: ShownState;
  readonly root: Root;
  /** Several plans of one root (one for each environment) are told apart; what no plan knows is shown with the first. */
  readonly index: number;
  readonly others: readonly ShownState[];
}

/**
 * One template out of a plan and its sources. The sources are evaluated with what the plan knows (variables, instances, computed
 * attributes); then each value is the plan's, at the place where the source has it, and every resource is there once.
 */
export function joinTemplate(pair: Pair, context: FrontendContext): { readonly template: Template; readonly interpreter: Interpreter } {
  const base = pair.root.folder === '' ? '.' : pair.root.folder;
  const id = pair.index === 0 ? base : `${base}@${pair.shown.source.path}`;
  const plan = openPlan(pair.shown, context, id);
  const scope = joinedScope(pair.root, plan, base);
  const interpreter = pair.root.interpret({ scope, overlay: plan.overlay, providerFacts: (facts) => completed(facts, plan) });
  const written = new Map(rootResources(pair.root, interpreter).map((declared) => [declared.resource.address, declared.resource]));
  const resources: Resource[] = [];
  for (const planned of plan.resources) {
    const source = written.get(planned.resource.address);
    if (planned.shown === undefined && source !== undefined) continue;
    written.delete(planned.resource.address);
    resources.push(source === undefined ? planned.resource : joinResource(planned, source));
  }
  for (const source of written.values()) if (isNew(source, pair)) resources.push(source);
  const outputs = joinOutputs(plan.outputs, rootOutputs(interpreter));
  return { template: { dialect: 'terraform', scope, resources, outputs, suppressions: rootSuppressions(interpreter), problems: [] }, interpreter };
}

/** What no plan shows: new blocks, data sources, variables. With several plans only the first brings them in. */
function isNew(source: Resource, pair: Pair): boolean {
  if (pair.index > 0) return false;
  return !pair.others.some((other) => other.resources.has(source.address));
}

function joinedScope(root: Root, plan: OpenedPlan, name: string): Scope {
  const own = root.scope();
  return { ...plan.scope, name, account: plan.scope.account ?? own.account, region: plan.scope.region ?? own.region, partition: plan.scope.region === undefined ? own.partition : plan.scope.partition };
}

/** A provider block says less than what the plan saw behind it. */
function completed(facts: ProviderFacts, plan: OpenedPlan): ProviderFacts {
  const shown = plan.factsOfProvider(facts.name);
  return { name: facts.name, account: facts.account ?? shown.account, region: facts.region ?? shown.region };
}

function joinResource(planned: PlannedResource, source: Resource): Resource {
  const { resource } = planned;
  let properties: Value | undefined;
  const { account, region } = resource;
  return {
    type: resource.type,
    address: resource.address,
    displayName: resource.displayName,
    properties: () => {
      properties ??= joinProperties(resource.properties(), source.properties());
      return properties;
    },
    origin: source.origin,
    extent: source.extent,
    ...('account' in resource || 'account' in source ? { account: account ?? source.account } : {}),
    ...('region' in resource || 'region' in source ? { region: region ?? source.region } : {}),
  };
}

/** Arguments that the plan does not have (write-only ones, provider-side nulls) are taken from the source. */
function joinProperties(planned: Value, written: Value): Value {
  const joined = joinValues(planned, written);
  if (joined.kind !== 'map' || written.kind !== 'map') return joined;
  const missing = written.entries.filter((entry) => property(joined, entry.key) === undefined);
  return missing.length === 0 ? joined : { ...joined, entries: [...joined.entries, ...missing] };
}

function joinOutputs(planned: readonly Output[], written: readonly Output[]): readonly Output[] {
  const values = new Map(planned.map((output) => [output.name, output]));
  return written.map((output) => {
    const shown = values.get(output.name);
    return {
      name: output.name,
      origin: output.origin,
      get value() {
        return shown === undefined ? output.value : joinValues(shown.value, output.value);
      },
    };
  });
}
