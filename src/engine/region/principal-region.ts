import type { CompiledPrincipals } from '../compile.ts';
import type { PrincipalPattern } from '../../iam/principal.ts';
import { compilePattern } from '../../iam/wildcard.ts';
import type { Vocabulary } from './condition-region.ts';
import { type Glob, type GlobPart, EXCEPT_COLON, EXCEPT_NONE, EXCEPT_SEPARATOR, EXCEPT_SLASH, SEPARATOR, charUnits, globOf, partsOfGlob } from './glob.ts';
import type { KeyAtom } from './key-set.ts';
import { globOfPattern } from './pattern-glob.ts';
import { CALLER_CLASSES, type CallerClass, type ClassConstraint, type PrincipalAtom } from './principal-set.ts';
import { EVERYTHING, type Union, unionAccepts } from './union.ts';

type Parts = readonly GlobPart[];

const text = (value: string): Parts => charUnits(value);
const anyBut = (except: number): GlobPart => ({ kind: 'loop', except });
const SESSION: Parts = [...text(SEPARATOR), anyBut(EXCEPT_SEPARATOR)];

/** The callers a `Principal` or `NotPrincipal` element applies to. */
export function regionOfPrincipals(principals: CompiledPrincipals, effect: 'Allow' | 'Deny' | 'unknown', vocabulary: Vocabulary): PrincipalAtom {
  if (!principals.negated) return unionPerClass(principals.entries.map(({ pattern, present }) => ({ globs: globsOfEntry(pattern, vocabulary), sure: present === 'yes' })), true, vocabulary);
  const spared = effect === 'Deny' ? sparedByDeny(principals, vocabulary) : principals.entries.map(({ pattern, present }) => ({ globs: globsOfEntry(pattern, vocabulary), sure: present === 'yes' }));
  return unionPerClass(spared, false, vocabulary);
}

interface NamedCallers {
  readonly globs: ReadonlyMap<CallerClass, readonly Glob[]>;
  readonly sure: boolean;
}

function unionPerClass(named: readonly NamedCallers[], sign: boolean, vocabulary: Vocabulary): PrincipalAtom {
  return new Map(
    CALLER_CLASSES.map((kind): [CallerClass, ClassConstraint] => {
      const sure = named.flatMap((entry) => (entry.sure ? (entry.globs.get(kind) ?? []) : []));
      const perhaps = named.flatMap((entry) => (entry.sure ? [] : (entry.globs.get(kind) ?? [])));
      if (sure.some((glob) => glob.key === EVERYTHING.key)) return [kind, sign ? 'all' : 'none'];
      if (sure.length === 0 && perhaps.length === 0) return [kind, sign ? 'none' : 'all'];
      return [kind, { union: vocabulary.unions.of(sure, perhaps), sign }];
    }),
  );
}

function globsOfEntry(pattern: PrincipalPattern, vocabulary: Vocabulary): ReadonlyMap<CallerClass, readonly Glob[]> {
  const spell = (value: string): Parts => spellText(value, vocabulary);
  switch (pattern.kind) {
    case 'anyone':
      return new Map(CALLER_CLASSES.map((kind) => [kind, [EVERYTHING]]));
    case 'nobody':
      return new Map();
    case 'unclear':
      return new Map(CALLER_CLASSES.map((kind) => [kind, [globOf(kind === 'role' ? [...spell(pattern.text), ...SESSION] : spell(pattern.text))]]));
    case 'account':
      return inAccount(spell(pattern.account));
    case 'user': {
      const session = [...text('arn:'), anyBut(EXCEPT_COLON), ...text(':sts::'), ...spell(pattern.account), ...text(':federated-user/'), ...spell(pattern.name)];
      return new Map([
        ['user', [globOf(spell(pattern.arn))]],
        ['federated-user', [globOf(session)]],
      ]);
    }
    case 'federated-user':
      return new Map([['federated-user', [globOf(spell(pattern.arn))]]]);
    case 'role':
      return new Map([['role', [globOf([...spell(pattern.arn), ...SESSION])]]]);
    case 'session':
      return new Map([['role', sessionGlobs(spell(pattern.account), spell(pattern.name), spell(pattern.session))]]);
    case 'service':
    case 'federated':
    case 'canonical':
      return new Map([[pattern.kind, [pattern.name === '*' ? EVERYTHING : globOf(spell(pattern.name))]]]);
  }
}

