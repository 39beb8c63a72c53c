import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { MappingEntry, Value } from '../../../core/value.ts';
import { type Declared, declarationOf, enclosingClass, fieldValue, importedDeclaration } from './declarations.ts';
import { foldCall } from './fold-call.ts';
import { lastWord, unwrap } from './file-facts.ts';
import { type DeploymentWord, deploymentValue, type FoldContext, type GivenArguments, joinValues, originOf, scalarText, textOf, unknownAt } from './fold-context.ts';

const MAX_DEPTH = 40;
const MAX_CHOICE = 16;

/**
 * Folds an expression to a value as far as the sources alone allow: literals, templates, constants of the project's files,
 * enums, arrays and objects, and the few calls in `fold-call.ts`. What only runs is an `unknown` named by its own text.
 */
export function fold(node: TSESTree.Node, context: FoldContext): Value {
  const inner = unwrap(node);
  if (context.depth > MAX_DEPTH || context.budget.left <= 0) return unknownAt(inner, context, 'bound-reached');
  context.budget.left -= 1;
  const special = context.special?.(inner, context);
  if (special !== undefined) return special;
  const next = { ...context, depth: context.depth + 1 };
  switch (inner.type) {
    case 'Literal':
      return foldLiteral(inner, context);
    case 'TemplateLiteral':
      return foldTemplate(inner, next);
    case 'BinaryExpression':
      return inner.operator === '+' ? joinValues([fold(inner.left, next), fold(inner.right, next)], originOf(inner, context.file)) : unknownAt(inner, context);
    case 'ArrayExpression':
      return { kind: 'list', items: inner.elements.flatMap((item) => (item === null ? [] : foldElement(item, next))), origin: originOf(inner, context.file) };
    case 'ObjectExpression':
      return foldObject(inner, next);
    case 'ConditionalExpression':
      return choose(inner, [fold(inner.consequent, next), fold(inner.alternate, next)], textOf(inner.test, context.file), context);
    case 'LogicalExpression':
      return choose(inner, [fold(inner.left, next), fold(inner.right, next)], textOf(inner.left, context.file), context);
    case 'Identifier':
      return foldName(inner, next);
    case 'MemberExpression':
      return foldMember(inner, next);
    case 'CallExpression':
      return foldCall(inner, next, fold) ?? unknownAt(inner, context);
    default:
      return unknownAt(inner, context);
  }
}

function foldLiteral(node: TSESTree.Literal, context: FoldContext): Value {
  const whole = originOf(node, context.file);
  switch (typeof node.value) {
    case 'string':
      return { kind: 'scalar', text: node.value, type: 'string', origin: { ...whole, start: whole.start + 1, end: Math.max(whole.start + 1, whole.end - 1) } };
    case 'number':
    case 'boolean':
      return { kind: 'scalar', text: String(node.value), type: typeof node.value === 'number' ? 'number' : 'boolean', origin: whole };
    default:
      return node.value === null ? { kind: 'absent', origin: whole } : unknownAt(node, context);
  }
}

function foldTemplate(node: TSESTree.TemplateLiteral, context: FoldContext): Value {
  const parts: Value[] = [];
  for (const [index, quasi] of node.quasis.entries()) {
    const origin = originOf(quasi, context.file);
    const text = quasi.value.cooked ?? quasi.value.raw;
    if (text !== '') parts.push({ kind: 'scalar', text, type: 'string', origin: { ...origin, start: origin.start + 1, end: Math.max(origin.start + 1, origin.end - (quasi.tail ? 1 : 2)) } });
    const hole = node.expressions[index];
    if (hole !== undefined) parts.push(fold(hole, context));
  }
  const whole = originOf(node, context.file);
  return joinValues(parts, { ...whole, start: whole.start + 1, end: whole.end - 1 });
}

function foldElement(item: TSESTree.Expression | TSESTree.SpreadElement, context: FoldContext): readonly Value[] {
  if (item.type !== 'SpreadElement') return [fold(item, context)];
  const spread = fold(item.argument, context);
  return spread.kind === 'list' ? spread.items : [spread];
}

function foldObject(node: TSESTree.ObjectExpression, context: FoldContext): Value {
  const entries: MappingEntry[] = [];
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const spread = fold(property.argument, context);
      if (spread.kind === 'map') entries.push(...spread.entries);
      continue;
    }
    const key = keyText(property, context);
    const keyOrigin = originOf(property.key, context.file);
    if (key !== undefined) entries.push({ key, keyOrigin, value: fold(property.value, context) });
  }
  // Of doubled keys JavaScript keeps the last.
  const last = new Map(entries.map((entry, index) => [entry.key, index]));
  return { kind: 'map', entries: entries.filter((entry, index) => last.get(entry.key) === index), origin: originOf(node, context.file) };
}

