import type { Problem } from '../../../core/problem.ts';
import type { Source } from '../../../core/source.ts';
import { textValue } from '../../../core/value.ts';
import { partitionOf } from '../../cloudformation/index.ts';
import { openTemplate } from '../../cloudformation/template.ts';
import type { Deployment, Files, FrontendContext, Resource, Scope, SuppressionMark, Template } from '../../frontend.ts';
import { parseJson } from '../json.ts';
import { acknowledgedMarks } from './acknowledged.ts';
import { bootstrapRoles } from './bootstrap.ts';
import { NO_CONSTRUCTS, readConstructs, type ConstructFacts, type StackConstructs } from './constructs.ts';
import { type Manifest, readManifest, type StackArtifact } from './manifest.ts';
import { nestedPathFinder } from './nested.ts';
import { type ConstructTree, metadataOf, readTree } from './tree.ts';

/** Stages nest a level or two; deeper is a manifest that names itself by another path. */
const MAX_ASSEMBLY_DEPTH = 10;
/** Stacks of one assembly, nested assemblies included; beyond it the rest is not opened. */
const MAX_STACKS = 5_000;

/** A resource of an assembly with what the construct tree knows of it. */
export interface ConstructResource {
  readonly resource: Resource;
  readonly facts: ConstructFacts;
  readonly stack: StackArtifact;
}

export interface AssemblyInput {
  readonly manifest: Source;
  readonly context: FrontendContext;
  /** Better places than the template's, for the resources of this assembly. */
  readonly placeOf: (found: ConstructResource) => Resource['sourcePlace'];
}

/** Opens the stacks of an assembly and of those nested in it, one after the other. */
export function* openAssembly(input: AssemblyInput): Iterable<Template> {
  const progress: Progress = { manifests: new Set(), stacks: 0, treePath: undefined, tree: undefined };
  yield* openLevel(input, input.manifest, 0, progress);
}

interface Progress {
  readonly manifests: Set<string>;
  stacks: number;
  treePath: string | undefined;
  /** Read when first needed. */
  tree: ConstructTree | undefined;
}

function* openLevel(input: AssemblyInput, source: Source, depth: number, progress: Progress): Iterable<Template> {
  const { context } = input;
  progress.manifests.add(source.path);
  const manifest = readManifest(source, context.report);
  if (manifest === undefined) return;
  progress.treePath ??= manifest.treePath;
  const templates = new Set<string>();
  for (const stack of manifest.stacks) {
    if (progress.stacks >= MAX_STACKS) {
      context.report({ code: 'bound-reached', message: `the assembly has more than ${MAX_STACKS} stacks; the rest is not read`, origin: stack.origin });
      return;
    }
    progress.stacks += 1;
    yield* openStack(stack, manifest, { input, opened: templates, progress });
  }
  reportLeftovers(manifest, templates, context);
  for (const nested of manifest.nested) {
    if (progress.manifests.has(nested.manifestPath) || depth >= MAX_ASSEMBLY_DEPTH) {
      context.report({ code: 'cyclic-reference', message: `the nested assembly \`${nested.manifestPath}\` contains itself; it is not opened again`, origin: nested.origin });
      continue;
    }
    const inner = readNamed(nested.manifestPath, 'manifest of a nested assembly', nested.origin, context);
    if (inner !== undefined) yield* openLevel(input, inner, depth + 1, progress);
  }
}

interface StackInput {
  readonly input: AssemblyInput;
  readonly opened: Set<string>;
  readonly progress: Progress;
}

function* openStack(stack: StackArtifact, manifest: Manifest, { input, opened, progress }: StackInput): Iterable<Template> {
  const { context } = input;
  const source = readNamed(stack.templatePath, `template of stack \`${stack.id}\``, stack.origin, context);
  if (source === undefined) return;
  const constructs = constructsOf(stack, context, progress);
  const assets = stack.assetsPath === undefined ? undefined : readOptional(stack.assetsPath, context.files);
  const files: Files = { list: context.files.list, read: (path) => (opened.add(path), context.files.read(path)) };
  const again = opened.has(stack.templatePath);
  opened.add(stack.templatePath);
  for (const deployment of deploymentsOf(stack, manifest, context)) {
    const scope = scopeOf(stack, deployment, again);
    const nestedPath = nestedPathFinder({ folder: manifest.folder, templatePath: stack.templatePath, assets, constructs });
    const given = new Map([...context.settings.parametersOf(stack.templatePath)].map(([name, text]) => [name, textValue(text, stack.origin)]));
    const templates = openTemplate({ source, scope, given, files, report: context.report, nestedPath });
    for (const [index, template] of templates.entries()) yield describe(template, index === 0, { stack, scope, constructs, input });
  }
}

/** `again`: the same file is deployed as two stacks, whose resources are two sets. */
function scopeOf(stack: StackArtifact, deployment: Deployment, again: boolean): Scope {
  const { account, region } = deployment;
  const known = stack.environment.account !== undefined || account === undefined;
  const deployed = known ? '' : `@${account}${region === undefined ? '' : `/${region}`}`;
  return { id: `${stack.templatePath}${again ? `:${stack.id}` : ''}${deployed}`, name: stack.stackName, account, region, partition: partitionOf(region) };
}

