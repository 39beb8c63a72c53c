import { type Origin, type Source, wholeSource } from '../../../core/source.ts';
import type { MappingEntry, Value } from '../../../core/value.ts';
import { parseIgnoreComments } from '../../comments.ts';
import { partitionOf } from '../../cloudformation/index.ts';
import type { Deployment, Frontend, FrontendContext, Resource, Template } from '../../frontend.ts';
import { createHolderReader } from '../match/holders.ts';
import { parseFile, type TypeScriptFile } from '../typescript/file-facts.ts';
import { type FoldContext, originOf } from '../typescript/fold-context.ts';
import type { TypeScriptParser } from '../typescript/parser.ts';
import { createProject } from '../typescript/project.ts';
import { collectAdditions, type EntityAdditions, type LooseAddition } from './additions.ts';
import { createEntityReader, type Entity, type EntityReader } from './entities.ts';
import { credentialLiterals } from './literals.ts';
import { looseResource } from './loose.ts';
import { propertiesOf } from './resources.ts';
import { createSpecial } from './special.ts';
import { isStatement, readStatement } from './statements.ts';
import { statementResource } from './unattached.ts';
import { entry, mapping } from './values.ts';

/** Folding steps of one file; code that builds policies by arithmetic is not followed to its end. */
const FOLD_STEPS = 200_000;

export interface CdkSourceParts {
  readonly loadParser: () => TypeScriptParser | undefined;
}

/**
 * Reads TypeScript of CDK apps for what needs no synthesis: policy statements and documents, principals, users, access keys, roles,
 * attached managed policies, and credentials in string literals. What only runs is unknown.
 * Yields `feature-unavailable` once when no parser is installed, and `unreadable-input` for files that do not parse.
 */
export function createCdkSource(parts: CdkSourceParts): Frontend {
  return {
    name: 'cdk-source',
    *open(sources: readonly Source[], context: FrontendContext): Iterable<Template> {
      const [first] = sources;
      if (first === undefined) return;
      const parser = parts.loadParser();
      if (parser === undefined) {
        context.report({ code: 'feature-unavailable', message: `${sources.length} CDK source file${sources.length === 1 ? ' is' : 's are'} not judged: that needs \`@typescript-eslint/typescript-estree\` and \`typescript\` installed, or the synthesized assembly`, origin: wholeSource(first) });
        return;
      }
      yield* openSources(sources, parser, context);
    },
  };
}

interface Reading {
  readonly parser: TypeScriptParser;
  readonly entities: EntityReader;
  readonly additions: Map<Entity, EntityAdditions>;
  readonly contextOf: (file: TypeScriptFile) => FoldContext;
  readonly seen: Set<unknown>;
}

function* openSources(sources: readonly Source[], parser: TypeScriptParser, context: FrontendContext): Iterable<Template> {
  const known = new Map(sources.map((source) => [source.path, source]));
  const project = createProject('', context.files, parser, known, [...known.keys()]);
  const holders = createHolderReader(project);
  const entities = createEntityReader(project, holders);
  const seen = new Set<Parameters<typeof isStatement>[0]>();
  const special = createSpecial(entities, seen);
  const budgets = new Map<TypeScriptFile, { left: number }>();
  const contextOf = (file: TypeScriptFile): FoldContext => {
    const budget = budgets.get(file) ?? { left: FOLD_STEPS };
    budgets.set(file, budget);
    return { file, project, scopeId: file.source.path, bound: new Map(), depth: 0, budget, special, givenFor: holders.callsOf };
  };
  const reading: Reading = { parser, entities, additions: new Map(), contextOf, seen };
  const files: TypeScriptFile[] = [];
  for (const source of sources) {
    const file = project.file(source.path);
    if (file !== undefined) files.push(file);
    else reportUnread(source, parser, context);
  }
  // Calls of one file may add to what another one makes, so all are heard before any resource is shown.
  const loose = new Map(files.map((file) => [file, collectAdditions(file, entities, contextOf(file), reading.additions)]));
  for (const file of files) yield* deployed(file, resourcesOf(file, loose.get(file) ?? [], reading), context);
}

