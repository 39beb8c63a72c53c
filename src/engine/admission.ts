import { isAccountId, parseArn } from '../iam/arn.ts';
import type { CompiledCondition } from '../iam/condition/index.ts';
import type { PrincipalPattern } from '../iam/principal.ts';
import { hasHole } from '../iam/token.ts';
import type { AdmittedGrant, ClaimLimit, Reach, Relation, TrustScope } from './admitted.ts';
import type { CompiledStatement } from './compile.ts';
import type { AccessFacts, AccessFinder, CallerFact, FoundAccess, KeyFact } from './find-access.ts';
import { type PinGroup, pinGroupOf, type Stranger, strangerFacts } from './outsider.ts';

/** What an admission asks with. */
export interface AdmissionInput {
  readonly statement: CompiledStatement;
  readonly denies: readonly CompiledStatement[];
  readonly stranger: Stranger;
  readonly scope: TrustScope;
  readonly finder: AccessFinder;
}

/** Groups of keys a caller may have to satisfy, from nothing to everything. */
const EASINGS: readonly (readonly PinGroup[])[] = [[], ['secret'], ['network'], ['source'], ['network', 'source', 'secret'], ['network', 'source', 'secret', 'account']];

const EVERY_GROUP: ReadonlySet<PinGroup> = new Set<PinGroup>(['organization', 'account', 'network', 'source', 'secret']);

/** Asks one statement for each set of callers it may admit. */
export class Admission {
  readonly #input: AdmissionInput;

  constructor(input: AdmissionInput) {
    this.#input = input;
  }

  grants(): readonly AdmittedGrant[] {
    const anyone = this.#mayBeAnyone() ? (this.#ask({ kind: 'public' }, [{ kind: 'anonymous' }], ANONYMOUS_KEYS) ?? this.#ask({ kind: 'any-aws' }, this.#callersOf(this.#input.stranger.account), new Map())) : undefined;
    const named = [...this.#organizations(), ...this.#accounts(), ...this.#services(), ...this.#providers(), ...this.#others()];
    if (anyone === undefined) return named.length > 0 ? named : this.#somebody();
    // Whoever is admitted without any limit needs no naming again.
    return anyone.limitedBy.length === 0 ? [anyone, ...named.filter((grant) => grant.reach.kind === 'federated' || grant.reach.kind === 'unclear')] : [anyone, ...named];
  }

  /** A statement that names callers, known or not, admits no strangers. */
  #mayBeAnyone(): boolean {
    const { principal } = this.#input.statement;
    return principal === undefined || principal.negated || principal.entries.some(({ pattern }) => pattern.kind === 'anyone');
  }

  /** Limits of a kind that names no set of callers, such as tags: somebody is admitted, but nothing says who. */
  #somebody(): readonly AdmittedGrant[] {
    const { finder, statement } = this.#input;
    const found = finder.find({}, statement);
    if (found.verdict === 'no') return [];
    const reach: Reach = found.witness?.principal === null ? { kind: 'public' } : { kind: 'any-aws' };
    return [this.#grant(reach, found, this.#pins(EVERY_GROUP))];
  }

  /** Tries with no concession to the caller, then with some; the first that succeeds tells what limits the grant. */
  #ask(reach: Reach, callers: readonly CallerFact[], keys: ReadonlyMap<string, KeyFact>): AdmittedGrant | undefined {
    const { statement, denies, stranger, finder } = this.#input;
    const concerned = [statement, ...denies];
    let doubtful: FoundAccess | undefined;
    for (const easing of EASINGS) {
      const free = new Set(easing);
      if (easing.length > 0 && this.#pins(free).length === 0) continue;
      const facts: AccessFacts = { callers, keys: new Map([...strangerFacts(concerned, stranger, free), ...keys]) };
      const found = finder.find(facts, statement);
      if (found.verdict === 'yes') return this.#grant(reach, found, this.#pins(free));
      if (found.verdict === 'unknown') doubtful ??= found;
    }
    return doubtful === undefined ? undefined : this.#grant(reach, doubtful, []);
  }

