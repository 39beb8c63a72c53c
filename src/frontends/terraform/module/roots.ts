import type { Problem } from '../../../core/problem.ts';
import type { Origin, Source } from '../../../core/source.ts';
import type { Value } from '../../../core/value.ts';
import { mapValue } from '../values/build.ts';
import { lazyEntry } from '../values/entries.ts';
import type { Interpreter, RemoteStateConfig } from '../evaluate/interpreter.ts';
import type { Deployment, FrontendContext, Resource, Scope, SuppressionMark } from '../../frontend.ts';
import { folderOf, nameOf } from '../paths.ts';
import { attributeOf, type Expression } from '../syntax/ast.ts';
import { literalValue } from '../evaluate/evaluate.ts';
import { outputValue } from './calls.ts';
import type { ModuleDefinition } from './definition.ts';
import { type DeclaredResource, declaredResources, moduleInstances } from './enumerate.ts';
import { rootInputs, type VariableFile, variableFiles } from './inputs.ts';
import { createLoader, type ModuleLoader } from './load.ts';
import { DEFAULT_PROVIDER, findFacts, partitionOf } from './providers.ts';
import { knownEntries, readsState, type StateHome } from './remote-state.ts';
import { createInterpreter, installedModules, localFolder, type RootSettings } from './root.ts';
import { frameOf } from './variables.ts';

/** The files of a run that make up modules. */
export interface ModuleSources {
  readonly configuration: readonly Source[];
  readonly variables: readonly Source[];
  readonly manifests: readonly Source[];
}

/** A folder that is deployed: its module is called by no other of the run. */
export interface Root {
  readonly folder: string;
  readonly definition: ModuleDefinition;
  /** An interpreter for each deployment; made when first asked for. */
  readonly interpreters: () => readonly Interpreter[];
  readonly variableFiles: readonly VariableFile[];
  /** Where the root is deployed, by its first deployment. */
  readonly scope: () => Scope;
  /** An interpreter that also knows what a plan knows. */
  readonly interpret: (given: Pick<RootSettings, 'scope'> & Required<Pick<RootSettings, 'overlay' | 'providerFacts'>>) => Interpreter;
}

/** Finds the roots among the folders of a run. */
export function findRoots(sources: ModuleSources, context: FrontendContext): readonly Root[] {
  const loader = createLoader(sources.configuration, context.files);
  const roots: Root[] = [];
  const homes: { readonly home: StateHome; readonly root: Root }[] = [];
  const remoteOutputs = (config: RemoteStateConfig, at: Origin, reader: string): Value | undefined => {
    const found = homes.find(({ home }) => readsState(config, reader, home));
    const interpreter = found?.root.interpreters()[0];
    return interpreter === undefined ? undefined : outputsValue(interpreter, at);
  };
  for (const folder of rootFolders(loader, sources, context)) {
    const definition = loader.load(folder);
    if (definition === undefined) continue;
    const root = createRoot({ folder, definition, sources, context, loader, remoteOutputs });
    roots.push(root);
    for (const home of stateHomes(definition, root)) homes.push({ home, root });
  }
  return roots;
}

interface RootParts {
  readonly folder: string;
  readonly definition: ModuleDefinition;
  readonly sources: ModuleSources;
  readonly context: FrontendContext;
  readonly loader: ModuleLoader;
  readonly remoteOutputs: (config: RemoteStateConfig, at: Origin, reader: string) => Value | undefined;
}

function createRoot(parts: RootParts): Root {
  const { folder, definition, sources, context, loader } = parts;
  const files = variableFiles(folder, sources.variables.filter((source) => folderOf(source.path) === folder), context.files);
  const inputs = rootInputs(definition, files, context.settings.variables);
  const installed = installedModules(manifestOf(folder, sources, context));
  const remoteOutputs = (config: RemoteStateConfig, at: Origin): Value | undefined => parts.remoteOutputs(config, at, folder);
  const settings = { definition, inputs, loader, files: context.files, installed, remoteOutputs };
  const make = (scope: Scope, report: (problem: Problem) => void): Interpreter => createInterpreter({ ...settings, scope, report });
  const deployments = deploymentsOf(definition, context);
  let made: readonly Interpreter[] | undefined;
  return {
    folder,
    definition,
    variableFiles: files,
    interpreters: () => {
      made ??= deployments.map((deployment, index, all) => make(scopeOf(folder, deployment, all.length > 1, make), index === 0 ? context.report : ignore));
      return made;
    },
    scope: () => scopeOf(folder, deployments[0] ?? NOWHERE, false, make),
    interpret: (given) => createInterpreter({ ...settings, ...given, report: context.report }),
  };
}

const NOWHERE: Deployment = { account: undefined, region: undefined };

function ignore(): void {}

/** Configured deployments of the folder; one with nothing known when there are none. */
function deploymentsOf(definition: ModuleDefinition, context: FrontendContext): readonly Deployment[] {
  const path = definition.sources[0]?.path ?? definition.folder;
  const configured = context.settings.deploymentsOf(path);
  return configured.length === 0 ? [NOWHERE] : configured;
}

