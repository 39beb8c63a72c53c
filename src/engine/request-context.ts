import { type Caller, accountOf, principalArnOf } from '../iam/principal.ts';
import type { ContextReader, ContextValue } from '../iam/condition/context.ts';
import type { Request, RequestValue } from './types.ts';

const UNKNOWN: ContextValue = { kind: 'unknown' };

/** What a request's context says, plus what follows from its caller. Given values win over derived ones. */
export class RequestContext implements ContextReader {
  readonly #given: Readonly<Record<string, RequestValue>>;
  readonly #caller: Caller;
  readonly #resourceAccount: string | undefined;
  readonly #open: boolean;
  /** Built on the first question: most decisions ask for no key. */
  #values: ReadonlyMap<string, ContextValue> | undefined;

  constructor(request: Request, caller: Caller, resourceAccount: string | undefined) {
    this.#given = request.context ?? NO_CONTEXT;
    this.#caller = caller;
    this.#resourceAccount = resourceAccount;
    this.#open = request.unknownContext === true;
  }

  /** The value of a lower-case key; `undefined` when the request does not carry it. */
  read(key: string): ContextValue | undefined {
    this.#values ??= readValues(this.#given);
    const given = this.#values.get(key);
    if (given !== undefined) return given;
    if (key.startsWith('aws:')) {
      const derived = deriveValue(key, this.#caller, this.#resourceAccount);
      if (derived !== 'not derived') return derived;
    }
    return this.#open ? UNKNOWN : undefined;
  }
}

const NO_CONTEXT: Readonly<Record<string, RequestValue>> = Object.freeze({});

function readValues(given: Readonly<Record<string, RequestValue>>): ReadonlyMap<string, ContextValue> {
  const values = new Map<string, ContextValue>();
  for (const [key, value] of Object.entries(given)) if (value !== null) values.set(key.toLowerCase(), readValue(value));
  return values;
}

function readValue(value: RequestValue): ContextValue {
  if (value === undefined) return UNKNOWN;
  if (Array.isArray(value)) return { kind: 'known', values: value.map(String), many: true };
  return { kind: 'known', values: [String(value)], many: false };
}

/**
 * Keys that are functions of the caller or the resource.
 * Source: IAM User Guide, "AWS global condition context keys" (properties of the principal, and availability).
 */
function deriveValue(key: string, caller: Caller, resourceAccount: string | undefined): ContextValue | undefined | 'not derived' {
  if (key === 'aws:resourceaccount') return resourceAccount === undefined ? 'not derived' : one(resourceAccount);
  if (!PRINCIPAL_KEYS.has(key) && !ABSENT_WITHOUT_ACCOUNT.some((prefix) => key.startsWith(prefix))) return 'not derived';
  if (caller.kind === 'unclear') return UNKNOWN;
  switch (key) {
    case 'aws:principalarn':
      return one(principalArnOf(caller));
    case 'aws:principalaccount':
      return one(accountOf(caller));
    case 'aws:username':
      return caller.kind === 'user' ? one(caller.name) : undefined;
    case 'aws:principaltype':
      return one(principalType(caller));
    case 'aws:principalisawsservice':
      return caller.kind === 'anonymous' || caller.kind === 'federated' ? undefined : one(String(caller.kind === 'service'));
    case 'aws:principalservicename':
      return caller.kind === 'service' ? one(caller.name) : undefined;
    default:
      return accountOf(caller) === undefined && caller.kind !== 'canonical' ? undefined : 'not derived';
  }
}

function one(value: string | undefined): ContextValue | undefined {
  return value === undefined ? undefined : { kind: 'known', values: [value], many: false };
}

function principalType(caller: Caller): string | undefined {
  switch (caller.kind) {
    case 'user':
      return 'User';
    case 'role':
      return 'AssumedRole';
    case 'root':
      return 'Account';
    case 'federated-user':
      return 'FederatedUser';
    case 'anonymous':
      return 'Anonymous';
    default:
      return undefined;
  }
}

/** Keys that follow from the caller alone. */
export const PRINCIPAL_KEYS: ReadonlySet<string> = new Set([
  'aws:principalarn',
  'aws:principalaccount',
  'aws:username',
  'aws:principaltype',
  'aws:principalisawsservice',
  'aws:principalservicename',
]);

/** Keys that only callers from an account carry; beginnings of their names. */
export const ABSENT_WITHOUT_ACCOUNT: readonly string[] = ['aws:principalorgid', 'aws:principalorgpaths', 'aws:principaltag/'];
