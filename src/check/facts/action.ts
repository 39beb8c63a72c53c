import { expandAction } from '../../data/action-pattern.ts';
import { type AccessLevel, findAction, resourceTypesOf, serviceExists, services } from '../../data/actions.ts';
import type { Text } from '../../iam/policy-document.ts';
import { hasHole, hasOpenHole } from '../../iam/token.ts';

/**
 * How much of the action catalogue a pattern takes in, by its spelling:
 * `any` is everything (`*`, `*:*`), `service` a whole service (`s3:*`), `prefix` and `pattern` a part of one (`s3:Get*`,
 * `s3:*Object`), `across` has a wildcard in the service part (`*:Get*`, `s*:*`).
 */
export type ActionWidth = 'any' | 'service' | 'prefix' | 'pattern' | 'exact' | 'across' | 'malformed' | 'unknown';

/** One action string, read once per run however often it occurs. */
export interface ActionPattern {
  readonly text: string;
  readonly width: ActionWidth;
  /** The service prefix in lower case; `undefined` when it holds a wildcard or is not known. */
  readonly service: string | undefined;
  /** What stands after the colon. */
  readonly name: string;
  readonly expansion: Expansion;
}

/** An action string at its place. */
export interface ActionFact {
  readonly at: Text;
  readonly pattern: ActionPattern;
}

/** Reads an action string. `pattern.expansion` is worked out when first asked for. */
export function readActionPattern(text: string): ActionPattern {
  const colon = text.indexOf(':');
  const prefix = colon === -1 ? text : text.slice(0, colon);
  const literal = colon > 0 && !hasHole(prefix) && !/[*?]/.test(prefix);
  return {
    text,
    width: widthOf(text, colon),
    service: literal ? prefix.toLowerCase() : undefined,
    name: colon === -1 ? text : text.slice(colon + 1),
    expansion: new Expansion(text),
  };
}

function widthOf(text: string, colon: number): ActionWidth {
  if (hasHole(text)) return 'unknown';
  if (/^\*+$/.test(text)) return 'any';
  if (colon <= 0 || colon === text.length - 1 || /\s/.test(text) || text.indexOf(':', colon + 1) !== -1) return 'malformed';
  const service = text.slice(0, colon);
  const name = text.slice(colon + 1);
  const everyName = /^\*+$/.test(name);
  if (/[*?]/.test(service)) return everyName && /^\*+$/.test(service) ? 'any' : 'across';
  if (everyName) return 'service';
  const wildcard = name.search(/[*?]/);
  if (wildcard === -1) return 'exact';
  return /^[^*?]+\*+$/.test(name) ? 'prefix' : 'pattern';
}

/** The catalogue's actions that a pattern matches. INVARIANT: what is handed out never changes. */
export class Expansion {
  readonly #pattern: string;
  #names: readonly string[] | undefined;
  #restrictable: readonly string[] | undefined;
  readonly #levels = new Map<AccessLevel, readonly string[]>();

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** Names as `service:Name` in the catalogue's spelling; empty for patterns with holes and for unknown actions. */
  get names(): readonly string[] {
    this.#names ??= hasHole(this.#pattern) ? [] : expand(this.#pattern);
    return this.#names;
  }

  /** Those that can be limited to resources; for them `Resource: "*"` is a choice. */
  get restrictable(): readonly string[] {
    this.#restrictable ??= this.names.filter(canBeLimited);
    return this.#restrictable;
  }

  /** Those of one access level. */
  level(level: AccessLevel): readonly string[] {
    const known = this.#levels.get(level);
    if (known !== undefined) return known;
    const found = this.names.filter((name) => findAction(name)?.level === level);
    this.#levels.set(level, found);
    return found;
  }
}

/** Can the action be limited to resources in practice: by a type that it always names, or one that plain use of the service knows? */
function canBeLimited(name: string): boolean {
  const service = name.slice(0, name.indexOf(':'));
  return resourceTypesOf(name).some((type) => type.required || !UNUSUAL_TYPES.has(`${service}:${type.name}`));
}

/** Optional resource types that plain use of the service does not know. Source: service authorization reference of CloudWatch, Cost Explorer, Systems Manager. */
const UNUSUAL_TYPES: ReadonlySet<string> = new Set(['cloudwatch:dataset', 'ce:billingview', 'ssm:instance', 'ssm:managed-instance']);

function expand(pattern: string): readonly string[] {
  if (/[*?]/.test(pattern)) return expandAction(pattern);
  const action = findAction(pattern);
  return action === undefined ? [] : [`${action.service}:${action.name}`];
}

/** Does some service have this prefix (wildcards allowed)? */
export function knowsService(prefix: string): boolean {
  if (!/[*?]/.test(prefix)) return serviceExists(prefix);
  return services().some((service) => expandsTo(prefix.toLowerCase(), service));
}

function expandsTo(glob: string, text: string): boolean {
  const pieces = glob.split(/\*+/);
  const first = pieces[0] ?? '';
  if (!fits(first, text, 0)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    while (at + piece.length <= text.length && !fits(piece, text, at)) at += 1;
    at += piece.length;
    if (at > text.length) return false;
  }
  const last = pieces.length > 1 ? (pieces.at(-1) ?? '') : '';
  return pieces.length === 1 ? text.length === first.length : text.length - last.length >= at && fits(last, text, text.length - last.length);
}

function fits(piece: string, text: string, at: number): boolean {
  if (at < 0 || at + piece.length > text.length) return false;
  for (let offset = 0; offset < piece.length; offset += 1) {
    if (piece[offset] !== '?' && piece[offset] !== text[at + offset]) return false;
  }
  return true;
}

/** A fixed set of actions that rules look for, matched against patterns without expanding the whole catalogue twice. */
export class ActionSet {
  readonly names: readonly string[];
  readonly #byLowerCase: ReadonlyMap<string, string>;

  constructor(names: readonly string[]) {
    this.names = names;
    this.#byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]));
  }

  has(name: string): boolean {
    return this.#byLowerCase.has(name.toLowerCase());
  }

  /** The members that a pattern matches; none for patterns that are not known. */
  matchedBy(pattern: ActionPattern): readonly string[] {
    switch (pattern.width) {
      case 'unknown':
      case 'malformed':
        return [];
      case 'any':
        return this.names;
      case 'exact': {
        const name = this.#byLowerCase.get(pattern.text.toLowerCase());
        return name === undefined ? [] : [name];
      }
      default: {
        const glob = pattern.text.toLowerCase();
        return this.names.filter((name) => expandsTo(glob, name.toLowerCase()));
      }
    }
  }

  /** Could a pattern whose text is not known match a member? Only its literal beginning can rule that out. */
  mayBeMatchedBy(pattern: ActionPattern): boolean {
    if (pattern.width !== 'unknown') return this.matchedBy(pattern).length > 0;
    if (!hasOpenHole(pattern.text)) return false;
    const literal = pattern.text.slice(0, pattern.text.indexOf('\uE000')).toLowerCase();
    const star = literal.search(/[*?]/);
    const known = star === -1 ? literal : literal.slice(0, star);
    return this.names.some((name) => name.toLowerCase().startsWith(known));
  }
}
