import type { Problem } from '../../../core/problem.ts';
import { Source } from '../../../core/source.ts';
import type { Files, SuppressionMark } from '../../frontend.ts';
import { folderOf, isOutside, nameOf } from '../paths.ts';
import type { Attribute, Block, Body } from '../syntax/ast.ts';
import { parseHcl } from '../syntax/parse-hcl.ts';
import { parseTfJson } from '../syntax/parse-tf-json.ts';
import type { ModuleDefinition, ResourceDefinition } from './definition.ts';
import { noteSuppressions, suppressionsOf } from './suppressions.ts';

/** Gives the modules of a run by folder; each folder is read and parsed once. */
export interface ModuleLoader {
  /** The module in a folder; `undefined` when no configuration file is there. */
  readonly load: (folder: string) => ModuleDefinition | undefined;
  /** Folders that hold configuration files named to the run. */
  readonly folders: readonly string[];
}

const CONFIGURATION = /\.(tf|tofu)(\.json)?$/;

/** Makes a loader over the files of the run; folders outside it are read through `files`, as are a folder's other files. */
export function createLoader(sources: readonly Source[], files: Files): ModuleLoader {
  const given = new Map<string, Source[]>();
  for (const source of sources) {
    const folder = folderOf(source.path);
    const list = given.get(folder);
    if (list === undefined) given.set(folder, [source]);
    else list.push(source);
  }
  const memo = new Map<string, ModuleDefinition | undefined>();
  const load = (folder: string): ModuleDefinition | undefined => {
    if (memo.has(folder)) return memo.get(folder);
    const found = isOutside(folder) ? [] : completeFolder(folder, given.get(folder) ?? [], files);
    const definition = found.length === 0 ? undefined : defineModule(folder, found);
    memo.set(folder, definition);
    return definition;
  };
  return { load, folders: [...given.keys()].sort() };
}

/** A module is all files of its folder, whether or not each was named. */
function completeFolder(folder: string, given: readonly Source[], files: Files): readonly Source[] {
  const known = new Set(given.map((source) => nameOf(source.path)));
  const others = files.list(folder).filter((name) => CONFIGURATION.test(name) && !known.has(name));
  const read = others.flatMap((name) => {
    const source = files.read(folder === '' ? name : `${folder}/${name}`);
    return typeof source === 'string' ? [] : [source];
  });
  const all = [...given, ...read].sort((left, right) => (left.path < right.path ? -1 : 1));
  // Beside a `.tofu` file of the same name, OpenTofu leaves the `.tf` file alone.
  const tofu = new Set(all.filter((source) => /\.tofu(\.json)?$/.test(source.path)).map((source) => source.path.replace('.tofu', '.tf')));
  return all.filter((source) => !tofu.has(source.path));
}

interface Draft {
  readonly variables: Map<string, Block>;
  readonly locals: Map<string, Attribute>;
  readonly outputs: Map<string, Block>;
  readonly resources: Map<string, ResourceDefinition>;
  readonly calls: Map<string, Block>;
  readonly providers: Block[];
  readonly settings: Block[];
  readonly suppressions: SuppressionMark[];
  readonly problems: Problem[];
}

function defineModule(folder: string, sources: readonly Source[]): ModuleDefinition {
  const draft: Draft = {
    variables: new Map(),
    locals: new Map(),
    outputs: new Map(),
    resources: new Map(),
    calls: new Map(),
    providers: [],
    settings: [],
    suppressions: [],
    problems: [],
  };
  const overrides = sources.filter(isOverride);
  for (const source of sources) if (!overrides.includes(source)) for (const block of readFile(draft, source)) addBlock(draft, block, false);
  for (const source of overrides) for (const block of readFile(draft, source)) addBlock(draft, block, true);
  return { folder, sources, ...draft };
}

/** `override.tf` and `*_override.tf` change what the other files declare. */
function isOverride(source: Source): boolean {
  return /(^|_)override\.(tf|tofu)(\.json)?$/.test(nameOf(source.path));
}

