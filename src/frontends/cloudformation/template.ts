import type { Problem } from '../../core/problem.ts';
import type { Origin, Source } from '../../core/source.ts';
import { knownText, property, type Value } from '../../core/value.ts';
import { child, childText, type MappingNode, type Node } from '../../parse/node.ts';
import { parseText } from '../../parse/yaml.ts';
import type { Files, Output, Resource, Scope, Template } from '../frontend.ts';
import { conditionGuard } from './conditions.ts';
import { createMemo, type TemplateContext } from './context.ts';
import { expandLoop, isLoopKey } from './foreach.ts';
import { resolvePath } from './include.ts';
import { resolve } from './resolve.ts';
import { commentSuppressions, metadataSuppressions } from './suppressions.ts';
import { generatedBy, type Transform, transformsOf } from './transforms.ts';

/** Deeper nesting of stacks than this is refused: CloudFormation itself allows far less. */
const MAX_STACK_DEPTH = 10;

export interface OpenOptions {
  readonly source: Source;
  readonly scope: Scope;
  /** Parameter values from outside. */
  readonly given: ReadonlyMap<string, Value>;
  readonly files: Files;
  readonly report: (problem: Problem) => void;
  /** Finds the template file of a nested stack where its `TemplateURL` does not name it (cloud assemblies). */
  readonly nestedPath?: (logicalId: string, resource: Node) => string | undefined;
  /** Names and places for resources that a program generated (constructs). */
  readonly describe?: (logicalId: string, resource: Node) => Pick<Resource, 'sourcePlace'> & { readonly displayName?: string };
  readonly depth?: number;
  /** The stacks above, for cycles: file paths. */
  readonly ancestors?: readonly string[];
}

/** Opens one template and the nested stacks it reaches. Parse errors are reported; the result is then empty. */
export function openTemplate(options: OpenOptions): readonly Template[] {
  const parsed = parseText(options.source);
  for (const problem of parsed.problems) options.report(problem);
  if (parsed.root?.kind !== 'mapping') return [];
  return openRoot(parsed.root, options);
}

/** The same for a template that is parsed already. */
export function openRoot(root: MappingNode, options: OpenOptions): readonly Template[] {
  const problems: Problem[] = [];
  const nested = new Map<string, readonly Template[]>();
  const transforms = transformsOf(child(root, 'Transform'));
  const context: TemplateContext = {
    source: options.source,
    scope: options.scope,
    root,
    resources: child(root, 'Resources'),
    parameters: child(root, 'Parameters'),
    mappings: child(root, 'Mappings'),
    conditions: child(root, 'Conditions'),
    given: options.given,
    bound: new Map(),
    files: options.files,
    report: (problem) => problems.push(problem),
    memo: createMemo(),
    stackOutput: (logicalId, output) => nestedOutput(logicalId, output),
    generated: generatedBy(transforms, child(root, 'Resources'), child(root, 'Globals')),
  };
  const openNested = (logicalId: string): readonly Template[] => {
    const known = nested.get(logicalId);
    if (known !== undefined) return known;
    nested.set(logicalId, []);
    const opened = openNestedStack(logicalId, context, options);
    nested.set(logicalId, opened);
    return opened;
  };
  const nestedOutput = (logicalId: string, output: string): Value | undefined => openNested(logicalId)[0]?.outputs.find((candidate) => candidate.name === output)?.value;

  const resources = readResources(context, options, transforms);
  const template: Template = {
    dialect: 'cloudformation',
    scope: options.scope,
    resources,
    outputs: readOutputs(context),
    suppressions: commentSuppressions(options.source),
    problems,
  };
  const stacks = resources.filter((resource) => resource.type === 'AWS::CloudFormation::Stack');
  return [template, ...stacks.flatMap((stack) => openNested(stack.address))];
}

function readResources(context: TemplateContext, options: OpenOptions, transforms: readonly Transform[]): readonly Resource[] {
  const resources: Resource[] = [];
  if (context.resources?.kind !== 'mapping') return resources;
  for (const { key, value } of context.resources.entries) {
    if (isLoopKey(key.text)) {
      for (const turn of expandLoop(key, value, context)) addResource(turn.key, turn.keyOrigin, turn.body, turn.context, options, resources);
    } else addResource(key.text, key, value, context, options, resources);
  }
  return transforms.reduce<readonly Resource[]>((known, transform) => transform.apply(known, context), resources);
}

