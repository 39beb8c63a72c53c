import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Mapping, MappingEntry, Value } from '../../../core/value.ts';
import { declarationOf } from '../typescript/declarations.ts';
import { lastWord, type TypeScriptFile, unwrap } from '../typescript/file-facts.ts';
import { fold } from '../typescript/fold.ts';
import { type FoldContext, originOf, unknownAt } from '../typescript/fold-context.ts';
import { conditionsOf, mergeConditions, principalElement, type PrincipalReading, readPrincipals, unreadCondition } from './principals.ts';
import { entry, followName, libraryName, mapping, text, type WrittenProperty, writtenObject } from './values.ts';

/** Is this `new PolicyStatement(…)` or `PolicyStatement.fromJson(…)`? */
export function isStatement(node: TSESTree.Node, context: FoldContext): boolean {
  if (node.type === 'NewExpression') return libraryName(node.callee, context) === 'PolicyStatement';
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && lastWord(node.callee) === 'fromJson' && lastWord(node.callee.object) === 'PolicyStatement';
}

/**
 * The statement an expression stands for, as policy JSON: a literal one, or the one a name was given, with what is added to it later.
 * `undefined` when it is no statement that the sources write.
 */
export function readStatement(node: TSESTree.Node, context: FoldContext): Mapping | undefined {
  const followed = followName(node, context);
  if (!isStatement(followed.node, followed.context)) return undefined;
  const base = readLiteral(followed.node, followed.context);
  const inner = unwrap(node);
  return inner.type === 'Identifier' ? withLater(base, inner, context) : base;
}

function readLiteral(node: TSESTree.Node, context: FoldContext): Mapping {
  const [given] = node.type === 'NewExpression' || node.type === 'CallExpression' ? node.arguments : [];
  const argument = given?.type === 'SpreadElement' ? undefined : given;
  if (node.type === 'CallExpression') {
    const json = argument === undefined ? undefined : fold(argument, context);
    return json?.kind === 'map' ? json : mapping([entry('Action', unknownAt(node, context))], originOf(node, context.file));
  }
  return fromProperties(argument, node, context);
}

/** `PolicyStatementProps`; source: aws-cdk-lib, aws-iam `policy-statement.ts`. */
function fromProperties(argument: TSESTree.Node | undefined, node: TSESTree.Node, context: FoldContext): Mapping {
  const origin = originOf(node, context.file);
  const written = writtenObject(argument, context);
  const given = written?.properties ?? new Map<string, WrittenProperty>();
  const entries: MappingEntry[] = [];
  const effect = given.get('effect');
  // Without an effect a statement allows; one that only runs may be either.
  entries.push(effect === undefined ? entry('Effect', written === undefined ? unknownAt(node, context) : text('Allow', origin)) : entry('Effect', readEffect(effect, context), effect.keyOrigin));
  for (const [property, key] of LISTS) {
    const one = given.get(property);
    if (one !== undefined) entries.push(entry(key, listOf(fold(one.node, { ...context, file: one.file })), one.keyOrigin));
  }
  const conditions = propertyConditions(given.get('conditions'), context);
  for (const [property, key] of [['principals', 'Principal'], ['notPrincipals', 'NotPrincipal']] as const) {
    const one = given.get(property);
    if (one === undefined) continue;
    const readings = readPrincipalList(one, context);
    entries.push(entry(key, principalElement(readings, originOf(one.node, one.file)), one.keyOrigin));
    conditions.push(...readings.flatMap((reading) => reading.conditions));
  }
  const merged = mergeConditions(conditions, origin);
  if (merged !== undefined) entries.push(entry('Condition', merged));
  if (written === undefined || written.open) entries.push(...missing(entries, node, context));
  return mapping(entries, origin);
}