function readFile(draft: Draft, source: Source): readonly Block[] {
  if (source.path.endsWith('.json')) {
    const { body, notes, problems } = parseTfJson(source);
    draft.problems.push(...problems);
    draft.suppressions.push(...noteSuppressions(source, notes));
    return body.blocks;
  }
  const { body, comments, problems } = parseHcl(source);
  draft.problems.push(...problems);
  draft.suppressions.push(...suppressionsOf(source, body, comments));
  return body.blocks;
}

function addBlock(draft: Draft, block: Block, overrides: boolean): void {
  const [first, second] = block.labels;
  switch (block.type) {
    case 'locals':
      for (const attribute of block.body.attributes) draft.locals.set(attribute.name, attribute);
      return;
    case 'terraform':
      draft.settings.push(block);
      return;
    case 'provider':
      addProvider(draft, block, overrides);
      return;
    case 'variable':
      if (first !== undefined) addNamed(draft.variables, first.text, block, overrides);
      return;
    case 'output':
      if (first !== undefined) addNamed(draft.outputs, first.text, block, overrides);
      return;
    case 'module':
      if (first !== undefined) addNamed(draft.calls, first.text, block, overrides);
      return;
    case 'resource':
    case 'data':
    case 'ephemeral':
      if (first !== undefined && second !== undefined) addResource(draft, block, { type: first.text, name: second.text, overrides });
      return;
    case 'check':
      // Data sources of checks are in reach of the check alone; they declare nothing.
      return;
    default:
  }
}

function addNamed(into: Map<string, Block>, name: string, block: Block, overrides: boolean): void {
  const known = into.get(name);
  into.set(name, known !== undefined && overrides ? merged(known, block) : (known ?? block));
}

function addProvider(draft: Draft, block: Block, overrides: boolean): void {
  const alias = aliasOf(block);
  const known = draft.providers.findIndex((one) => one.labels[0]?.text === block.labels[0]?.text && aliasOf(one) === alias);
  const before = draft.providers[known];
  if (before !== undefined && overrides) draft.providers[known] = merged(before, block);
  else draft.providers.push(block);
}

/** The `alias` of a provider block, when it is written out. */
export function aliasOf(block: Block): string | undefined {
  const alias = block.body.attributes.find((attribute) => attribute.name === 'alias')?.value;
  return alias?.kind === 'literal' ? alias.text : undefined;
}

interface Named {
  readonly type: string;
  readonly name: string;
  readonly overrides: boolean;
}

function addResource(draft: Draft, block: Block, { type, name, overrides }: Named): void {
  const mode = block.type === 'resource' ? 'managed' : 'data';
  const id = mode === 'data' ? `${block.type}.${type}.${name}` : `${type}.${name}`;
  const known = draft.resources.get(id);
  if (known === undefined) draft.resources.set(id, { mode, type, name, id, block });
  else if (overrides) draft.resources.set(id, { ...known, block: merged(known.block, block) });
  else {
    const message = `\`${id}\` is declared twice; the first one is used`;
    draft.problems.push({ code: 'duplicate-key', message, origin: block.labels[1]?.origin ?? block.origin });
  }
}

/** An override replaces arguments one by one, and nested blocks by type. */
function merged(base: Block, change: Block): Block {
  const names = new Set(change.body.attributes.map((attribute) => attribute.name));
  const types = new Set(change.body.blocks.map(nestedType));
  const body: Body = {
    attributes: [...base.body.attributes.filter((attribute) => !names.has(attribute.name)), ...change.body.attributes],
    blocks: [...base.body.blocks.filter((block) => !types.has(nestedType(block))), ...change.body.blocks],
  };
  return { ...base, body };
}

function nestedType(block: Block): string {
  return block.type === 'dynamic' ? (block.labels[0]?.text ?? '') : block.type;
}
