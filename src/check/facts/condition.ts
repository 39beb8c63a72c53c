import type { Verdict } from '../../core/verdict.ts';
import { type ConditionKeyInfo, conditionKeyInfo } from '../../data/condition-keys.ts';
import { isAccountId, parseArn } from '../../iam/arn.ts';
import type { Condition, Text } from '../../iam/policy-document.ts';
import { hasHole, hasOpenHole } from '../../iam/token.ts';
import { isBroadNetwork } from './network.ts';
import { type ConditionOperator, readConditionOperator } from './operator.ts';
import { hasWildcard, isWhollyOpen, outline, startsOpen } from './outline.ts';
import { isFixedSegment } from './resource.ts';
import { type KeyMeaning, meaningOf } from './scoping-keys.ts';

/** One operator-key pair of a Condition block, with what it admits. */
export class ConditionFact {
  readonly condition: Condition;
  readonly operator: ConditionOperator;
  /** The key in lower case: IAM compares keys without regard to case. */
  readonly key: string;
  readonly meaning: KeyMeaning;
  /** Another condition of the statement demands that the key be present. */
  readonly presenceDemanded: boolean;
  #info: ConditionKeyInfo | null | undefined;

  constructor(condition: Condition, presenceDemanded: boolean) {
    this.condition = condition;
    this.operator = readConditionOperator(condition.operator.text);
    this.key = condition.key.text.toLowerCase();
    this.meaning = meaningOf(this.key);
    this.presenceDemanded = presenceDemanded;
  }

  /** What the reference says of the key; `undefined` for keys that do not exist. */
  get info(): ConditionKeyInfo | undefined {
    if (this.#info === undefined) this.#info = conditionKeyInfo(this.condition.key.text) ?? null;
    return this.#info ?? undefined;
  }

  get values(): readonly Text[] {
    return this.condition.values;
  }

  /** Can a request that lacks the key satisfy the condition? */
  get admitsAbsence(): boolean {
    if (this.operator.family === 'Null') return this.values.some((value) => value.text !== 'false');
    if (this.operator.qualifier === 'ForAllValues') return !this.presenceDemanded;
    if (this.operator.ifExists) return !this.presenceDemanded;
    return this.operator.negated && this.operator.qualifier !== 'ForAnyValue';
  }

  /**
   * Does the condition name what it admits: a positive comparison that an absent key fails, with values that are not
   * everything? `unknown` when a value could be a wildcard.
   */
  get namesValues(): Verdict {
    const { base, family, negated } = this.operator;
    if (base === undefined || negated || family === 'Null' || this.admitsAbsence || this.values.length === 0) return 'no';
    let result: Verdict = 'yes';
    for (const value of this.values) {
      const one = this.#named(value.text);
      if (one === 'no') return 'no';
      if (one === 'unknown') result = 'unknown';
    }
    return result;
  }

  #named(text: string): Verdict {
    if (this.operator.wildcards && isWhollyOpen(text)) return 'unknown';
    if (this.operator.wildcards) return /^[*?]*$/.test(text) || /^arn:[*:]*$/.test(text) ? 'no' : 'yes';
    return 'yes';
  }

  /**
   * Does the condition confine callers to fixed accounts, an organization, a resource or a network?
   * Keys that any account can satisfy (tags, user names), that callers send themselves, or that say nothing of the caller do not.
   */
  get confinesCaller(): Verdict {
    const named = this.namesValues;
    if (named === 'no' || !CONFINING.has(this.meaning)) return 'no';
    let result: Verdict = named;
    for (const value of this.values) {
      const one = this.#confines(value.text);
      if (one === 'no') return 'no';
      if (one === 'unknown') result = 'unknown';
    }
    return result;
  }

  #confines(text: string): Verdict {
    if (startsOpen(text)) return this.operator.wildcards ? 'unknown' : 'yes';
    switch (this.meaning) {
      case 'account':
        return isAccountId(text) || (hasHole(text) && !hasWildcard(text)) ? 'yes' : 'no';
      case 'organization':
        return hasWildcard(outline(text).split('/')[0] ?? '') ? 'no' : 'yes';
      case 'network':
        return this.operator.family === 'Ip' ? (isBroadNetwork(text) ? 'no' : 'yes') : this.operator.wildcards && hasWildcard(text) ? 'no' : 'yes';
      case 'arn':
        return this.key === 'aws:userid' ? userIdConfines(text) : arnConfines(text, this.operator);
      default:
        return 'no';
    }
  }

  /** Negated, does the condition hold for every caller outside a fixed set, so that a `Deny` under it keeps them out? */
  get excludesOutsiders(): boolean {
    const { negated, qualifier } = this.operator;
    if (!negated || qualifier !== undefined || !CONFINING.has(this.meaning) || this.values.length === 0) return false;
    return this.values.every((value) => this.#confines(value.text) === 'yes');
  }

  /** Does the condition single out resources (by tag, account, cluster, key alias), so that `Resource: "*"` is less than it seems? */
  get confinesResource(): Verdict {
    if (this.meaning === 'resource') return this.operator.family === 'Null' ? (this.admitsAbsence ? 'no' : 'yes') : this.namesValues;
    const serviceKey = !this.key.startsWith('aws:') && this.meaning !== 'strength';
    return serviceKey || this.key === 'aws:calledvia' || this.key === 'kms:viaservice' || this.key.startsWith('aws:requesttag/') ? this.namesValues : 'no';
  }

  get text(): string {
    return `${this.condition.operator.text} ${this.condition.key.text}`;
  }
}

const CONFINING: ReadonlySet<KeyMeaning> = new Set(['account', 'organization', 'arn', 'network']);

/** An ARN value confines when its account is fixed, or, for ARNs without an account (buckets), when it names the resource. */
function arnConfines(text: string, operator: ConditionOperator): Verdict {
  if (!operator.wildcards && !hasWildcard(text)) return 'yes';
  const arn = parseArn(text);
  if (arn === undefined) return hasWildcard(text) ? 'no' : 'yes';
  if (isFixedSegment(arn.account)) return 'yes';
  if (hasOpenHole(arn.account)) return 'yes';
  if (arn.account === '') return /^[*?]/.test(arn.resource) ? 'no' : 'yes';
  return 'no';
}

/** `AROA…:*` names one role; a value that begins with a wildcard names nobody. Source: S3 User Guide, "The meaning of 'public'". */
function userIdConfines(text: string): Verdict {
  return /^[*?]/.test(text) ? 'no' : 'yes';
}
