import type { Mapping, MappingEntry, Value } from '../../../core/value.ts';
import { lastWord, unwrap } from '../typescript/file-facts.ts';
import { fold } from '../typescript/fold.ts';
import { type FoldContext, originOf, unknownAt } from '../typescript/fold-context.ts';
import type { Entity, EntityReader } from './entities.ts';
import { referenceTo } from './entities.ts';
import { condition, mergeConditions, principalElement, readPrincipals } from './principals.ts';
import { documentOf, withStatements } from './special.ts';
import { entry, followName, mapping, text, type WrittenObject, type WrittenProperty, writtenObject } from './values.ts';

/** What calls elsewhere add to an entity: statements to its own document, managed policies. */
export interface Additions {
  readonly trust: readonly Value[];
  readonly document: readonly Value[];
  readonly managedPolicies: readonly Value[];
}

export const NO_ADDITIONS: Additions = { trust: [], document: [], managedPolicies: [] };

/** The properties of the resource that an entity becomes, in CloudFormation's spelling. */
export function propertiesOf(entity: Entity, additions: Additions, entities: EntityReader, context: FoldContext): Value {
  const origin = originOf(entity.node, entity.file);
  const written = writtenObject(entity.props, context);
  if (entity.className.startsWith('Cfn')) return ownLevel(entity, written, context);
  const making: Making = { entity, written: written ?? { properties: new Map(), open: true }, additions, entities, context };
  const entries = (MAKERS.get(entity.className) ?? (() => []))(making);
  return mapping([...entries, ...plain(making)], origin);
}

interface Making {
  readonly entity: Entity;
  readonly written: WrittenObject;
  readonly additions: Additions;
  readonly entities: EntityReader;
  readonly context: FoldContext;
}

type Maker = (making: Making) => readonly MappingEntry[];

/** Properties that only change their name. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ['roleName', 'RoleName'], ['userName', 'UserName'], ['groupName', 'GroupName'], ['policyName', 'PolicyName'], ['managedPolicyName', 'ManagedPolicyName'], ['path', 'Path'],
  ['permissionsBoundary', 'PermissionsBoundary'], ['url', 'Url'], ['clientIds', 'ClientIdList'], ['thumbprints', 'ThumbprintList'],
]);

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['Role', (making) => [...trustPolicy(making), ...inlinePolicies(making), ...managedPolicies(making)]],
  ['User', (making) => [...managedPolicies(making), ...references(making, 'groups', 'Groups')]],
  ['Group', managedPolicies],
  ['Policy', (making) => [...policyDocument(making), ...targets(making)]],
  ['ManagedPolicy', (making) => [...policyDocument(making), ...targets(making)]],
  ['AccessKey', accessKey],
]);

function plain({ written, context }: Making): readonly MappingEntry[] {
  return [...PLAIN].flatMap(([property, key]) => {
    const one = written.properties.get(property);
    return one === undefined ? [] : [entry(key, valueOf(one, context), one.keyOrigin)];
  });
}

function valueOf(written: WrittenProperty, context: FoldContext): Value {
  return fold(written.node, { ...context, file: written.file });
}

/** One statement per principal of `assumedBy`, limited by `externalIds`. Source: aws-cdk-lib, aws-iam `role.ts`. */
function trustPolicy({ entity, written, additions, context }: Making): readonly MappingEntry[] {
  const origin = originOf(entity.node, entity.file);
  const assumedBy = written.properties.get('assumedBy');
  if (assumedBy === undefined) return [entry('AssumeRolePolicyDocument', { ...unknownAt(entity.props ?? entity.node, context, 'variable-without-value'), shape: 'any' }, origin)];
  const limits = [...externalIds(written.properties.get('externalIds'), context), ...externalIds(written.properties.get('externalId'), context)];
  const readings = readPrincipals(assumedBy.node, { ...context, file: assumedBy.file });
  const statements = readings.map((reading): Mapping => {
    const actions: Value = { kind: 'list', items: reading.assumeActions.map((action) => text(action, reading.origin)), origin: reading.origin };
    const conditions = mergeConditions([...reading.conditions, ...limits], reading.origin);
    return mapping([entry('Effect', text('Allow', reading.origin)), entry('Action', actions), entry('Principal', principalElement([reading], reading.origin)), ...(conditions === undefined ? [] : [entry('Condition', conditions)])], reading.origin);
  });
  return [entry('AssumeRolePolicyDocument', documentOf({ kind: 'list', items: [...statements, ...additions.trust], origin }, origin), assumedBy.keyOrigin)];
}

function externalIds(written: WrittenProperty | undefined, context: FoldContext): readonly Mapping[] {
  return written === undefined ? [] : [condition('StringEquals', 'sts:ExternalId', valueOf(written, context))];
}

