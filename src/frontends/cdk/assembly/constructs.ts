import { entriesOf, field, itemsIn, textField, textsIn } from '../json.ts';

/** What the assembly says of one construct: its path and where the program made it. */
export interface ConstructFacts {
  /** Without a leading slash, e.g. `Dev/App/Role/Resource`. */
  readonly path: string;
  /** The stack frames of its creation, innermost first, as written; empty when none were recorded. */
  readonly creation: readonly string[];
  /** Frames of later assignments, by CloudFormation property. */
  readonly assignments: readonly PropertyAssignment[];
}

export interface PropertyAssignment {
  readonly property: string;
  readonly frames: readonly string[];
}

/** A rule that the program acknowledged for a construct and everything below it. */
export interface Acknowledgement {
  readonly path: string;
  readonly id: string;
  readonly reason: string;
}

/** The constructs of one stack and of the stacks nested in it. */
export interface StackConstructs {
  /** By template (the chain of nested-stack logical ids, '' for the stack itself, `/A/B` for nested ones), then by logical id. */
  readonly byTemplate: ReadonlyMap<string, ReadonlyMap<string, ConstructFacts>>;
  /** Template file names of nested stacks, by chain, where the metadata says. */
  readonly nestedFiles: ReadonlyMap<string, string>;
  readonly acknowledgements: readonly Acknowledgement[];
}

export const NO_CONSTRUCTS: StackConstructs = { byTemplate: new Map(), nestedFiles: new Map(), acknowledgements: [] };

/**
 * Reads the metadata of a stack's constructs (`*.metadata.json`, or `metadata` inside older manifests): construct path to entries.
 * Logical ids are unique per template only; a construct belongs to the nearest nested stack above it, which is known by the
 * resource `X.NestedStack/X.NestedStackResource` that the CDK makes beside the nested stack `X`.
 */
export function readConstructs(metadata: unknown): StackConstructs {
  const read = entriesOf(metadata).map(([path, entries]) => readConstruct(path.replace(/^\//, ''), itemsIn(entries)));
  const chains = nestedChains(read);
  const byTemplate = new Map<string, Map<string, ConstructFacts>>();
  const nestedFiles = new Map<string, string>();
  const acknowledgements: Acknowledgement[] = [];
  for (const construct of read) {
    const own = chains.get(construct.facts.path);
    if (own !== undefined && construct.templateFile !== undefined) nestedFiles.set(own, construct.templateFile);
    for (const { id, reason } of construct.acknowledged) acknowledgements.push({ path: construct.facts.path, id, reason });
    if (construct.logicalId === undefined) continue;
    const chain = chainOf(construct.facts.path, chains);
    const template = byTemplate.get(chain) ?? new Map<string, ConstructFacts>();
    template.set(construct.logicalId, construct.facts);
    byTemplate.set(chain, template);
  }
  return { byTemplate, nestedFiles, acknowledgements };
}

interface ReadConstruct {
  readonly facts: ConstructFacts;
  readonly logicalId: string | undefined;
  readonly templateFile: string | undefined;
  readonly acknowledged: readonly { readonly id: string; readonly reason: string }[];
}

function readConstruct(path: string, entries: readonly unknown[]): ReadConstruct {
  let logicalId: string | undefined;
  let templateFile: string | undefined;
  let creation: readonly string[] = [];
  let trace: readonly string[] = [];
  const assignments: PropertyAssignment[] = [];
  const acknowledged: { id: string; reason: string }[] = [];
  for (const entry of entries) {
    const data = field(entry, 'data');
    switch (textField(entry, 'type')) {
      case 'aws:cdk:logicalId':
        logicalId = typeof data === 'string' ? data : logicalId;
        // Before creation stacks were recorded, a debug run kept the trace of this entry itself.
        trace = textsIn(field(entry, 'trace'));
        break;
      case 'aws:cdk:creationStack':
        creation = textsIn(data);
        break;
      case 'aws:cdk:templateFile':
        templateFile = typeof data === 'string' ? data : templateFile;
        break;
      case 'aws:cdk:propertyAssignment':
        assignments.push({ property: textField(data, 'propertyName') ?? '', frames: textsIn(field(data, 'stackTrace')) });
        break;
      case 'aws:cdk:acknowledged-rules':
        for (const [id, reason] of entriesOf(data)) acknowledged.push({ id, reason: typeof reason === 'string' ? reason : '' });
        break;
      default:
    }
  }
  return { facts: { path, creation: creation.length > 0 ? creation : trace, assignments }, logicalId, templateFile, acknowledged };
}

/** Construct paths of nested stacks, with the chain of logical ids that leads to each. */
function nestedChains(constructs: readonly ReadConstruct[]): ReadonlyMap<string, string> {
  const logicalIds = new Map<string, string>();
  for (const { facts, logicalId } of constructs) {
    const nested = nestedStackOf(facts.path);
    if (nested !== undefined && logicalId !== undefined) logicalIds.set(nested, logicalId);
  }
  const chains = new Map<string, string>();
  const byDepth = [...logicalIds].sort(([left], [right]) => left.length - right.length);
  for (const [path, logicalId] of byDepth) chains.set(path, `${chainOf(path, chains)}/${logicalId}`);
  return chains;
}

/** `Dev/App/Nested.NestedStack/Nested.NestedStackResource` stands for the nested stack `Dev/App/Nested`. */
export function nestedStackOf(path: string): string | undefined {
  const [resource, holder] = path.split('/').slice(-2).reverse();
  const name = resource?.endsWith('.NestedStackResource') === true ? resource.slice(0, -'.NestedStackResource'.length) : undefined;
  if (name === undefined || holder !== `${name}.NestedStack`) return undefined;
  return path.slice(0, path.length - `.NestedStack/${name}.NestedStackResource`.length);
}

/** The chain of the nearest nested stack strictly above a path; '' in the stack itself. */
function chainOf(path: string, chains: ReadonlyMap<string, string>): string {
  if (chains.size === 0) return '';
  for (let above = path.lastIndexOf('/'); above > 0; above = path.lastIndexOf('/', above - 1)) {
    const chain = chains.get(path.slice(0, above));
    if (chain !== undefined) return chain;
  }
  return '';
}