function spellText(value: string, vocabulary: Vocabulary): Parts {
  const glob = globOfPattern(compilePattern(value, { wildcards: false, variables: false }), vocabulary.letters, vocabulary.assignment);
  return glob === undefined ? [] : partsOfGlob(glob);
}

function inAccount(account: Parts): ReadonlyMap<CallerClass, readonly Glob[]> {
  const arn = (service: string, rest: Parts): Glob => globOf([...text('arn:'), anyBut(EXCEPT_COLON | EXCEPT_SEPARATOR), ...text(`:${service}::`), ...account, ...text(':'), ...rest]);
  const anything = [anyBut(EXCEPT_SEPARATOR)];
  return new Map<CallerClass, readonly Glob[]>([
    ['user', [arn('iam', anything)]],
    ['role', [arn('iam', [...anything, ...SESSION])]],
    ['root', [arn('iam', anything)]],
    ['federated-user', [arn('sts', anything)]],
  ]);
}

/** A session's ARN lacks the role's path, so any path fits. */
function sessionGlobs(account: Parts, name: Parts, session: Parts): readonly Glob[] {
  const head = [...text('arn:'), anyBut(EXCEPT_COLON | EXCEPT_SEPARATOR), ...text(':iam::'), ...account, ...text(':role/')];
  const tail = [...name, ...text(SEPARATOR), ...session];
  return [globOf([...head, ...tail]), globOf([...head, anyBut(EXCEPT_COLON | EXCEPT_SEPARATOR), ...text('/'), ...tail])];
}

/**
 * Whom a `Deny` with `NotPrincipal` spares: callers whose every identity is listed (see `matchPrincipals`).
 * Permissions boundaries are not part of a document, so their effect on `NotPrincipal` is left out here.
 */
function sparedByDeny(principals: CompiledPrincipals, vocabulary: Vocabulary): readonly NamedCallers[] {
  const entries = principals.entries;
  const accounts = entries.filter(({ pattern }) => pattern.kind === 'account');
  const isAccountListed = (account: string): boolean => accounts.some(({ pattern }) => pattern.kind === 'account' && pattern.account === account);
  const spell = (value: string): Parts => spellText(value, vocabulary);
  return entries.flatMap(({ pattern, present }): readonly NamedCallers[] => {
    const sure = present === 'yes' && accounts.every((account) => account.present === 'yes');
    switch (pattern.kind) {
      case 'account':
        return [{ globs: new Map([['root', inAccount(spell(pattern.account)).get('root') ?? []]]), sure }];
      case 'user':
        return isAccountListed(pattern.account) ? [{ globs: new Map([['user', [globOf(spell(pattern.arn))]]]), sure }] : [];
      case 'federated-user': {
        const parent = entries.some((other) => other.pattern.kind === 'user' && other.pattern.account === pattern.account && other.pattern.name === pattern.name);
        return parent && isAccountListed(pattern.account) ? [{ globs: globsOfEntry(pattern, vocabulary), sure }] : [];
      }
      case 'session': {
        const roles = entries.flatMap((other) => (other.pattern.kind === 'role' && other.pattern.account === pattern.account && other.pattern.name === pattern.name ? [other.pattern] : []));
        if (!isAccountListed(pattern.account)) return [];
        return roles.map((role) => ({ globs: new Map([['role', [globOf([...spell(role.arn), ...text(SEPARATOR), ...spell(pattern.session)])]]]), sure }));
      }
      case 'role':
        return [];
      default:
        return [{ globs: globsOfEntry(pattern, vocabulary), sure: present === 'yes' }];
    }
  });
}

