import type { Origin, Source } from '../../../core/source.ts';
import { itemsOf, property, type Value } from '../../../core/value.ts';
import type { ConstructResource } from '../assembly/open.ts';
import type { Files, Resource } from '../../frontend.ts';
import { createMatcher, type SourceMatcher } from '../match/matcher.ts';
import type { TypeScriptParser } from '../typescript/parser.ts';
import { createProject } from '../typescript/project.ts';
import { userFrames } from './frames.ts';
import { createFrameLocator, type FrameLocator } from './locate-frame.ts';
import { propertyPathAt } from './property-path.ts';

export interface PlacesInput {
  /** The folder of the app's sources. */
  readonly folder: string;
  readonly files: Files;
  readonly sources: ReadonlyMap<string, Source>;
  readonly loadParser: () => TypeScriptParser | undefined;
}

/**
 * Makes the `sourcePlace` of an assembly's resources. Order: for a statement the call that adds it; the recorded creation stack;
 * the expression that the sources make the construct with; nothing, and then the template stands. Sources are parsed on first need.
 *
 * The returned function takes a property path, or `['statement', n]` for the n-th statement of the resource's policy, and, as a second
 * argument where the caller has it, the place in the template, which says exactly which document and statement is meant.
 */
export function createPlaces(input: PlacesInput): (found: ConstructResource) => PlaceFunction {
  const locator = createFrameLocator(input.folder, input.files);
  let matcher: SourceMatcher | undefined | 'unavailable';
  const match = (): SourceMatcher | undefined => {
    if (matcher === undefined) {
      const parser = input.loadParser();
      matcher = parser === undefined ? 'unavailable' : createMatcher(createProject(input.folder, input.files, parser, input.sources));
    }
    return matcher === 'unavailable' ? undefined : matcher;
  };
  return (found) => placeFunction(found, locator, match);
}

export type PlaceFunction = (path: readonly (string | number)[], at?: Origin) => Origin | undefined;

function placeFunction(found: ConstructResource, locator: FrameLocator, match: () => SourceMatcher | undefined): PlaceFunction {
  const { resource, facts } = found;
  const known = new Map<string, Origin | undefined>();
  let read: readonly FoundDocument[] | undefined;
  const documents = (): readonly FoundDocument[] => (read ??= documentsOf(resource.properties()));
  return (path, at) => {
    const wanted = (at === undefined ? undefined : propertyPathAt(resource.extent, at)) ?? path;
    const key = wanted.join('/');
    if (!known.has(key)) known.set(key, find(wanted));
    return known.get(key);
  };

  function find(path: readonly (string | number)[]): Origin | undefined {
    const traced = locator.locate(userFrames(facts.creation));
    const part = policyPart(resource, documents, path);
    if (part === undefined) return traced ?? match()?.construct(facts.path, IMPLICIT.has(resource.type) ? (documents()[0]?.statements ?? NO_STATEMENTS) : NO_STATEMENTS);
    if (part.kind === 'attachment') return match()?.attachment(facts.path, part.name) ?? traced ?? match()?.construct(facts.path, NO_STATEMENTS);
    const { statements, index } = part;
    // A default policy comes into being with its first statement.
    if (traced !== undefined && statements.length === 1 && facts.path.endsWith('/DefaultPolicy/Resource')) return traced;
    return assignedPlace(part) ?? match()?.statement(facts.path, { statements, trust: part.property === 'AssumeRolePolicyDocument' }, index) ?? traced ?? match()?.construct(facts.path, NO_STATEMENTS);
  }

  /** In debug runs each addition to a document leaves its own stack, in order. */
  function assignedPlace(part: StatementPart): Origin | undefined {
    const additions = facts.assignments.filter((assignment) => assignment.property === part.property);
    const addition = additions.length === part.statements.length ? additions[part.index] : undefined;
    return addition === undefined ? undefined : locator.locate(userFrames(addition.frames));
  }
}

const NO_STATEMENTS: readonly Value[] = [];

interface StatementPart {
  readonly kind: 'statement';
  /** The property that holds the document. */
  readonly property: string;
  readonly statements: readonly Value[];
  readonly index: number;
}

interface AttachmentPart {
  readonly kind: 'attachment';
  readonly name: string;
}

/** Which statement, or which attached policy, a path means; `undefined` for the resource as a whole. */
function policyPart(resource: Resource, documentsOfIt: () => readonly FoundDocument[], path: readonly (string | number)[]): StatementPart | AttachmentPart | undefined {
  if (path[0] === 'ManagedPolicyArns') {
    const name = lastName(itemsOf(property(resource.properties(), 'ManagedPolicyArns'))[Number(path[1] ?? 0)], 0);
    return name === undefined ? undefined : { kind: 'attachment', name };
  }
  const documents = path.includes('Statement') || path[0] === 'statement' ? documentsOfIt() : [];
  const at = path.indexOf('Statement');
  if (at > 0) {
    const holder = path.slice(0, at).join('/');
    const document = documents.find((one) => one.path === holder);
    const index = path[at + 1];
    return document === undefined ? undefined : statementPart(document, typeof index === 'number' ? index : 0);
  }
  if (path[0] === 'statement' && typeof path[1] === 'number') {
    const index = path[1];
    const document = documents.find((one) => one.statements.length > index);
    return document === undefined ? undefined : statementPart(document, index);
  }
  return undefined;
}

/** Resources that constructs make when the first statement is added to them. */
const IMPLICIT: ReadonlySet<string> = new Set(['AWS::IAM::Policy', 'AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::SecretsManager::ResourcePolicy', 'AWS::Events::EventBusPolicy']);

interface FoundDocument {
  readonly path: string;
  readonly statements: readonly Value[];
}

function statementPart(document: FoundDocument, index: number): StatementPart | undefined {
  return document.statements[index] === undefined ? undefined : { kind: 'statement', property: document.path.split('/')[0] ?? '', statements: document.statements, index };
}

/** Policy documents among the properties: mappings with a `Statement`, at most in a list of inline policies. */
function documentsOf(properties: Value): readonly FoundDocument[] {
  const found: FoundDocument[] = [];
  const visit = (value: Value, path: readonly (string | number)[]): void => {
    if (value.kind === 'map') {
      const statement = property(value, 'Statement');
      if (statement !== undefined) found.push({ path: path.join('/'), statements: itemsOf(statement) });
      else if (path.length < 4) for (const entry of value.entries) visit(entry.value, [...path, entry.key]);
    } else if (value.kind === 'list' && path.length < 4) for (const [index, item] of value.items.entries()) visit(item, [...path, index]);
  };
  visit(properties, []);
  return found;
}

/** `AdministratorAccess` of `arn:aws:iam::aws:policy/AdministratorAccess`, whole or in parts. */
function lastName(value: Value | undefined, depth: number): string | undefined {
  if (value === undefined || depth > 4) return undefined;
  if (value.kind === 'scalar') return value.text.slice(value.text.lastIndexOf('/') + 1);
  return value.kind === 'concat' ? lastName(value.parts.at(-1), depth + 1) : undefined;
}