/** A property's name, computed names included where they are constant. */
export function keyText(property: TSESTree.Property, context: FoldContext): string | undefined {
  if (!property.computed && property.key.type === 'Identifier') return property.key.name;
  const key = fold(property.key, context);
  return key.kind === 'scalar' ? key.text : undefined;
}

/** One of several values, told apart by a condition that only runs. */
function choose(node: TSESTree.Node, values: readonly Value[], label: string, context: FoldContext): Value {
  const [first, second] = values;
  if (first === undefined || second === undefined) return unknownAt(node, context);
  const variable = `${context.scopeId}#${label}`;
  return {
    kind: 'choice',
    options: [
      { when: [{ variable, value: 'true', is: true, label }], value: first },
      { when: [{ variable, value: 'true', is: false, label: `not ${label}` }], value: second },
    ],
    origin: originOf(node, context.file),
  };
}

function foldName(node: TSESTree.Identifier, context: FoldContext): Value {
  if (node.name === 'undefined') return { kind: 'absent', origin: originOf(node, context.file) };
  const bound = context.bound.get(node.name);
  if (bound !== undefined) return bound;
  const declared = declarationOf(node.name, node, context.file, context.project);
  return declared === undefined ? unknownAt(node, context) : foldDeclared(declared, node, context);
}

function foldDeclared(declared: Declared, at: TSESTree.Node, context: FoldContext): Value {
  switch (declared.kind) {
    case 'variable':
      return !declared.constant ? unknownAt(at, context, 'variable-without-value') : through(fold(declared.init, { ...context, file: declared.file }), at, context);
    case 'parameter':
      return foldParameter(declared, at, context);
    case 'loop':
      return foldLoop(fold(declared.list, { ...context, file: declared.file }), at, context);
    case 'part':
      return entryNamed(foldDeclared(declared.of, at, context), declared.name, at, context) ?? unknownAt(at, context, 'variable-without-value');
    default:
      return unknownAt(at, context);
  }
}

/** A parameter is what its callers give: one value when they agree, else a choice between them. */
function foldParameter(declared: Extract<Declared, { kind: 'parameter' }>, at: TSESTree.Node, context: FoldContext): Value {
  const expanding = context.expanding ?? [];
  const sites = expanding.includes(declared.of) ? [] : (context.givenFor?.(declared.of, declared.file) ?? []);
  const values = sites.length > MAX_CHOICE ? [] : sites.flatMap((site) => givenValue(site, declared, { ...context, file: site.file, bound: new Map(), expanding: [...expanding, declared.of] }));
  if (values.length === 0) return declared.fallback === undefined ? unknownAt(at, context, 'variable-without-value') : fold(declared.fallback, { ...context, file: declared.file });
  const [only] = values;
  const texts = new Set(values.map((value) => (value.kind === 'scalar' ? value.text : undefined)));
  if (only !== undefined && (values.length === 1 || (texts.size === 1 && !texts.has(undefined)))) return through(only, at, context);
  const name = textOf(at, context.file);
  const options = values.map((value, index) => {
    const text = value.kind === 'scalar' ? value.text : `as in call ${index + 1}`;
    return { when: [{ variable: `${context.scopeId}#${name} of ${declared.of.range[0]}`, value: text, is: true, label: `\`${name}\` is ${text}` }], value };
  });
  return { kind: 'choice', options, origin: originOf(at, context.file) };
}

/** What one call gives for a parameter; a rest parameter takes the remaining arguments as a list. */
function givenValue({ nodes }: GivenArguments, declared: Extract<Declared, { kind: 'parameter' }>, context: FoldContext): readonly Value[] {
  if (declared.rest) {
    const items = nodes.slice(declared.index).flatMap((node) => foldElement(node, context));
    return [{ kind: 'list', items, origin: originOf(nodes[declared.index] ?? context.file.program, context.file) }];
  }
  const node = nodes[declared.index];
  return node === undefined || nodes.slice(0, declared.index + 1).some((one) => one.type === 'SpreadElement') ? [] : [fold(node, context)];
}

/** A variable over a constant list is each of its items in turn. */
function foldLoop(list: Value, at: TSESTree.Node, context: FoldContext): Value {
  if (list.kind !== 'list' || list.items.length === 0 || list.items.length > MAX_CHOICE) return unknownAt(at, context, 'variable-without-value');
  const name = textOf(at, context.file);
  const options = list.items.map((value, index) => {
    const text = value.kind === 'scalar' ? value.text : String(index);
    return { when: [{ variable: `${context.scopeId}#${name} of ${list.origin.start}`, value: text, is: true, label: `\`${name}\` is ${text}` }], value };
  });
  return { kind: 'choice', options, origin: originOf(at, context.file) };
}

