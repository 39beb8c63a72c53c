import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Origin } from '../../../core/source.ts';
import type { Mapping, MappingEntry, Value } from '../../../core/value.ts';
import { fold } from '../typescript/fold.ts';
import { deploymentValue, type FoldContext, joinValues, originOf, unknownAt } from '../typescript/fold-context.ts';
import { lastWord } from '../typescript/file-facts.ts';
import { entry, followName, libraryName, mapping, text, writtenObject } from './values.ts';

/** One principal as a policy writes it. */
export interface PrincipalReading {
  readonly type: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser' | 'star';
  readonly value: Value;
  /** Conditions the principal brings along. */
  readonly conditions: readonly Mapping[];
  /** What a role trusting it allows. */
  readonly assumeActions: readonly string[];
  readonly origin: Origin;
}

type Arguments = readonly (TSESTree.Node | undefined)[];
type Reader = (given: Arguments, node: TSESTree.Node, context: FoldContext) => readonly PrincipalReading[];

const ASSUME = 'sts:AssumeRole';
const MAX_DEPTH = 12;

/** Classes of aws-cdk-lib/aws-iam that are principals. Source: aws-cdk-lib, aws-iam `principals.ts`. */
const PRINCIPALS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['AccountPrincipal', ([account], node, context) => [simple('AWS', rootArn(account === undefined ? undefined : fold(account, context), node, context), node, context)]],
  ['AccountRootPrincipal', (_given, node, context) => [simple('AWS', rootArn(undefined, node, context), node, context)]],
  ['AnyPrincipal', (_given, node, context) => [simple('AWS', text('*', originOf(node, context.file)), node, context)]],
  ['Anyone', (_given, node, context) => [simple('AWS', text('*', originOf(node, context.file)), node, context)]],
  ['StarPrincipal', (_given, node, context) => [simple('star', text('*', originOf(node, context.file)), node, context)]],
  ['ArnPrincipal', ([arn], node, context) => [simple('AWS', folded(arn, node, context), node, context)]],
  ['ServicePrincipal', readService],
  ['CanonicalUserPrincipal', ([id], node, context) => [simple('CanonicalUser', folded(id, node, context), node, context)]],
  ['FederatedPrincipal', ([provider, conditions, action], node, context) => [federated(provider, conditions, assumeAction(action, context), node, context)]],
  ['WebIdentityPrincipal', ([provider, conditions], node, context) => [federated(provider, conditions, 'sts:AssumeRoleWithWebIdentity', node, context)]],
  ['OpenIdConnectPrincipal', ([provider, conditions], node, context) => [federated(provider, conditions, 'sts:AssumeRoleWithWebIdentity', node, context)]],
  ['SamlPrincipal', ([provider, conditions], node, context) => [federated(provider, conditions, 'sts:AssumeRoleWithSAML', node, context)]],
  ['SamlConsolePrincipal', readSamlConsole],
  ['OrganizationPrincipal', readOrganization],
  ['CompositePrincipal', (given, _node, context) => given.flatMap((one) => (one === undefined ? [] : readPrincipals(one, context)))],
  ['PrincipalWithConditions', ([inner, conditions], node, context) => withConditions(inner, conditions, node, context)],
  ['SessionTagsPrincipal', ([inner], _node, context) => (inner === undefined ? [] : withTags(readPrincipals(inner, context)))],
]);

/** The principals an expression stands for; one unknown principal when it only runs. */
export function readPrincipals(node: TSESTree.Node, context: FoldContext): readonly PrincipalReading[] {
  const followed = followName(node, context);
  const inner = followed.node;
  const at = { ...followed.context, depth: context.depth + 1 };
  if (at.depth <= MAX_DEPTH) {
    if (inner.type === 'NewExpression') {
      const reader = PRINCIPALS.get(libraryName(inner.callee, at) ?? '');
      if (reader !== undefined) return reader(argumentsOf(inner), inner, at);
    }
    if (inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression') {
      const name = lastWord(inner.callee);
      const [first] = argumentsOf(inner);
      if (name === 'withConditions') return withConditions(inner.callee.object, first, inner, at);
      if (name === 'withSessionTags') return withTags(readPrincipals(inner.callee.object, at));
      if (name === 'fromStaticServicePrincipleName') return readService([first], inner, at);
    }
  }
  // A role or user given as the principal: its ARN.
  const value = context.special?.(inner, at) ?? { ...unknownAt(inner, at, 'runtime-attribute') };
  return [simple('AWS', value, inner, at)];
}

function argumentsOf(node: TSESTree.NewExpression | TSESTree.CallExpression): Arguments {
  return node.arguments.map((one) => (one.type === 'SpreadElement' ? undefined : one));
}

function simple(type: PrincipalReading['type'], value: Value, node: TSESTree.Node, context: FoldContext, assume = ASSUME): PrincipalReading {
  return { type, value, conditions: [], assumeActions: [assume], origin: originOf(node, context.file) };
}

function folded(node: TSESTree.Node | undefined, at: TSESTree.Node, context: FoldContext): Value {
  return node === undefined ? unknownAt(at, context) : fold(node, context);
}