/** A condition on a key whose value follows from the caller, as a constraint on the caller; `undefined` when it cannot be said. */
export function regionOfPrincipalKey(key: string, atom: KeyAtom, vocabulary: Vocabulary): PrincipalAtom | undefined {
  const { single } = atom;
  if (single !== 'all' && single !== 'none') {
    if (single.kind !== 'text') return undefined;
    const certain = !single.union.hasLetters && single.union.sure.length === single.union.globs.length;
    if (!certain && CALLER_CLASSES.some((kind) => typeof keyValueOf(key, kind) === 'object')) return undefined;
  }
  return new Map(
    CALLER_CLASSES.map((kind): [CallerClass, ClassConstraint] => {
      const value = keyValueOf(key, kind);
      if (value === 'absent') return [kind, atom.absent ? 'all' : 'none'];
      if (single === 'all' || single === 'none') return [kind, single];
      if (typeof value === 'object') return [kind, unionAccepts(single.union, value.fixed, true) === single.sign ? 'all' : 'none'];
      return [kind, { union: mapUnion(single.union, (glob) => value(glob), vocabulary), sign: single.sign }];
    }),
  );
}

function mapUnion(union: Union, change: (glob: Glob) => readonly Glob[], vocabulary: Vocabulary): Union {
  return vocabulary.unions.of(union.sure.flatMap(change), union.globs.flatMap(change));
}

/** How a key's value stands in a caller's text: nowhere, always the same, or as part of it. */
type KeyValue = 'absent' | { readonly fixed: string } | ((glob: Glob) => readonly Glob[]);

/** Source: IAM User Guide, "AWS global condition context keys" (properties of the principal). */
function keyValueOf(key: string, kind: CallerClass): KeyValue {
  const hasAccount = kind === 'user' || kind === 'role' || kind === 'root' || kind === 'federated-user';
  switch (key) {
    case 'aws:principalarn':
      if (!hasAccount) return 'absent';
      return kind === 'role' ? (glob) => [globOf([...partsOfGlob(glob, EXCEPT_SEPARATOR), ...SESSION])] : (glob) => [glob];
    case 'aws:principalaccount':
      return hasAccount ? (glob) => accountGlobs(glob, kind) : 'absent';
    case 'aws:username':
      return kind === 'user' ? userNameGlobs : 'absent';
    case 'aws:principaltype':
      return kind === 'service' || kind === 'federated' || kind === 'canonical' ? 'absent' : { fixed: PRINCIPAL_TYPES[kind] };
    case 'aws:principalisawsservice':
      return kind === 'anonymous' || kind === 'federated' ? 'absent' : { fixed: String(kind === 'service') };
    case 'aws:principalservicename':
      return kind === 'service' ? (glob) => [glob] : 'absent';
    default:
      return 'absent';
  }
}

const PRINCIPAL_TYPES = { user: 'User', role: 'AssumedRole', root: 'Account', 'federated-user': 'FederatedUser', anonymous: 'Anonymous' } as const;

function accountGlobs(glob: Glob, kind: CallerClass): readonly Glob[] {
  return inAccount(partsOfGlob(glob, EXCEPT_COLON | EXCEPT_SEPARATOR)).get(kind) ?? [];
}

function userNameGlobs(glob: Glob): readonly Glob[] {
  const name = partsOfGlob(glob, EXCEPT_COLON | EXCEPT_SLASH);
  const head = [...text('arn:'), anyBut(EXCEPT_COLON), ...text(':iam::'), anyBut(EXCEPT_COLON), ...text(':user/')];
  return [globOf([...head, ...name]), globOf([...head, anyBut(EXCEPT_NONE), ...text('/'), ...name])];
}
