import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import { bodyValue } from '../evaluate/blocks.ts';
import type { Interpreter, ModuleInstance, ProviderFacts } from '../evaluate/interpreter.ts';
import { attributeOf, type Block } from '../syntax/ast.ts';
import { providerName } from './calls.ts';
import type { ResourceDefinition } from './definition.ts';
import { aliasOf } from './load.ts';
import { frameOf } from './variables.ts';

/** The provider of the AWS resources of a module that name none. */
export const DEFAULT_PROVIDER = 'aws';

/**
 * Finds the provider configuration behind a resource: its own `provider`, handed down through the `providers` of module calls,
 * and what that configuration says of account and region. Facts that nothing states are unknown, e.g. behind a `profile`.
 */
export function createProviderFacts(interpreter: () => Interpreter): (module: ModuleInstance, resource: ResourceDefinition) => ProviderFacts {
  const memo = new Map<string, ProviderFacts>();
  return (module, resource) => {
    const attribute = attributeOf(resource.block.body, 'provider');
    const named = attribute === undefined ? undefined : providerName(attribute.value);
    const name = named ?? DEFAULT_PROVIDER;
    const key = `${module.path}|${name}`;
    const known = memo.get(key) ?? findFacts(module, name, interpreter());
    memo.set(key, known);
    return known;
  };
}

/** The facts of a provider configuration as a module knows it by name. */
export function findFacts(module: ModuleInstance, name: string, interpreter: Interpreter): ProviderFacts {
  const mapped = module.providers?.get(name);
  if (module.parent !== undefined && mapped !== undefined) return findFacts(module.parent, mapped, interpreter);
  const block = module.definition.providers.find((one) => nameOfProvider(one) === name);
  if (block !== undefined && !(module.parent !== undefined && isEmpty(block))) return factsOf(block, name, module, interpreter);
  if (module.parent !== undefined && !name.includes('.')) return findFacts(module.parent, name, interpreter);
  return { name: module.path === '' || !name.includes('.') ? name : `${name} of ${module.path}`, account: undefined, region: undefined };
}

function isEmpty(block: Block): boolean {
  return block.body.attributes.length + block.body.blocks.length === 0;
}

/** `aws`, or `aws.alias`. */
export function nameOfProvider(block: Block): string {
  const label = block.labels[0]?.text ?? '';
  const alias = aliasOf(block);
  return alias === undefined ? label : `${label}.${alias}`;
}

function factsOf(block: Block, name: string, module: ModuleInstance, interpreter: Interpreter): ProviderFacts {
  const body = bodyValue(block.body, frameOf(module, interpreter), block.extent);
  return { name: module.path === '' ? name : `${name} of ${module.path}`, ...providerPlace(body) };
}

/** Account and region that a provider's arguments state. */
export function providerPlace(body: Value): { readonly account: string | undefined; readonly region: string | undefined } {
  const allowed = itemsOf(property(body, 'allowed_account_ids')).map(knownText);
  const roles = itemsOf(property(body, 'assume_role')).map((one) => property(one, 'role_arn') ?? one);
  // Of several roles the last one is the identity that is worked with.
  const account = allowed.length === 1 && isAccount(allowed[0]) ? allowed[0] : accountInArn(roles.at(-1));
  return { account, region: knownText(property(body, 'region')) };
}

function isAccount(text: string | undefined): text is string {
  return text !== undefined && /^\d{12}$/.test(text);
}

/** The account of an ARN, when it is known even if the rest is not. */
export function accountInArn(value: Value | undefined): string | undefined {
  const first = value?.kind === 'concat' ? value.parts[0] : value;
  return first?.kind === 'scalar' ? /^arn:[\w-]{1,20}:[\w-]{1,40}:[\w-]{0,30}:(\d{12}):/.exec(first.text)?.[1] : undefined;
}

/** The partition a region lies in. */
export function partitionOf(region: string | undefined): string {
  if (region?.startsWith('cn-') === true) return 'aws-cn';
  return region?.startsWith('us-gov-') === true ? 'aws-us-gov' : 'aws';
}