/** A constant is edited where it is written; the place that uses it is remembered. */
function through(value: Value, at: TSESTree.Node, context: FoldContext): Value {
  if (value.kind !== 'scalar') return value;
  return { ...value, origin: { ...value.origin, via: [originOf(at, context.file)] } };
}

function foldMember(node: TSESTree.MemberExpression, context: FoldContext): Value {
  const name = lastWord(node) ?? (node.computed ? scalarText(fold(node.property, context)) : undefined);
  if (name === undefined) return unknownAt(node, context);
  const deployment = deploymentWord(name, node.object);
  if (deployment !== undefined) return deploymentValue(deployment, node, context);
  const object = unwrap(node.object);
  if (object.type === 'ThisExpression') return foldField(name, node, context);
  const declared = object.type === 'Identifier' ? declarationOf(object.name, object, context.file, context.project) : undefined;
  const fromDeclaration = declared === undefined ? undefined : memberOf(declared, name, context);
  if (fromDeclaration !== undefined) return fromDeclaration;
  const holder = object.type === 'MemberExpression' || object.type === 'Identifier' ? fold(object, context) : undefined;
  const member = holder === undefined ? undefined : entryNamed(holder, name, node, context);
  if (member !== undefined) return member;
  return unknownAt(node, context, rootName(node) === 'process' ? 'variable-without-value' : undefined);
}

/** The entry of an object or list value, of each alternative where there are several. */
function entryNamed(holder: Value, name: string, node: TSESTree.Node, context: FoldContext): Value | undefined {
  if (holder.kind === 'map') return holder.entries.find((entry) => entry.key === name)?.value ?? { kind: 'absent', origin: originOf(node, context.file) };
  if (holder.kind === 'list') return /^\d{1,4}$/.test(name) ? holder.items[Number(name)] : undefined;
  if (holder.kind !== 'choice') return undefined;
  const options = holder.options.flatMap((option) => {
    const value = entryNamed(option.value, name, node, context);
    return value === undefined ? [] : [{ when: option.when, value }];
  });
  return options.length < holder.options.length ? undefined : { kind: 'choice', options, origin: originOf(node, context.file) };
}

/** A member of an enum, a class's static constant, or a name exported by a module imported as a whole. */
function memberOf(declared: Declared, name: string, context: FoldContext): Value | undefined {
  switch (declared.kind) {
    case 'enum': {
      const member = declared.node.body.members.find((one) => one.id.type === 'Identifier' ? one.id.name === name : one.id.type === 'Literal' && one.id.value === name);
      return member?.initializer === undefined ? undefined : fold(member.initializer, { ...context, file: declared.file });
    }
    case 'class': {
      const value = fieldValue(declared.fact, name);
      return value === undefined ? undefined : fold(value, { ...context, file: declared.fact.file });
    }
    case 'library': {
      if (declared.name !== '*' || !declared.module.startsWith('.')) return undefined;
      const exported = importedDeclaration(declared.module, name, context.file, context.project, 0);
      return exported === undefined ? undefined : foldDeclared(exported, context.file.program, context);
    }
    default:
      return undefined;
  }
}

function foldField(name: string, node: TSESTree.MemberExpression, context: FoldContext): Value {
  const owner = enclosingClass(node);
  const fact = [...context.file.classes.values()].find((one) => one.node === owner);
  const value = fact === undefined ? undefined : fieldValue(fact, name);
  return value === undefined ? unknownAt(node, context) : fold(value, context);
}

/** `Aws.ACCOUNT_ID`, `this.account`, `Stack.of(this).region`, `props.env.account`: facts of the deployment. */
function deploymentWord(name: string, object: TSESTree.Node): DeploymentWord | undefined {
  const holder = lastWord(object);
  if (holder === 'Aws') return AWS_WORDS.get(name);
  const inner = unwrap(object);
  const stackLike = inner.type === 'ThisExpression' || holder === 'env' || holder === 'stack' || (inner.type === 'CallExpression' && lastWord(inner.callee) === 'of');
  return stackLike ? STACK_WORDS.get(name) : undefined;
}

const AWS_WORDS: ReadonlyMap<string, DeploymentWord> = new Map([['ACCOUNT_ID', 'AccountId'], ['REGION', 'Region'], ['PARTITION', 'Partition'], ['URL_SUFFIX', 'URLSuffix']]);
const STACK_WORDS: ReadonlyMap<string, DeploymentWord> = new Map([['account', 'AccountId'], ['region', 'Region'], ['partition', 'Partition'], ['urlSuffix', 'URLSuffix']]);

function rootName(node: TSESTree.Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name;
  return inner.type === 'MemberExpression' ? rootName(inner.object) : undefined;
}