/** Elements that a spread or a whole run-time object may bring: unknown, not absent. */
function missing(entries: readonly MappingEntry[], node: TSESTree.Node, context: FoldContext): readonly MappingEntry[] {
  const has = (...keys: readonly string[]): boolean => entries.some((one) => keys.includes(one.key));
  const unknown: Value = { ...unknownAt(node, context, 'variable-without-value'), shape: 'any' };
  return [...(has('Action', 'NotAction') ? [] : [entry('Action', unknown)]), ...(has('Resource', 'NotResource') ? [] : [entry('Resource', unknown)]), ...(has('Condition') ? [] : [entry('Condition', unreadCondition(unknown))])];
}

const LISTS = [['sid', 'Sid'], ['actions', 'Action'], ['notActions', 'NotAction'], ['resources', 'Resource'], ['notResources', 'NotResource']] as const;

/** A list that only runs may hold anything. */
function listOf(value: Value): Value {
  return value.kind === 'unknown' && value.shape === 'text' && value.reason === 'variable-without-value' ? { ...value, shape: 'any' } : value;
}

function readEffect(effect: WrittenProperty, context: FoldContext): Value {
  const inner = unwrap(effect.node);
  const word = inner.type === 'MemberExpression' && lastWord(inner.object) === 'Effect' ? lastWord(inner) : undefined;
  const origin = originOf(inner, effect.file);
  if (word === 'ALLOW' || word === 'DENY') return text(word === 'ALLOW' ? 'Allow' : 'Deny', origin);
  if (inner.type === 'ConditionalExpression') {
    const branch = (node: TSESTree.Node): WrittenProperty => ({ ...effect, node });
    const label = effect.file.source.text.slice(inner.test.range[0], Math.min(inner.test.range[1], inner.test.range[0] + 80));
    const variable = `${context.scopeId}#${label}`;
    return { kind: 'choice', options: [{ when: [{ variable, value: 'true', is: true, label }], value: readEffect(branch(inner.consequent), context) }, { when: [{ variable, value: 'true', is: false, label: `not ${label}` }], value: readEffect(branch(inner.alternate), context) }], origin };
  }
  return fold(inner, { ...context, file: effect.file });
}

function propertyConditions(written: WrittenProperty | undefined, context: FoldContext): Mapping[] {
  return written === undefined ? [] : [...conditionsOf(written.node, { ...context, file: written.file })];
}

function readPrincipalList(written: WrittenProperty, context: FoldContext): readonly PrincipalReading[] {
  const followed = followName(written.node, { ...context, file: written.file });
  const list = followed.node.type === 'ArrayExpression' ? followed.node.elements : [followed.node];
  return list.flatMap((one) => (one === null ? [] : readPrincipals(one.type === 'SpreadElement' ? one.argument : one, followed.context)));
}

/** Statements are objects that code adds to: `statement.addActions(…)`, `statement.addCondition(…)`. */
function withLater(base: Mapping, name: TSESTree.Identifier, context: FoldContext): Mapping {
  let result = base;
  for (const call of callsOn(name, context)) {
    const change = LATER.get(lastWord(call.callee) ?? '');
    const given = call.arguments.flatMap((one) => (one.type === 'SpreadElement' ? [one.argument] : [one]));
    if (change !== undefined) result = change(result, given, context);
  }
  return result;
}

/** Method calls on a name, in the file that declares it. */
export function callsOn(name: TSESTree.Identifier, context: FoldContext): readonly TSESTree.CallExpression[] {
  const declared = declarationOf(name.name, name, context.file, context.project);
  const file: TypeScriptFile = declared?.kind === 'variable' ? declared.file : context.file;
  return file.calls.filter((call) => {
    if (call.callee.type !== 'MemberExpression' || call.callee.object.type !== 'Identifier' || call.callee.object.name !== name.name) return false;
    const meant = declarationOf(name.name, call, file, context.project);
    return meant?.kind === 'variable' && declared?.kind === 'variable' && meant.init === declared.init;
  });
}

type Later = (statement: Mapping, given: readonly TSESTree.Node[], context: FoldContext) => Mapping;