/** Where a root is deployed: as configured, else as its default provider says. */
function scopeOf(folder: string, deployment: Deployment, isOneOfMany: boolean, make: (scope: Scope, report: (problem: Problem) => void) => Interpreter): Scope {
  const base = folder === '' ? '.' : folder;
  const id = isOneOfMany ? `${base}@${deployment.account ?? '?'}/${deployment.region ?? '?'}` : base;
  const unplaced: Scope = { id, name: base, account: undefined, region: undefined, partition: 'aws' };
  const probe = make(unplaced, ignore);
  const facts = findFacts(probe.root, DEFAULT_PROVIDER, probe);
  const region = deployment.region ?? facts.region;
  return { ...unplaced, account: deployment.account ?? facts.account, region, partition: partitionOf(region) };
}

function manifestOf(folder: string, sources: ModuleSources, context: FrontendContext): Source | undefined {
  const path = `${folder === '' ? '' : `${folder}/`}.terraform/modules/modules.json`;
  const given = sources.manifests.find((source) => source.path === path);
  if (given !== undefined) return given;
  const read = context.files.read(path);
  return typeof read === 'string' ? undefined : read;
}

/**
 * Folders that nobody calls. Where folders call each other in a circle, the first of them counts as root, so that nothing is
 * left out.
 */
function rootFolders(loader: ModuleLoader, sources: ModuleSources, context: FrontendContext): readonly string[] {
  const folders = loader.folders.filter((folder) => !/(^|\/)\.terraform(\/|$)/.test(folder));
  const calls = new Map(folders.map((folder) => [folder, calledFolders(folder, loader, sources, context)]));
  const called = new Set([...calls].flatMap(([folder, targets]) => targets.filter((target) => target !== folder)));
  const roots = folders.filter((folder) => !called.has(folder));
  const reached = new Set<string>();
  const reach = (from: string): void => {
    const open = [from];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      if (reached.has(folder)) continue;
      reached.add(folder);
      open.push(...(calls.get(folder) ?? calledFolders(folder, loader, sources, context)));
    }
  };
  for (const root of roots) reach(root);
  for (const folder of folders) {
    if (reached.has(folder)) continue;
    roots.push(folder);
    reach(folder);
  }
  return roots;
}

function calledFolders(folder: string, loader: ModuleLoader, sources: ModuleSources, context: FrontendContext): readonly string[] {
  const definition = loader.load(folder);
  if (definition === undefined || definition.calls.size === 0) return [];
  const installed = installedModules(manifestOf(folder, sources, context));
  const prefix = folder === '' ? '' : `${folder}/`;
  const local = [...definition.calls.values()].flatMap((block) => {
    const source = attributeOf(block.body, 'source')?.value;
    return (source?.kind === 'literal' ? localFolder(folder, source.text) : undefined) ?? [];
  });
  return [...local, ...[...installed.values()].map((path) => `${prefix}${path}`)];
}

/** Where a root's `backend` blocks keep its state; without one, in the root's own folder. */
function stateHomes(definition: ModuleDefinition, root: Root): readonly StateHome[] {
  const blocks = definition.settings.flatMap((settings) => settings.body.blocks.filter((block) => block.type === 'backend'));
  if (blocks.length === 0) return [{ backend: 'local', config: new Map(), folder: root.folder }];
  return blocks.map((block) => {
    // Backends take no expressions, so only literals are read.
    const entries = block.body.attributes.flatMap(({ name, origin, value }) => (value.kind === 'literal' ? [{ key: name, keyOrigin: origin, value: literalValue(value) }] : []));
    const nested = block.body.blocks.flatMap((inner) => inner.body.attributes.flatMap(({ name, origin, value }) => (value.kind === 'literal' ? [{ key: `${inner.type}.${name}`, keyOrigin: origin, value: literalValue(value) }] : [])));
    return { backend: block.labels[0]?.text ?? '', config: knownEntries(mapValue([...entries, ...nested], block.extent)), folder: root.folder };
  });
}

function outputsValue(interpreter: Interpreter, at: Origin): Value {
  const { root } = interpreter;
  return mapValue([...root.definition.outputs].map(([name, block]) => lazyEntry(name, block.origin, () => outputValue(root, name, interpreter, at))), at);
}

/** What a root declares: its resources, and its variable files as variables that may hold credentials. */
export function rootResources(root: Root, interpreter: Interpreter): readonly DeclaredResource[] {
  return [...declaredResources(interpreter), ...root.variableFiles.flatMap((file) => fileResources(file, interpreter))];
}

function fileResources(file: VariableFile, interpreter: Interpreter): readonly DeclaredResource[] {
  return file.attributes.map((attribute) => {
    const address = `var.${attribute.name} (${nameOf(file.source.path)})`;
    const value = (expression: Expression): Value => interpreter.evaluate(expression, { ...frameOf(interpreter.root, interpreter), closed: true });
    const resource: Resource = {
      type: 'terraform:variable',
      address,
      displayName: address,
      properties: () => mapValue([lazyEntry('default', attribute.origin, () => value(attribute.value))], attribute.extent),
      origin: attribute.origin,
      extent: attribute.extent,
    };
    return { resource, instance: undefined };
  });
}

/** Every folder's module that a root uses, each once. */
export function usedDefinitions(interpreter: Interpreter): readonly ModuleDefinition[] {
  return [...new Set(moduleInstances(interpreter).map((module) => module.definition))];
}

/** The suppression comments of a root and its modules. */
export function rootSuppressions(interpreter: Interpreter): readonly SuppressionMark[] {
  return usedDefinitions(interpreter).flatMap((definition) => definition.suppressions);
}