function inlinePolicies({ written, context }: Making): readonly MappingEntry[] {
  const inline = written.properties.get('inlinePolicies');
  if (inline === undefined) return [];
  const documents = valueOf(inline, context);
  if (documents.kind !== 'map') return [entry('Policies', documents, inline.keyOrigin)];
  const items = documents.entries.map((one): Value => mapping([entry('PolicyName', text(one.key, one.keyOrigin)), entry('PolicyDocument', one.value)], one.value.origin));
  return [entry('Policies', { kind: 'list', items, origin: documents.origin }, inline.keyOrigin)];
}

function managedPolicies({ entity, written, additions, entities, context }: Making): readonly MappingEntry[] {
  const given = written.properties.get('managedPolicies');
  const listed = given === undefined ? [] : listItems(given, context).map((one) => policyReference(one, entities, context));
  const items = [...listed, ...additions.managedPolicies];
  return items.length === 0 ? [] : [entry('ManagedPolicyArns', { kind: 'list', items, origin: given === undefined ? originOf(entity.node, entity.file) : originOf(given.node, given.file) }, given?.keyOrigin)];
}

/** A managed policy as its ARN: one of the sources by reference, any other by what folding knows. */
export function policyReference(written: WrittenProperty, entities: EntityReader, context: FoldContext): Value {
  const [known] = entities.entitiesOf(written.node, written.file);
  return known?.type === 'AWS::IAM::ManagedPolicy' ? referenceTo(known, '', written.node, { ...context, file: written.file }) : valueOf(written, context);
}

function listItems(written: WrittenProperty, context: FoldContext): readonly WrittenProperty[] {
  const followed = followName(written.node, { ...context, file: written.file });
  if (followed.node.type !== 'ArrayExpression') return [{ ...written, node: followed.node, file: followed.context.file }];
  return followed.node.elements.flatMap((one) => (one === null ? [] : [{ ...written, node: one.type === 'SpreadElement' ? one.argument : one, file: followed.context.file }]));
}

function policyDocument({ entity, written, additions, context }: Making): readonly MappingEntry[] {
  const origin = originOf(entity.node, entity.file);
  const document = written.properties.get('document');
  const statements = written.properties.get('statements');
  const empty: Value = { kind: 'list', items: [], origin };
  const base = document === undefined ? documentOf(statements === undefined ? empty : valueOf(statements, context), origin) : valueOf(document, context);
  if (document === undefined && statements === undefined && additions.document.length === 0) return [];
  return [entry('PolicyDocument', additions.document.length === 0 ? base : withStatements(base, additions.document), (document ?? statements)?.keyOrigin)];
}

function targets(making: Making): readonly MappingEntry[] {
  return [...references(making, 'roles', 'Roles'), ...references(making, 'users', 'Users'), ...references(making, 'groups', 'Groups')];
}

/** Names of the principals a list of constructs stands for. */
function references({ written, entities, context }: Making, property: string, key: string): readonly MappingEntry[] {
  const given = written.properties.get(property);
  if (given === undefined) return [];
  const items = listItems(given, context).map((one) => nameOf(one, entities, context));
  return [entry(key, { kind: 'list', items, origin: originOf(given.node, given.file) }, given.keyOrigin)];
}

export function nameOf(written: WrittenProperty, entities: EntityReader, context: FoldContext): Value {
  const here = { ...context, file: written.file };
  const [known] = entities.entitiesOf(written.node, written.file);
  return known === undefined ? { ...unknownAt(written.node, here, 'runtime-attribute'), shape: 'atom' } : referenceTo(known, '', written.node, here);
}

function accessKey({ written, entities, context }: Making): readonly MappingEntry[] {
  const user = written.properties.get('user');
  const status = written.properties.get('status');
  const word = status === undefined ? undefined : lastWord(unwrap(status.node));
  const named = user === undefined ? [] : [entry('UserName', nameOf(user, entities, context), user.keyOrigin)];
  if (status === undefined) return named;
  const known = word === 'ACTIVE' ? 'Active' : word === 'INACTIVE' ? 'Inactive' : undefined;
  return [...named, entry('Status', known === undefined ? valueOf(status, context) : text(known, originOf(status.node, status.file)), status.keyOrigin)];
}

/** CloudFormation's own constructs: properties as given, their names in CloudFormation's case, policy JSON untouched. */
function ownLevel(entity: Entity, written: WrittenObject | undefined, context: FoldContext): Value {
  const origin = originOf(entity.node, entity.file);
  if (written === undefined) return { ...unknownAt(entity.props ?? entity.node, context, 'variable-without-value'), shape: 'any' };
  const entries = [...written.properties].map(([name, one]) => entry(capital(name), capitalized(name, valueOf(one, context), 0), one.keyOrigin));
  return mapping(entries, origin);
}

function capitalized(name: string, value: Value, depth: number): Value {
  // Documents are JSON of their own, whose keys are already as they should be.
  if (depth > 8 || /document$|policy$|^tags$|template$/i.test(name)) return value;
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => capitalized(name, item, depth + 1)) };
  return value.kind === 'map' ? { ...value, entries: value.entries.map((one) => ({ ...one, key: capital(one.key), value: capitalized(one.key, one.value, depth + 1) })) } : value;
}

function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