const LATER: ReadonlyMap<string, Later> = new Map<string, Later>([
  ['addActions', adding('Action')],
  ['addNotActions', adding('NotAction')],
  ['addResources', adding('Resource')],
  ['addNotResources', adding('NotResource')],
  ['addAllResources', (statement, _given, context) => append(statement, 'Resource', [text('*', originOf(context.file.program, context.file))])],
  ['addPrincipals', (statement, given, context) => addPrincipals(statement, given.flatMap((one) => readPrincipals(one, context)))],
  ['addCondition', addCondition],
  ['addConditions', (statement, [conditions], context) => limit(statement, conditionsOf(conditions, context))],
  ['addAnyPrincipal', (statement, _given, context) => addPrincipals(statement, [awsPrincipal(text('*', statement.origin), context)])],
  ['addArnPrincipal', (statement, [arn], context) => (arn === undefined ? statement : addPrincipals(statement, [awsPrincipal(fold(arn, context), context)]))],
  ['addAwsAccountPrincipal', (statement, [account], context) => (account === undefined ? statement : addPrincipals(statement, [awsPrincipal(fold(account, context), context)]))],
  ['addServicePrincipal', (statement, [service], context) => (service === undefined ? statement : addPrincipals(statement, [{ ...awsPrincipal(fold(service, context), context), type: 'Service' }]))],
]);

function adding(key: string): Later {
  return (statement, given, context) => {
    const values = given.map((one) => fold(one, context));
    // A spread argument is a list of its own.
    return append(statement, key, values.flatMap((value) => (value.kind === 'list' ? value.items : [value])));
  };
}

function append(statement: Mapping, key: string, values: readonly Value[]): Mapping {
  const known = statement.entries.find((one) => one.key === key);
  const before = known === undefined ? [] : known.value.kind === 'list' ? known.value.items : [known.value];
  const origin = known?.value.origin ?? values[0]?.origin ?? statement.origin;
  return replace(statement, key, { kind: 'list', items: [...before, ...values], origin });
}

function replace(statement: Mapping, key: string, value: Value): Mapping {
  return { ...statement, entries: [...statement.entries.filter((one) => one.key !== key), entry(key, value)] };
}

function addCondition(statement: Mapping, [operator, values]: readonly TSESTree.Node[], context: FoldContext): Mapping {
  if (operator === undefined || values === undefined) return statement;
  const name = fold(operator, context);
  return limit(statement, [mapping([entry(name.kind === 'scalar' ? name.text : 'StringEquals', fold(values, context), name.origin)], name.origin)]);
}

function limit(statement: Mapping, blocks: readonly Mapping[]): Mapping {
  const known = statement.entries.find((one) => one.key === 'Condition')?.value;
  const merged = mergeConditions([...(known?.kind === 'map' ? [known] : []), ...blocks], statement.origin);
  return merged === undefined ? statement : replace(statement, 'Condition', merged);
}

function awsPrincipal(value: Value, _context: FoldContext): PrincipalReading {
  return { type: 'AWS', value, conditions: [], assumeActions: [], origin: value.origin };
}

function addPrincipals(statement: Mapping, readings: readonly PrincipalReading[]): Mapping {
  const known = statement.entries.find((one) => one.key === 'Principal')?.value;
  const added = principalElement(readings, statement.origin);
  const merged = known?.kind === 'map' && added.kind === 'map' ? mapping([...known.entries, ...added.entries.filter((one) => !known.entries.some((other) => other.key === one.key))].map((one) => joinLists(one, known, added)), added.origin) : added;
  return limit(replace(statement, 'Principal', merged), readings.flatMap((reading) => reading.conditions));
}

function joinLists(one: MappingEntry, known: Mapping, added: Mapping): MappingEntry {
  const items = [known, added].flatMap((from) => from.entries.filter((other) => other.key === one.key).flatMap((other) => (other.value.kind === 'list' ? other.value.items : [other.value])));
  return { ...one, value: { kind: 'list', items, origin: one.value.origin } };
}
