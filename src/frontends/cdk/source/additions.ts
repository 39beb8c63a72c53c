import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Value } from '../../../core/value.ts';
import { enclosingClass } from '../typescript/declarations.ts';
import { lastWord, type TypeScriptFile, unwrap } from '../typescript/file-facts.ts';
import { fold } from '../typescript/fold.ts';
import { type FoldContext, originOf } from '../typescript/fold-context.ts';
import type { Entity, EntityReader } from './entities.ts';
import { nameOf, policyReference } from './resources.ts';
import type { WrittenProperty } from './values.ts';

/** What calls add to entities of the sources, and what they add to constructs the sources do not spell out. */
export interface CollectedAdditions {
  readonly toEntities: ReadonlyMap<Entity, EntityAdditions>;
  readonly loose: readonly LooseAddition[];
}

export interface EntityAdditions {
  readonly trust: Value[];
  readonly document: Value[];
  readonly managedPolicies: Value[];
  /** Principals a policy is attached to by `attachToRole` and its kin. */
  readonly attached: { readonly key: 'Roles' | 'Users' | 'Groups'; readonly name: Value }[];
}

/** Statements that calls add to the policy of one receiver, in the order they are written. */
export interface LooseAddition {
  readonly kind: 'identity' | 'resource' | 'managed';
  readonly file: TypeScriptFile;
  readonly receiver: TSESTree.Node;
  /** The entity that gets them; `undefined` when the receiver's own role or policy is meant. */
  readonly entity: Entity | undefined;
  readonly call: TSESTree.CallExpression;
  readonly values: Value[];
}

const TO_IDENTITY = /^addTo(Role|Principal|TaskRole|ExecutionRole)?Policy$/;
const TO_RESOURCE = /^addToResourcePolicy$|^addToAccessPolicies$/;

/** Collects the additions that one file's calls make. `into` is shared by the files of a run: calls may add to another file's entity. */
export function collectAdditions(file: TypeScriptFile, entities: EntityReader, context: FoldContext, into: Map<Entity, EntityAdditions>): readonly LooseAddition[] {
  const loose: LooseAddition[] = [];
  for (const call of file.calls) {
    if (call.callee.type !== 'MemberExpression') continue;
    const name = lastWord(call.callee) ?? '';
    const receiver = call.callee.object;
    const given = call.arguments.map((one): WrittenProperty => ({ node: one.type === 'SpreadElement' ? one.argument : one, file, keyOrigin: originOf(one, file) }));
    const [first] = given;
    if (first === undefined) continue;
    const [entity] = entities.entitiesOf(receiver, file);
    if (TO_IDENTITY.test(name)) gather(loose, { kind: 'identity', file, receiver, entity, call }, given.map((one) => fold(one.node, context)));
    else if (TO_RESOURCE.test(name)) gather(loose, { kind: 'resource', file, receiver, entity, call }, given.map((one) => fold(one.node, context)));
    else if (name === 'addStatements') addStatements(receiver, given, { entities, context, file, into });
    else if (name === 'addManagedPolicy') {
      const policy = policyReference(first, entities, context);
      if (entity !== undefined) additionsOf(entity, into).managedPolicies.push(policy);
      else gather(loose, { kind: 'managed', file, receiver, entity, call }, [policy]);
    } else attach(name, first, entity, { entities, context, file, into });
  }
  return loose;
}

interface Collecting {
  readonly entities: EntityReader;
  readonly context: FoldContext;
  readonly file: TypeScriptFile;
  readonly into: Map<Entity, EntityAdditions>;
}

/** Additions to one receiver make one policy, as the CDK makes them. */
function gather(loose: LooseAddition[], addition: Omit<LooseAddition, 'values'>, values: readonly Value[]): void {
  const text = receiverText(addition.receiver, addition.file);
  const known = loose.find((one) => one.kind === addition.kind && (addition.entity === undefined ? one.entity === undefined && receiverText(one.receiver, one.file) === text : one.entity === addition.entity));
  if (known === undefined) loose.push({ ...addition, values: [...values] });
  else known.values.push(...values);
}

/** The receiver as written, without the marks that only speak to the compiler; `this.` is the class, and a construct's role the construct. */
export function receiverText(receiver: TSESTree.Node, file: TypeScriptFile): string {
  const inner = unwrap(receiver);
  const written = file.source.text.slice(inner.range[0], inner.range[1]).split(/\s+/).join('').replace(/[?!]/g, '');
  const owner = [...file.classes.values()].find((fact) => fact.node === enclosingClass(receiver))?.name ?? 'this';
  return written.replace(/^this\b/, owner).replace(/\.(role|grantPrincipal)$/, '').slice(0, 120);
}

/** `policy.addStatements(…)` and `role.assumeRolePolicy.addStatements(…)`. */
function addStatements(receiver: TSESTree.Node, given: readonly WrittenProperty[], { entities, context, file, into }: Collecting): void {
  const inner = unwrap(receiver);
  const isTrust = inner.type === 'MemberExpression' && lastWord(inner) === 'assumeRolePolicy';
  const [entity] = entities.entitiesOf(isTrust ? inner.object : inner, file);
  if (entity === undefined) return;
  const values = given.map((one) => fold(one.node, context));
  if (isTrust) additionsOf(entity, into).trust.push(...values);
  else if (entity.type === 'AWS::IAM::Policy' || entity.type === 'AWS::IAM::ManagedPolicy') additionsOf(entity, into).document.push(...values);
}

const ATTACH: ReadonlyMap<string, 'Roles' | 'Users' | 'Groups'> = new Map([['attachToRole', 'Roles'], ['attachToUser', 'Users'], ['attachToGroup', 'Groups']]);
const PRINCIPALS: ReadonlyMap<string, 'Roles' | 'Users' | 'Groups'> = new Map([['AWS::IAM::Role', 'Roles'], ['AWS::IAM::User', 'Users'], ['AWS::IAM::Group', 'Groups']]);

/** `policy.attachToRole(role)`, `role.attachInlinePolicy(policy)`. */
function attach(name: string, first: WrittenProperty, entity: Entity | undefined, { entities, context, file, into }: Collecting): void {
  const key = ATTACH.get(name);
  if (key !== undefined && entity !== undefined) additionsOf(entity, into).attached.push({ key, name: nameOf(first, entities, context) });
  if (name !== 'attachInlinePolicy' || entity === undefined) return;
  const [policy] = entities.entitiesOf(first.node, file);
  const principal = PRINCIPALS.get(entity.type);
  if (policy === undefined || principal === undefined) return;
  additionsOf(policy, into).attached.push({ key: principal, name: { kind: 'reference', scope: entity.file.source.path, address: entity.address, attribute: '', origin: first.keyOrigin } });
}

function additionsOf(entity: Entity, into: Map<Entity, EntityAdditions>): EntityAdditions {
  const known = into.get(entity) ?? { trust: [], document: [], managedPolicies: [], attached: [] };
  into.set(entity, known);
  return known;
}