function reportUnread(source: Source, parser: TypeScriptParser, context: FrontendContext): void {
  const fault = parseFile(source, parser);
  if ('program' in fault) context.report({ code: 'bound-reached', message: 'the file is beyond the bounds on CDK sources (number, size) and is not read', origin: wholeSource(source) });
  else context.report({ code: 'unreadable-input', message: fault.message, origin: { source, start: fault.offset, end: Math.min(fault.offset + 1, source.text.length) } });
}

/** The same resources once per deployment that the configuration knows. */
function* deployed(file: TypeScriptFile, resources: readonly Resource[], context: FrontendContext): Iterable<Template> {
  const { source } = file;
  if (resources.length === 0) return;
  const configured = context.settings.deploymentsOf(source.path);
  const deployments: readonly Deployment[] = configured.length > 0 ? configured : [{ account: undefined, region: undefined }];
  // References and unknowns name the file itself as their scope, which only one deployment can be.
  const deployment = deployments.length === 1 ? deployments[0] : undefined;
  const { account, region } = deployment ?? { account: undefined, region: undefined };
  yield {
    dialect: 'cdk-source',
    scope: { id: source.path, name: source.path, account, region, partition: partitionOf(region) },
    resources,
    outputs: [],
    suppressions: parseIgnoreComments(source),
    problems: [],
  };
}

function resourcesOf(file: TypeScriptFile, loose: readonly LooseAddition[], reading: Reading): readonly Resource[] {
  const context = reading.contextOf(file);
  const resources = reading.entities.entitiesIn(file).map((entity) => entityResource(entity, reading, context));
  for (const addition of loose) resources.push(looseResource(addition, reading.entities, context));
  for (const node of [...file.news, ...file.calls]) {
    if (!isStatement(node, context) || reading.seen.has(node)) continue;
    const statement = readStatement(node, context);
    if (statement !== undefined) resources.push(statementResource(statement, file));
  }
  for (const { value, name } of credentialLiterals(file, reading.parser)) {
    const entries: MappingEntry[] = [entry('value', value), ...(name === '' ? [] : [entry('name', { ...value, text: name })])];
    resources.push(resource({ type: 'typescript:literal', address: name === '' ? 'literal' : name, properties: mapping(entries, value.origin), origin: value.origin, extent: value.origin }));
  }
  return distinct(resources);
}

function entityResource(entity: Entity, reading: Reading, context: FoldContext): Resource {
  const additions = reading.additions.get(entity);
  const base = propertiesOf(entity, additions ?? { trust: [], document: [], managedPolicies: [] }, reading.entities, context);
  const properties = additions === undefined || base.kind !== 'map' ? base : { ...base, entries: [...base.entries, ...attachments(additions, base.entries, base.origin)] };
  const callee = originOf(entity.node.callee, entity.file);
  return resource({ type: entity.type, address: entity.address, properties, origin: { source: callee.source, start: entity.node.range[0], end: callee.end }, extent: originOf(entity.node, entity.file) });
}

function attachments(additions: EntityAdditions, known: readonly MappingEntry[], origin: Origin): readonly MappingEntry[] {
  return (['Roles', 'Users', 'Groups'] as const).flatMap((key) => {
    const names = additions.attached.filter((one) => one.key === key).map((one) => one.name);
    return names.length === 0 || known.some((one) => one.key === key) ? [] : [entry(key, { kind: 'list', items: names, origin })];
  });
}

interface Made {
  readonly type: string;
  readonly address: string;
  readonly properties: Value;
  readonly origin: Origin;
  readonly extent: Origin;
}

function resource({ type, address, properties, origin, extent }: Made): Resource {
  return { type, address, displayName: address, properties: () => properties, origin, extent };
}

/** Addresses must be unique in a scope; entities come first and keep theirs, because references name them. */
function distinct(resources: readonly Resource[]): readonly Resource[] {
  const taken = new Set<string>();
  return resources.map((one) => {
    let address = one.address;
    for (let count = 2; taken.has(address); count += 1) address = `${one.address}#${count}`;
    taken.add(address);
    return address === one.address ? one : { ...one, address };
  });
}
