import { and, type Verdict } from '../core/verdict.ts';
import { type Arn, isAccountId, parseArn, splitOutsideHoles } from './arn.ts';
import { sameText } from './holes.ts';
import type { PrincipalEntry } from './policy-document.ts';
import { hasHole, hasOpenHole } from './token.ts';

/**
 * Who makes a request. `roleArn` of a role is what `aws:PrincipalArn` holds: the role with its path.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal".
 */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'service' | 'federated' | 'canonical'; readonly name: string }
  | { readonly kind: 'user' | 'root' | 'federated-user'; readonly arn: string; readonly account: string; readonly name: string }
  | RoleCaller
  | { readonly kind: 'unclear'; readonly text: string };

export interface RoleCaller {
  readonly kind: 'role';
  /** As given: the session's ARN or the role's. */
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  /** `undefined` when the caller is given as the role itself: some session of it. */
  readonly session: string | undefined;
  readonly roleArn: string;
  /** The role's path is known, from the ARN or from the context; a session's ARN does not hold it. */
  readonly pathKnown: boolean;
}

/**
 * Reads a caller: an IAM or STS ARN, an account id (its root), a service principal, an identity provider, a canonical user id.
 */
export function readCaller(text: string | null, anonymous: boolean): Caller {
  if (text === null || text === '' || anonymous) return { kind: 'anonymous' };
  const arn = parseArn(text);
  if (arn === undefined) return readName(text);
  const { account, resource } = arn;
  if (arn.service === 'iam') {
    if (resource === 'root') return { kind: 'root', arn: text, account, name: 'root' };
    if (resource.startsWith('user/')) return { kind: 'user', arn: text, account, name: afterLastSlash(resource) };
    if (resource.startsWith('role/')) return { kind: 'role', arn: text, account, name: afterLastSlash(resource), session: undefined, roleArn: text, pathKnown: true };
    if (resource.startsWith('saml-provider/') || resource.startsWith('oidc-provider/')) return { kind: 'federated', name: text };
  } else if (arn.service === 'sts') {
    if (resource.startsWith('assumed-role/')) return readSession(text, arn);
    if (resource.startsWith('federated-user/')) return { kind: 'federated-user', arn: text, account, name: afterLastSlash(resource) };
  }
  return { kind: 'unclear', text };
}

function readSession(text: string, arn: Arn): Caller {
  const [name, session] = sessionParts(arn.resource);
  return { kind: 'role', arn: text, account: arn.account, name, session, roleArn: `arn:${arn.partition}:iam::${arn.account}:role/${name}`, pathKnown: false };
}

/** Role and session names of `assumed-role/ROLE/SESSION`. */
function sessionParts(resource: string): readonly [string, string | undefined] {
  if (hasHole(resource)) {
    const [, name = '', session] = splitOutsideHoles(resource, '/');
    return [name, session];
  }
  const start = 'assumed-role/'.length;
  const slash = resource.indexOf('/', start);
  return slash === -1 ? [resource.slice(start), undefined] : [resource.slice(start, slash), resource.slice(slash + 1)];
}

function afterLastSlash(text: string): string {
  if (hasHole(text)) return splitOutsideHoles(text, '/').at(-1) ?? '';
  return text.slice(text.lastIndexOf('/') + 1);
}

/** Identity providers that are named without an ARN. Source: IAM User Guide, "OIDC federation", `Principal` examples. */
const PROVIDER_NAMES: ReadonlySet<string> = new Set(['cognito-identity.amazonaws.com', 'accounts.google.com', 'graph.facebook.com', 'www.amazon.com']);

function readName(text: string): Caller {
  if (PROVIDER_NAMES.has(text)) return { kind: 'federated', name: text };
  if (/\.amazonaws\.com(?:\.cn)?$/.test(text)) return { kind: 'service', name: text };
  if (/^[0-9a-f]{64}$/.test(text)) return { kind: 'canonical', name: text };
  if (isAccountId(text)) return { kind: 'root', arn: `arn:aws:iam::${text}:root`, account: text, name: 'root' };
  if (hasOpenHole(text)) return { kind: 'unclear', text };
  return text.includes('.') ? { kind: 'federated', name: text } : { kind: 'unclear', text };
}

/** The account a caller belongs to; `undefined` for services, providers and anonymous callers. */
export function accountOf(caller: Caller): string | undefined {
  return caller.kind === 'user' || caller.kind === 'role' || caller.kind === 'root' || caller.kind === 'federated-user' ? caller.account : undefined;
}

/** What `aws:PrincipalArn` holds: the role of a session, else the caller's own ARN. */
export function principalArnOf(caller: Caller): string | undefined {
  if (caller.kind === 'role') return caller.roleArn;
  return caller.kind === 'user' || caller.kind === 'root' || caller.kind === 'federated-user' ? caller.arn : undefined;
}

/**
 * How an entry of a resource policy names a caller: `direct` stands alone, `role` is the role of a session (or the user
 * behind a federated session) and stays within boundary and session policy, `account` only delegates to the account.
 * Source: IAM User Guide, "Policy evaluation for requests within a single account" and "IAM role principals".
 */
export type GrantKind = 'direct' | 'role' | 'account';