  /** Keys of some groups that the statement or a deny holds on to, as written. */
  #pins(groups: ReadonlySet<PinGroup>): readonly string[] {
    const { statement, denies } = this.#input;
    const names = [statement, ...denies].flatMap((item) => item.conditions.flatMap(({ key, source }) => (groups.has(pinGroupOf(key) ?? 'organization') && pinGroupOf(key) !== undefined ? [source.key.text] : [])));
    return [...new Set(names)];
  }

  #grant(reach: Reach, found: FoundAccess, limitedBy: readonly string[]): AdmittedGrant {
    const verdict = found.verdict === 'yes' ? 'yes' : 'unknown';
    return { statement: this.#input.statement, reach, relation: this.#relationOf(reach), limitedBy, verdict, ...(found.witness === undefined ? {} : { witness: found.witness }) };
  }

  #relationOf(reach: Reach): Relation {
    const { scope } = this.#input;
    if (reach.kind === 'unclear') return 'unknown';
    if (reach.kind === 'organization') return scope.organization?.id === undefined ? 'unknown' : scope.organization.id === reach.id ? 'organization' : 'outside';
    if (reach.kind !== 'account') return 'outside';
    const { account } = reach;
    if (account === scope.account) return 'same';
    if (scope.organization?.accounts?.includes(account) === true) return 'organization';
    if (scope.trusted?.includes(account) === true) return 'trusted';
    return hasHole(account) || scope.account === undefined || hasHole(scope.account) ? 'unknown' : 'outside';
  }

  #callersOf(account: string): readonly CallerFact[] {
    const { word } = this.#input.stranger;
    return [
      { kind: 'user', patterns: PARTITIONS.map((partition) => `arn:${partition}:iam::${account}:user/${word}`) },
      { kind: 'role', patterns: PARTITIONS.map((partition) => `arn:${partition}:iam::${account}:role/${word}`) },
    ];
  }

  #organizations(): readonly AdmittedGrant[] {
    const ids = new Set<string>();
    for (const { key, source } of this.#conditions()) {
      if (pinGroupOf(key) !== 'organization') continue;
      for (const value of source.values) ids.add(value.text.split('/')[0] ?? value.text);
    }
    return [...ids].flatMap((id) => {
      const keys = new Map<string, KeyFact>([
        ['aws:principalorgid', { absent: false, values: [id] }],
        ['aws:principalorgpaths', { absent: false, values: [`${id}/*`] }],
      ]);
      return this.#ask({ kind: 'organization', id }, this.#callersOf(this.#input.stranger.account), keys) ?? [];
    });
  }

  #accounts(): readonly AdmittedGrant[] {
    const named = this.#namedPrincipals();
    return [...new Set(named.map((item) => item.account))].flatMap((account) => {
      const keys = accountKeys(account);
      const whole = this.#ask({ kind: 'account', account, whole: true, principals: [] }, this.#callersOf(account), keys);
      if (whole !== undefined) return whole;
      const principals = [...new Set(named.filter((item) => item.account === account).map((item) => item.text))];
      return this.#ask({ kind: 'account', account, whole: false, principals }, everyoneIn(account), keys) ?? [];
    });
  }

  /** Accounts, users and roles that the statement names, in `Principal` or in conditions on the caller. */
  #namedPrincipals(): readonly { readonly account: string; readonly text: string }[] {
    const { statement } = this.#input;
    const entries = statement.principal?.negated === false ? statement.principal.entries : [];
    const texts = statement.source.principal?.entries ?? [];
    const fromElement = entries.flatMap(({ pattern }, index) => (isOfAccount(pattern) ? [{ account: pattern.account, text: texts[index]?.text ?? '' }] : []));
    const fromConditions = this.#conditions()
      .filter(({ key }) => key === 'aws:principalarn' || key === 'aws:principalaccount' || key === 'kms:calleraccount')
      .flatMap(({ source }) => source.values)
      .flatMap(({ text }) => {
        const account = parseArn(text)?.account ?? text;
        return isAccountId(account) ? [{ account, text }] : [];
      });
    return [...fromElement, ...fromConditions];
  }

  /** Conditions that shape who is admitted: the statement's own and those of the denies. */
  #conditions(): readonly CompiledCondition[] {
    return [this.#input.statement, ...this.#input.denies].flatMap((statement) => statement.conditions);
  }

  #services(): readonly AdmittedGrant[] {
    return this.#namesOf('service').flatMap((service) => this.#ask({ kind: 'service', service }, [{ kind: 'service', patterns: [service] }], new Map()) ?? []);
  }

  #providers(): readonly AdmittedGrant[] {
    return this.#namesOf('federated').flatMap((provider) => {
      const callers: readonly CallerFact[] = [{ kind: 'federated', patterns: [provider] }];
      return this.#ask({ kind: 'federated', provider, claims: this.#claimsOf(provider, callers) }, callers, new Map()) ?? [];
    });
  }

  #namesOf(kind: 'service' | 'federated' | 'canonical'): readonly string[] {
    const entries = this.#input.statement.principal?.negated === false ? this.#input.statement.principal.entries : [];
    return [...new Set(entries.flatMap(({ pattern }) => (pattern.kind === kind ? [pattern.name] : [])))];
  }

  /** The claims the statement asks about, and the subject and audience that every token of an OIDC provider carries. */
  #claimsOf(provider: string, callers: readonly CallerFact[]): readonly ClaimLimit[] {
    const { statement, finder, stranger } = this.#input;
    const host = /:oidc-provider\/(.+)$/.exec(provider)?.[1];
    const asked = statement.conditions.flatMap(({ key, source }) => (isClaim(key) ? [source.key.text] : []));
    const usual = host === undefined ? [] : [`${host}:sub`, `${host}:aud`];
    const keys = new Map([...asked, ...usual].map((key) => [key.toLowerCase(), key]));
    return [...keys].map(([lower, key]) => {
      const values = statement.conditions.filter((condition) => condition.key === lower).flatMap(({ source }) => source.values.map((value) => value.text));
      const open = finder.find({ callers, keys: new Map([[lower, { absent: true, values: [stranger.word] }]]) }, statement).verdict !== 'no';
      return { key, open, values };
    });
  }

  #others(): readonly AdmittedGrant[] {
    const canonical = this.#namesOf('canonical').flatMap((id) => this.#ask({ kind: 'canonical', id }, [{ kind: 'canonical', patterns: [id] }], new Map()) ?? []);
    const entries = this.#input.statement.principal?.negated === false ? this.#input.statement.principal.entries : [];
    const unclear = entries.flatMap(({ pattern }): readonly AdmittedGrant[] => (pattern.kind === 'unclear' ? [this.#grant({ kind: 'unclear', text: pattern.text }, { verdict: 'unknown' }, [])] : []));
    return [...canonical, ...unclear];
  }
}

const PARTITIONS = ['aws', 'aws-us-gov', 'aws-cn'] as const;

/** A function URL with IAM authentication has no anonymous callers (Lambda Developer Guide, "Control access to Lambda function URLs"). */
const ANONYMOUS_KEYS: ReadonlyMap<string, KeyFact> = new Map([['lambda:functionurlauthtype', { absent: true, values: ['NONE'] }]]);

function accountKeys(account: string): ReadonlyMap<string, KeyFact> {
  return new Map(['kms:calleraccount', 's3:dataaccesspointaccount'].map((key): [string, KeyFact] => [key, { absent: true, values: [account] }]));
}

function everyoneIn(account: string): readonly CallerFact[] {
  return [
    { kind: 'user', patterns: [`arn:*:iam::${account}:*`] },
    { kind: 'role', patterns: [`arn:*:iam::${account}:*`] },
    { kind: 'federated-user', patterns: [`arn:*:sts::${account}:*`] },
    { kind: 'root', patterns: [`arn:*:iam::${account}:root`] },
  ];
}

function isOfAccount(pattern: PrincipalPattern): pattern is Extract<PrincipalPattern, { readonly account: string }> {
  return 'account' in pattern;
}

/** Claims are named after their provider's host, or after SAML. */
function isClaim(key: string): boolean {
  const prefix = key.slice(0, Math.max(key.indexOf(':'), 0));
  return prefix.includes('.') || prefix === 'saml';
}