function addResource(logicalId: string, keyOrigin: Origin, body: Node, context: TemplateContext, options: OpenOptions, into: Resource[]): void {
  const type = childText(body, 'Type');
  if (type === undefined) return;
  const condition = childText(body, 'Condition');
  const when = condition === undefined ? [] : conditionGuard(condition, true, context);
  if (when === undefined) return;
  const described = options.describe?.(logicalId, body);
  const path = childText(child(body, 'Metadata'), 'aws:cdk:path');
  const properties = child(body, 'Properties');
  let resolved: Value | undefined;
  into.push({
    type,
    address: logicalId,
    displayName: described?.displayName ?? path ?? logicalId,
    properties: () => {
      resolved ??= properties === undefined ? { kind: 'map', entries: [], origin: body } : resolve(properties, context);
      return resolved;
    },
    origin: { source: keyOrigin.source, start: keyOrigin.start, end: keyOrigin.end },
    extent: { source: keyOrigin.source, start: keyOrigin.start, end: Math.max(keyOrigin.end, body.end) },
    when,
    suppressions: metadataSuppressions(child(body, 'Metadata'), logicalId),
    ...(described?.sourcePlace === undefined ? {} : { sourcePlace: described.sourcePlace }),
  });
}

function readOutputs(context: TemplateContext): readonly Output[] {
  const node = child(context.root, 'Outputs');
  if (node?.kind !== 'mapping') return [];
  const outputs: Output[] = [];
  const add = (name: string, origin: Origin, body: Node, scope: TemplateContext): void => {
    const value = child(body, 'Value');
    const exportName = child(child(body, 'Export'), 'Name');
    if (value === undefined) return;
    outputs.push({ name, value: resolve(value, scope), origin, ...(exportName === undefined ? {} : { exportName: resolve(exportName, scope) }) });
  };
  for (const { key, value } of node.entries) {
    if (isLoopKey(key.text)) for (const turn of expandLoop(key, value, context)) add(turn.key, turn.keyOrigin, turn.body, turn.context);
    else add(key.text, key, value, context);
  }
  return outputs;
}

function openNestedStack(logicalId: string, context: TemplateContext, options: OpenOptions): readonly Template[] {
  const body = child(context.resources, logicalId);
  const properties = child(body, 'Properties');
  if (body === undefined || childText(body, 'Type') !== 'AWS::CloudFormation::Stack' || properties === undefined) return [];
  const url = child(properties, 'TemplateURL');
  const path = options.nestedPath?.(logicalId, body) ?? localPath(url, context);
  if (path === undefined) return [];
  const ancestors = [...(options.ancestors ?? []), options.source.path];
  if (ancestors.includes(path) || ancestors.length > MAX_STACK_DEPTH) {
    context.report({ code: 'cyclic-reference', message: `nested stack \`${logicalId}\` contains itself (\`${path}\`); it is not opened again`, origin: url ?? body });
    return [];
  }
  const source = options.files.read(path);
  if (typeof source === 'string') {
    const code = source === 'outside-root' ? 'path-outside-root' : source === 'too-large' ? 'input-too-large' : 'missing-file';
    context.report({ code, message: `the template \`${path}\` of nested stack \`${logicalId}\` cannot be read (${source})`, origin: url ?? body });
    return [];
  }
  const parameters = child(properties, 'Parameters');
  const given = parameters === undefined ? undefined : resolve(parameters, context);
  const scope: Scope = { ...context.scope, id: `${context.scope.id}/${logicalId}`, name: `${context.scope.name}/${logicalId}` };
  const { describe: _describe, ...rest } = options;
  return openTemplate({ ...rest, source, scope, given: asMap(given), depth: (options.depth ?? 0) + 1, ancestors });
}

function localPath(url: Node | undefined, context: TemplateContext): string | undefined {
  const text = url === undefined ? undefined : knownText(resolve(url, context));
  if (text === undefined || /^[a-z0-9]+:\/\//i.test(text)) return undefined;
  return resolvePath(context.source.path, text);
}

function asMap(given: Value | undefined): ReadonlyMap<string, Value> {
  if (given?.kind !== 'map') return new Map();
  return new Map(given.entries.map((entry) => [entry.key, property(given, entry.key) ?? entry.value]));
}
