import type { Value } from '../../../core/value.ts';
import { moduleSteps } from '../addresses.ts';
import type { Interpreter, ProviderFacts } from '../evaluate/interpreter.ts';
import { providerPlace } from '../module/providers.ts';
import { frameOf } from '../module/variables.ts';
import { below, isObject, member, textMember } from './json.ts';
import { configuredBody, idOf, moduleOf, type Opening } from './locate.ts';
import type { ShownResource } from './read.ts';

/** The key of the provider configuration behind a resource: from the configuration section, or a state's own note of it. */
export function providerKeyOf(opening: Opening, shown: ShownResource): string {
  if (shown.provider !== undefined) {
    const alias = /\]\.([\w-]+)$/.exec(shown.provider)?.[1];
    return alias === undefined ? 'aws' : `aws.${alias}`;
  }
  if (opening.configuration === undefined) return 'aws';
  const module = moduleOf(opening.configuration, moduleSteps(shown.module).map((step) => step.name));
  return module?.providerKey(idOf(shown)) ?? 'aws';
}

/** What a provider's configuration says of account and region; where it says nothing, what its resources' ARNs show. */
export function factsOfKey(opening: Opening, key: string, interpreter: Interpreter): ProviderFacts {
  const known = opening.facts.get(key);
  if (known !== undefined) return known;
  const configs = member(opening.shown.configuration, 'provider_config');
  // Within modules, older plans name the provider by the call: `call:aws`.
  const plain = isObject(configs) && Object.hasOwn(configs, key) ? key : key.slice(key.lastIndexOf(':') + 1);
  const stated = providerPlace(providerValue(opening, plain, interpreter));
  const facts = { name: plain, account: stated.account ?? accountSeen(opening, plain), region: stated.region };
  opening.facts.set(key, facts);
  return facts;
}

/** The arguments of a provider configuration, evaluated. */
export function providerValue(opening: Opening, key: string, interpreter: Interpreter): Value {
  const expressions = member(member(member(opening.shown.configuration, 'provider_config'), key), 'expressions');
  return configuredBody(opening, expressions, below(null, 'configuration', 'provider_config', key, 'expressions'), frameOf(interpreter.root, interpreter));
}

/** The account that the provider's resources show: its caller identity, else the one account in all their ARNs. */
function accountSeen(opening: Opening, key: string): string | undefined {
  const inArns = new Set<string>();
  for (const shown of opening.shown.resources.values()) {
    if (providerKeyOf(opening, shown).replace(/^.*:/, '') !== key) continue;
    if (shown.type === 'aws_caller_identity') {
      const account = textMember(shown.values, 'account_id');
      if (account !== undefined && /^\d{12}$/.test(account)) return account;
    }
    const arn = shown.mode === 'managed' ? textMember(shown.values, 'arn') : undefined;
    const account = arn === undefined ? undefined : /^arn:[\w-]{1,20}:[\w-]{1,40}:[\w-]{0,30}:(\d{12}):/.exec(arn)?.[1];
    if (account !== undefined) inArns.add(account);
  }
  return inArns.size === 1 ? [...inArns][0] : undefined;
}
