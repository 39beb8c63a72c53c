import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Value } from '../../../core/value.ts';
import { lastWord } from './file-facts.ts';
import { deploymentValue, type FoldContext, joinValues, originOf, scalarText, unknownAt } from './fold-context.ts';

/** Folds an expression; handed in, because folding and calls need each other. */
type Fold = (node: TSESTree.Node, context: FoldContext) => Value;

const MAX_ITEMS = 500;

/** Folds the calls that policies are built with; `undefined` for any other. */
export function foldCall(node: TSESTree.CallExpression, context: FoldContext, fold: Fold): Value | undefined {
  const { callee } = node;
  const name = lastWord(callee);
  if (name === undefined || callee.type !== 'MemberExpression') return undefined;
  switch (name) {
    case 'arnForObjects':
      return objectsArn(node, callee, context, fold);
    case 'formatArn':
    case 'format':
      return formatArn(node, context, fold);
    case 'join':
      return lastWord(callee.object) === 'Fn' ? joinFunction(node, context, fold) : joinList(node, callee, context, fold);
    case 'concat':
      return concatLists(node, callee, context, fold);
    case 'map':
      return mapList(node, callee, context, fold);
    case 'toString':
      return node.arguments.length === 0 ? fold(callee.object, context) : undefined;
    case 'keys':
    case 'values':
    case 'entries':
      return lastWord(callee.object) === 'Object' ? listObject(node, name, context, fold) : undefined;
    default:
      return undefined;
  }
}

/** `bucket.arnForObjects('logs/*')`: the bucket's ARN, a slash, and the pattern. */
function objectsArn(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, context: FoldContext, fold: Fold): Value | undefined {
  const pattern = argument(node, 0, context, fold);
  if (pattern === undefined) return undefined;
  const bucket = { ...unknownAt(callee.object, context, 'runtime-attribute'), name: `${context.scopeId}#${context.file.source.text.slice(callee.object.range[0], callee.object.range[1])}.bucketArn` };
  const slash: Value = { kind: 'scalar', text: '/', type: 'string', origin: originOf(node, context.file) };
  return joinValues([bucket, slash, pattern], originOf(node, context.file));
}

/** What stands before the resource and between it and its name. Source: aws-cdk-lib, `ArnFormat`. */
const ARN_FORMATS: ReadonlyMap<string, readonly [string, string]> = new Map<string, readonly [string, string]>([
  ['SLASH_RESOURCE_NAME', ['', '/']],
  ['COLON_RESOURCE_NAME', ['', ':']],
  ['NO_RESOURCE_NAME', ['', '']],
  ['SLASH_RESOURCE_SLASH_RESOURCE_NAME', ['/', '/']],
]);

/** `this.formatArn({ service, resource, resourceName })`; source: aws-cdk-lib, `ArnComponents`. */
function formatArn(node: TSESTree.CallExpression, context: FoldContext, fold: Fold): Value | undefined {
  const [components] = node.arguments;
  if (components?.type !== 'ObjectExpression') return undefined;
  const given = new Map<string, Value>();
  let format: string | undefined = 'SLASH_RESOURCE_NAME';
  for (const property of components.properties) {
    if (property.type !== 'Property') return undefined;
    const key = lastWord(property.key);
    if (key === undefined || property.computed) return undefined;
    if (key === 'arnFormat') format = lastWord(property.value);
    else given.set(key, fold(property.value, context));
  }
  const [before, between] = ARN_FORMATS.get(format ?? '') ?? [];
  if (before === undefined || between === undefined) return undefined;
  const service = given.get('service');
  const resource = given.get('resource');
  if (service === undefined || resource === undefined) return undefined;
  const origin = originOf(node, context.file);
  const text = (written: string): Value => ({ kind: 'scalar', text: written, type: 'string', origin });
  const partition = given.get('partition') ?? text('aws');
  const region = given.get('region') ?? deploymentValue('Region', node, context);
  const account = given.get('account') ?? deploymentValue('AccountId', node, context);
  const resourceName = given.get('resourceName');
  const tail = resourceName === undefined || between === '' ? [] : [given.get('sep') ?? text(between), resourceName];
  return joinValues([text('arn:'), partition, text(':'), service, text(':'), region, text(':'), account, text(`:${before}`), resource, ...tail], origin);
}

/** `Fn.join('', [...])`. */
function joinFunction(node: TSESTree.CallExpression, context: FoldContext, fold: Fold): Value | undefined {
  const delimiter = argument(node, 0, context, fold);
  const list = argument(node, 1, context, fold);
  return delimiter === undefined || list?.kind !== 'list' ? undefined : joinItems(list.items, delimiter, node, context);
}

function joinList(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, context: FoldContext, fold: Fold): Value | undefined {
  const list = fold(callee.object, context);
  const origin = originOf(node, context.file);
  const delimiter: Value = argument(node, 0, context, fold) ?? { kind: 'scalar', text: ',', type: 'string', origin };
  return list.kind === 'list' ? joinItems(list.items, delimiter, node, context) : undefined;
}

function joinItems(items: readonly Value[], delimiter: Value, node: TSESTree.Node, context: FoldContext): Value {
  const parts = items.slice(0, MAX_ITEMS).flatMap((item, index) => (index === 0 || scalarText(delimiter) === '' ? [item] : [delimiter, item]));
  return joinValues(parts, originOf(node, context.file));
}

function concatLists(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, context: FoldContext, fold: Fold): Value | undefined {
  const first = fold(callee.object, context);
  if (first.kind !== 'list') return undefined;
  const others = node.arguments.map((one) => fold(one.type === 'SpreadElement' ? one.argument : one, context));
  const items = [...first.items, ...others.flatMap((other) => (other.kind === 'list' ? other.items : [other]))];
  return { kind: 'list', items: items.slice(0, MAX_ITEMS), origin: originOf(node, context.file) };
}

/** `list.map((x) => expression)` over a constant list. */
function mapList(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, context: FoldContext, fold: Fold): Value | undefined {
  const [callback] = node.arguments;
  const list = fold(callee.object, context);
  if (list.kind !== 'list' || callback?.type !== 'ArrowFunctionExpression' || callback.body.type === 'BlockStatement') return undefined;
  const [parameter] = callback.params;
  if (parameter?.type !== 'Identifier') return undefined;
  const body = callback.body;
  const items = list.items.slice(0, MAX_ITEMS).map((item) => fold(body, { ...context, bound: new Map([...context.bound, [parameter.name, item]]) }));
  return { kind: 'list', items, origin: originOf(node, context.file) };
}

function listObject(node: TSESTree.CallExpression, name: 'keys' | 'values' | 'entries', context: FoldContext, fold: Fold): Value | undefined {
  const object = argument(node, 0, context, fold);
  if (object?.kind !== 'map') return undefined;
  const items = object.entries.map((entry): Value => {
    const key: Value = { kind: 'scalar', text: entry.key, type: 'string', origin: entry.keyOrigin };
    return name === 'values' ? entry.value : name === 'keys' ? key : { kind: 'list', items: [key, entry.value], origin: entry.keyOrigin };
  });
  return { kind: 'list', items, origin: originOf(node, context.file) };
}

function argument(node: TSESTree.CallExpression, index: number, context: FoldContext, fold: Fold): Value | undefined {
  const given = node.arguments[index];
  return given === undefined || given.type === 'SpreadElement' ? undefined : fold(given, context);
}
