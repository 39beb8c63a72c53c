import { ALWAYS, both, type Guard } from '../../core/guard.ts';
import type { Problem } from '../../core/problem.ts';
import type { Origin } from '../../core/source.ts';
import type { Value } from '../../core/value.ts';
import { child, childText, type MappingNode, type Node } from '../../parse/node.ts';
import { parseText } from '../../parse/yaml.ts';
import type { Output, Resource, Template } from '../frontend.ts';
import { conditionGuard } from './conditions.ts';
import { createMemo, type RawResource, resolve, type Stack, type TemplateContext } from './context.ts';
import { unroll } from './foreach.ts';
import { loopName } from './loop-names.ts';
import { nestedStacks, stackSetTemplates } from './nested.ts';
import { pseudoResources } from './pseudo-resources.ts';
import { resolveNode } from './resolve.ts';
import { emptySections, includeSections, readResources, readSections, sectionEntries } from './sections.ts';
import { createFamily, type OpenOptions } from './stacks.ts';
import { commentSuppressions, metadataSuppressions, suppressionsOfOwner } from './suppressions.ts';
import { applyTransforms } from './transforms.ts';

export type { OpenOptions } from './stacks.ts';

/** Opens one template and the nested stacks it reaches. Parse errors are reported; the result is then empty. */
export function openTemplate(options: OpenOptions): readonly Template[] {
  const family = options.family ?? createFamily();
  const known = family.parsed.get(options.source.path);
  const parsed = known ?? parseText(options.source);
  if (known === undefined) {
    family.parsed.set(options.source.path, parsed);
    for (const problem of parsed.problems) options.report(problem);
  }
  return parsed.root?.kind === 'mapping' ? openRoot(parsed.root, { ...options, family }) : [];
}

/** The same for a template that is parsed already. */
export function openRoot(written: MappingNode, options: OpenOptions): readonly Template[] {
  const problems: Problem[] = [];
  const { context, nested } = createContext(options, problems);
  const root = includeSections(written, context);
  readSections(root, context);
  const { sections } = context.stack;
  const resources = readResources(root, context);
  for (const resource of resources) sections.resources.set(resource.logicalId, resource);
  const expanded = applyTransforms(resources, root, context);
  if (expanded !== resources) {
    sections.resources.clear();
    for (const resource of expanded) sections.resources.set(resource.logicalId, resource);
  }
  const outputs = readOutputs(root, context);
  const template: Template = {
    dialect: 'cloudformation',
    scope: options.scope,
    resources: [...[...sections.resources.values()].flatMap((resource) => toResource(resource, options)), ...pseudoResources(root, outputs, context)],
    outputs,
    suppressions: commentsOf(options),
    problems,
  };
  return [template, ...nested()];
}

function commentsOf({ source, family }: OpenOptions): Template['suppressions'] {
  if (family?.commented.has(source.path) === true) return [];
  family?.commented.add(source.path);
  return commentSuppressions(source);
}

function createContext(options: OpenOptions, problems: Problem[]): { readonly context: TemplateContext; readonly nested: () => readonly Template[] } {
  const stack: Stack = {
    source: options.source,
    scope: options.scope,
    sections: emptySections(),
    given: options.given,
    givenOpenly: options.givenOpenly ?? new Map(),
    files: options.files,
    report: (problem) => void problems.push(problem),
    memo: createMemo(),
    nestedOutput: (logicalId, name) => opener.open(logicalId)[0]?.outputs.find((output) => output.name === name)?.value,
    resolver: resolveNode,
  };
  const context: TemplateContext = { stack, loops: new Map(), assumed: options.when ?? ALWAYS, fan: 1, symbolic: false };
  const opener = nestedStacks(context, options, { open: openTemplate, openRoot });
  return { context, nested: () => [...stack.sections.resources.values()].flatMap((resource) => [...opener.open(resource.logicalId), ...stackSetTemplates(resource, options, { open: openTemplate, openRoot })]) };
}

/** One resource, unless its condition can never hold. */
function toResource(raw: RawResource, options: OpenOptions): readonly Resource[] {
  const { logicalId, type, origin, body } = raw;
  const when = guardOf(raw, options.when ?? ALWAYS);
  if (when === undefined) return [];
  const context = when.length === 0 ? raw.context : { ...raw.context, assumed: when };
  const written = raw.owner ?? raw;
  const path = raw.owner === undefined ? childText(child(body, 'Metadata'), 'aws:cdk:path') : undefined;
  const properties = child(body, 'Properties');
  if (properties !== undefined && !canHoldProperties(properties)) context.stack.report({ code: 'unsupported-construct', message: `\`Properties\` of \`${logicalId}\` must be a mapping`, origin: properties });
  let resolved: Value | undefined;
  const resource: Resource = {
    type,
    address: logicalId,
    displayName: path ?? logicalId,
    properties: () => {
      resolved ??= properties === undefined ? { kind: 'map', entries: [], origin: body } : resolve(properties, context);
      return resolved;
    },
    origin,
    extent: extentOf(written),
    when,
    suppressions: raw.owner === undefined ? metadataSuppressions(child(body, 'Metadata'), logicalId) : suppressionsOfOwner(written, logicalId),
  };
  return [resource];
}

function guardOf(raw: RawResource, outer: Guard): Guard | undefined {
  const condition = childText(raw.body, 'Condition');
  if (condition === undefined) return outer;
  const own = conditionGuard(loopName(condition, raw.context.loops), true, raw.context);
  return own === undefined ? undefined : both(outer, own);
}

function canHoldProperties(node: Node): boolean {
  return node.kind === 'mapping' || node.tag !== '' || (node.kind === 'scalar' && node.style === 'plain' && ['', 'null', '~'].includes(node.text));
}

function extentOf(resource: RawResource): Origin {
  const { origin, body } = resource;
  return { source: origin.source, start: origin.start, end: body.source === origin.source ? Math.max(origin.end, body.end) : origin.end };
}

function readOutputs(root: MappingNode, context: TemplateContext): readonly Output[] {
  return unroll(sectionEntries(root, 'Outputs', context), context).flatMap((turn) => {
    const value = child(turn.body, 'Value');
    const exportName = child(child(turn.body, 'Export'), 'Name');
    const condition = childText(turn.body, 'Condition');
    const when = condition === undefined ? ALWAYS : conditionGuard(loopName(condition, turn.context.loops), true, turn.context);
    if (value === undefined || when === undefined) return [];
    const inner = { ...turn.context, assumed: both(turn.context.assumed, when) ?? turn.context.assumed };
    const origin: Origin = { source: turn.keyOrigin.source, start: turn.keyOrigin.start, end: turn.keyOrigin.end };
    return [{ name: turn.key, value: resolve(value, inner), origin, ...(exportName === undefined ? {} : { exportName: resolve(exportName, inner) }) }];
  });
}