/** `arn:aws:iam::<account>:root`; the deployment's own account when none is given. Its place is the account id, if written. */
function rootArn(account: Value | undefined, node: TSESTree.Node, context: FoldContext): Value {
  const origin = account?.origin ?? originOf(node, context.file);
  return joinValues([text('arn:aws:iam::', origin), account ?? deploymentValue('AccountId', node, context), text(':root', origin)], origin);
}

/** A bare service name means its `amazonaws.com` form. */
function readService([service, options]: Arguments, node: TSESTree.Node, context: FoldContext): readonly PrincipalReading[] {
  const name = folded(service, node, context);
  const value = name.kind === 'scalar' && !name.text.includes('.') ? { ...name, text: `${name.text}.amazonaws.com` } : name;
  const conditions = writtenObject(options, context)?.properties.get('conditions');
  return [{ ...simple('Service', value, node, context), conditions: conditions === undefined ? [] : conditionsOf(conditions.node, { ...context, file: conditions.file }) }];
}

function federated(provider: TSESTree.Node | undefined, conditions: TSESTree.Node | undefined, action: string, node: TSESTree.Node, context: FoldContext): PrincipalReading {
  const value = provider === undefined ? unknownAt(node, context) : (context.special?.(provider, context) ?? fold(provider, context));
  return { ...simple('Federated', value, node, context, action), conditions: conditionsOf(conditions, context) };
}

function assumeAction(node: TSESTree.Node | undefined, context: FoldContext): string {
  const action = node === undefined ? undefined : fold(node, context);
  return action?.kind === 'scalar' ? action.text : ASSUME;
}

function readSamlConsole([provider, conditions]: Arguments, node: TSESTree.Node, context: FoldContext): readonly PrincipalReading[] {
  const reading = federated(provider, conditions, 'sts:AssumeRoleWithSAML', node, context);
  return [{ ...reading, conditions: [...reading.conditions, condition('StringEquals', 'SAML:aud', text('https://signin.aws.amazon.com/saml', reading.origin))] }];
}

function readOrganization([id]: Arguments, node: TSESTree.Node, context: FoldContext): readonly PrincipalReading[] {
  const origin = originOf(node, context.file);
  return [{ ...simple('AWS', text('*', origin), node, context), conditions: [condition('StringEquals', 'aws:PrincipalOrgID', folded(id, node, context))] }];
}

function withConditions(inner: TSESTree.Node | undefined, conditions: TSESTree.Node | undefined, node: TSESTree.Node, context: FoldContext): readonly PrincipalReading[] {
  const added = conditionsOf(conditions, context);
  const readings = inner === undefined ? [simple('AWS', unknownAt(node, context), node, context)] : readPrincipals(inner, context);
  return readings.map((reading) => ({ ...reading, conditions: [...reading.conditions, ...added] }));
}

function withTags(readings: readonly PrincipalReading[]): readonly PrincipalReading[] {
  return readings.map((reading) => ({ ...reading, assumeActions: [...reading.assumeActions, 'sts:TagSession'] }));
}

/** A condition block. One that only runs still limits the statement, so it stays in it as a block that cannot be read. */
export function conditionsOf(node: TSESTree.Node | undefined, context: FoldContext): readonly Mapping[] {
  if (node === undefined) return [];
  const value = fold(node, context);
  if (value.kind === 'map') return [value];
  return value.kind === 'absent' ? [] : [unreadCondition(unknownAt(node, context))];
}

/** A block whose operators are not known: readers of policies take it as a gap. */
export function unreadCondition(unknown: Value): Mapping {
  return mapping([entry('unknown', unknown)], unknown.origin);
}

export function condition(operator: string, key: string, value: Value): Mapping {
  return mapping([entry(operator, mapping([entry(key, value)], value.origin))], value.origin);
}

/** Joins condition blocks: every block must hold, so keys of one operator stand side by side. */
export function mergeConditions(blocks: readonly Mapping[], origin: Origin): Mapping | undefined {
  if (blocks.length === 0) return undefined;
  const operators = new Map<string, MappingEntry>();
  for (const { key, keyOrigin, value } of blocks.flatMap((block) => block.entries)) {
    const known = operators.get(key);
    const merged = known?.value.kind === 'map' && value.kind === 'map' ? mapping([...known.value.entries, ...value.entries], value.origin) : value;
    operators.set(key, { key, keyOrigin, value: merged });
  }
  return mapping([...operators.values()], blocks[0]?.origin ?? origin);
}

/** The `Principal` element of several principals. */
export function principalElement(readings: readonly PrincipalReading[], origin: Origin): Value {
  const star = readings.find((reading) => reading.type === 'star');
  if (star !== undefined) return star.value;
  const types = new Map<string, Value[]>();
  for (const { type, value } of readings) types.set(type, [...(types.get(type) ?? []), value]);
  return mapping([...types].map(([type, items]) => entry(type, { kind: 'list', items, origin: items[0]?.origin ?? origin }, origin)), origin);
}