/** Where a stack goes: as its environment says; what that leaves open, configuration decides, for the template or for the assembly. */
function deploymentsOf(stack: StackArtifact, manifest: Manifest, context: FrontendContext): readonly Deployment[] {
  const { account, region } = stack.environment;
  if (account !== undefined && region !== undefined) return [{ account, region }];
  const ofTemplate = context.settings.deploymentsOf(stack.templatePath);
  const configured = ofTemplate.length > 0 ? ofTemplate : context.settings.deploymentsOf(manifest.source.path);
  const fitting = configured.filter((one) => account === undefined || one.account === undefined || one.account === account);
  const merged = fitting.map((one) => ({ account: account ?? one.account, region: region ?? one.region }));
  const distinct = merged.filter((one, index) => merged.findIndex((other) => other.account === one.account && other.region === one.region) === index);
  return distinct.length === 0 ? [{ account, region }] : distinct;
}

interface StackOpening {
  readonly stack: StackArtifact;
  readonly scope: Scope;
  readonly constructs: StackConstructs;
  readonly input: AssemblyInput;
}

/** Gives the resources of an opened template their construct paths, places, and acknowledged rules. */
function describe(template: Template, isStack: boolean, opening: StackOpening): Template {
  const { stack, scope, constructs, input } = opening;
  const known = constructs.byTemplate.get(template.scope.id.slice(scope.id.length));
  const resources = template.resources.map((resource): Resource => {
    const facts = known?.get(resource.address) ?? factsFromPath(resource);
    if (facts === undefined) return resource;
    const sourcePlace = input.placeOf({ resource, facts, stack });
    const acknowledged: readonly SuppressionMark[] = acknowledgedMarks(resource, facts.path, constructs.acknowledgements);
    return {
      ...resource,
      displayName: facts.path,
      ...(sourcePlace === undefined ? {} : { sourcePlace }),
      ...(acknowledged.length === 0 ? {} : { suppressions: [...(resource.suppressions ?? []), ...acknowledged] }),
    };
  });
  return { ...template, resources: isStack ? [...resources, ...bootstrapRoles(stack, scope)] : resources };
}

/** The `aws:cdk:path` that the CLI leaves in a template, which `openTemplate` took as the display name. */
function factsFromPath(resource: Resource): ConstructFacts | undefined {
  return resource.displayName.includes('/') ? { path: resource.displayName, creation: [], assignments: [] } : undefined;
}

function constructsOf(stack: StackArtifact, context: FrontendContext, progress: Progress): StackConstructs {
  if (stack.metadataPath === undefined) return stack.metadata === undefined ? NO_CONSTRUCTS : readConstructs(stack.metadata);
  const read = context.files.read(stack.metadataPath);
  if (read === 'missing') {
    const fromTree = readConstructs(metadataOf(treeOf(progress, context), stack.displayName));
    if (fromTree.byTemplate.size > 0) return fromTree;
  }
  const source = typeof read === 'string' ? readNamed(stack.metadataPath, `metadata of stack \`${stack.id}\``, stack.origin, context) : read;
  if (source === undefined) return NO_CONSTRUCTS;
  const parsed = parseJson(source.text);
  if (parsed === undefined) context.report({ code: 'unreadable-input', message: 'the metadata of the stack is not readable as JSON; names and places of its constructs are missing', origin: { source, start: 0, end: 0 } });
  return readConstructs(parsed);
}

function treeOf(progress: Progress, context: FrontendContext): ConstructTree {
  const source = progress.treePath === undefined ? undefined : readOptional(progress.treePath, context.files);
  progress.tree ??= source === undefined ? [] : readTree(source.text);
  return progress.tree;
}

/** Templates that lie beside those of the manifest but that no stack of it reaches: mostly an earlier synthesis left them. They are not deployed. */
function reportLeftovers(manifest: Manifest, opened: ReadonlySet<string>, context: FrontendContext): void {
  for (const name of context.files.list(manifest.folder)) {
    const path = manifest.folder === '' ? name : `${manifest.folder}/${name}`;
    if (!/\.template\.(json|ya?ml)$/.test(name) || opened.has(path)) continue;
    context.report({ code: 'unsupported-construct', message: `\`${name}\` is reached from no stack of this assembly: it is left over from an earlier synthesis, or its stack could not be read; it is not judged`, origin: { source: manifest.source, start: 0, end: 0 } });
  }
}

function readNamed(path: string, what: string, origin: Problem['origin'], context: FrontendContext): Source | undefined {
  const read = context.files.read(path);
  if (typeof read !== 'string') return read;
  const code = read === 'outside-root' ? 'path-outside-root' : read === 'too-large' ? 'input-too-large' : 'missing-file';
  context.report({ code, message: `the ${what}, \`${path}\`, cannot be read (${read})`, origin });
  return undefined;
}

/** A file whose absence is no fault: apps without assets have no asset manifest. */
export function readOptional(path: string, files: Files): Source | undefined {
  const read = files.read(path);
  return typeof read === 'string' ? undefined : read;
}