/** One entry of a `Principal` element, read once. */
export type PrincipalPattern =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'user' | 'federated-user'; readonly arn: string; readonly account: string; readonly name: string }
  | { readonly kind: 'role'; readonly arn: string; readonly account: string; readonly name: string; readonly plain: boolean }
  | { readonly kind: 'session'; readonly arn: string; readonly account: string; readonly name: string; readonly session: string }
  | { readonly kind: 'service' | 'federated' | 'canonical'; readonly name: string }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unclear'; readonly text: string };

/** Reads an entry. Texts AWS would not accept (partial wildcards, unique ids of deleted principals) name nobody. */
export function readPrincipalEntry(entry: Pick<PrincipalEntry, 'type' | 'text'>): PrincipalPattern {
  const { type, text } = entry;
  if (type === 'anyone') return { kind: 'anyone' };
  if (type === 'Service') return { kind: 'service', name: text };
  if (type === 'Federated') return { kind: 'federated', name: text };
  if (type === 'CanonicalUser') return { kind: 'canonical', name: text };
  if (type === 'other') return hasOpenHole(text) ? { kind: 'unclear', text } : { kind: 'nobody' };
  return text === '*' ? { kind: 'anyone' } : readAwsEntry(text);
}

function readAwsEntry(text: string): PrincipalPattern {
  if (isAccountId(text) || /^\uE000@[^\uE000\uE001]*\uE001$/.test(text)) return { kind: 'account', account: text };
  const caller = readCaller(text, false);
  switch (caller.kind) {
    case 'root':
      return { kind: 'account', account: caller.account };
    case 'user':
    case 'federated-user':
      return { kind: caller.kind, arn: caller.arn, account: caller.account, name: caller.name };
    case 'role':
      if (!caller.arn.includes(':sts:')) return { kind: 'role', arn: caller.arn, account: caller.account, name: caller.name, plain: caller.arn.endsWith(`:role/${caller.name}`) };
      return caller.session === undefined ? { kind: 'nobody' } : { kind: 'session', arn: caller.arn, account: caller.account, name: caller.name, session: caller.session };
    default:
      return hasOpenHole(text) ? { kind: 'unclear', text } : { kind: 'nobody' };
  }
}

export interface EntryMatch {
  readonly verdict: Verdict;
  readonly grant: GrantKind;
}

const NO_MATCH: EntryMatch = { verdict: 'no', grant: 'direct' };
const DIRECT: EntryMatch = { verdict: 'yes', grant: 'direct' };

/**
 * Does an entry of `Principal` name the caller, and how? The user behind a federated session is taken to have its name,
 * which is what the request shows of it.
 */
export function matchPrincipal(pattern: PrincipalPattern, caller: Caller): EntryMatch {
  switch (pattern.kind) {
    case 'anyone':
      return DIRECT;
    case 'nobody':
      return NO_MATCH;
    case 'unclear':
      return { verdict: 'unknown', grant: 'direct' };
    case 'service':
    case 'federated':
    case 'canonical':
      return matchName(pattern, caller);
    case 'account': {
      const account = accountOf(caller);
      return account === undefined ? unclearOr(caller, NO_MATCH) : { verdict: sameText(pattern.account, account), grant: 'account' };
    }
    case 'user':
      if (caller.kind === 'user') return { verdict: sameText(pattern.arn, caller.arn), grant: 'direct' };
      if (caller.kind !== 'federated-user') return unclearOr(caller, NO_MATCH);
      return { verdict: and(sameText(pattern.account, caller.account), sameText(pattern.name, caller.name)), grant: 'role' };
    case 'federated-user':
      return caller.kind === 'federated-user' ? { verdict: sameText(pattern.arn, caller.arn), grant: 'direct' } : unclearOr(caller, NO_MATCH);
    case 'role':
      return caller.kind === 'role' ? { verdict: matchesRole(pattern, caller), grant: 'role' } : unclearOr(caller, NO_MATCH);
    case 'session':
      return caller.kind === 'role' ? { verdict: matchesSession(pattern, caller), grant: 'direct' } : unclearOr(caller, NO_MATCH);
  }
}

function matchName(pattern: { readonly kind: 'service' | 'federated' | 'canonical'; readonly name: string }, caller: Caller): EntryMatch {
  if (caller.kind === pattern.kind) return { verdict: pattern.name === '*' ? 'yes' : sameText(pattern.name, caller.name), grant: 'direct' };
  // Which account a canonical user id belongs to is not in the policy.
  if (pattern.kind === 'canonical' && accountOf(caller) !== undefined) return { verdict: 'unknown', grant: 'account' };
  return unclearOr(caller, NO_MATCH);
}

function unclearOr(caller: Caller, otherwise: EntryMatch): EntryMatch {
  return caller.kind === 'unclear' ? { verdict: 'unknown', grant: 'direct' } : otherwise;
}

/** A session's ARN lacks the role's path, and role names are unique in an account, so without the path the name decides. */
function matchesRole(pattern: Extract<PrincipalPattern, { kind: 'role' }>, caller: RoleCaller): Verdict {
  return caller.pathKnown ? sameText(pattern.arn, caller.roleArn) : and(sameText(pattern.account, caller.account), sameText(pattern.name, caller.name));
}

function matchesSession(pattern: Extract<PrincipalPattern, { kind: 'session' }>, caller: RoleCaller): Verdict {
  const role = and(sameText(pattern.account, caller.account), sameText(pattern.name, caller.name));
  return and(role, caller.session === undefined ? 'unknown' : sameText(pattern.session, caller.session));
}
