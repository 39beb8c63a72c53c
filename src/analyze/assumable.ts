import { readActionName } from '../iam/action.ts';
import { matchAction } from '../engine/statement-match.ts';
import { readPrincipalEntry } from '../iam/principal.ts';
import type { Principal } from '../model/model.ts';
import { askFor, type Granted } from './asking.ts';
import type { Foundation } from './foundation.ts';
import { callerArn, type Holding } from './holdings.ts';
import { append } from './inventory.ts';

/** Which roles a holder may assume, found from the trust policies that could admit it. */
export interface AssumableRoles {
  /** The same for all who hold the same. */
  readonly ofClass: (holding: Holding) => ReadonlyMap<Principal, Granted>;
  /** Roles whose trust policy compares the caller's own name or tags. */
  readonly ofOne: (holding: Holding) => ReadonlyMap<Principal, Granted>;
}

interface TrustIndex {
  readonly byArn: Map<string, Principal[]>;
  readonly byAccount: Map<string, Principal[]>;
  /** Roles that admit anyone, or whose trust cannot be read. */
  readonly open: Principal[];
  /** The same for roles whose trust depends on who asks. */
  readonly personal: { readonly byArn: Map<string, Principal[]>; readonly byAccount: Map<string, Principal[]>; readonly open: Principal[] };
}

const ASSUME = { action: 'sts:AssumeRole', target: 'target-role' } as const;

/** Indexes trust policies by the principals they name: exact ARN, account, anyone. */
export function assumableRoles(foundation: Foundation): AssumableRoles {
  const index = indexTrust(foundation);
  const memo = new Map<string, ReadonlyMap<Principal, Granted>>();
  const among = (roles: Iterable<Principal>, holding: Holding): ReadonlyMap<Principal, Granted> => {
    const found = new Map<Principal, Granted>();
    for (const role of roles) {
      if (role.trust === undefined || found.has(role) || role.entity.id === holding.principal.entity.id) continue;
      const granted = askFor(ASSUME, holding, { arn: role.entity.arn, account: role.entity.account, entity: role.entity, policies: [role.trust] }, foundation);
      if (granted !== undefined) found.set(role, granted);
    }
    return found;
  };
  return {
    ofClass: (holding) => {
      const key = `${holding.key}${holding.choosesTags ? '|tags' : ''}`;
      const known = memo.get(key);
      if (known !== undefined) return known;
      const found = among(candidates(index, holding), holding);
      memo.set(key, found);
      return found;
    },
    ofOne: (holding) => among(candidates(index.personal, holding), holding),
  };
}

function* candidates(index: Pick<TrustIndex, 'byArn' | 'byAccount' | 'open'>, holding: Holding): Iterable<Principal> {
  yield* index.byArn.get(callerArn(holding.principal)) ?? [];
  if (mayAssume(holding)) yield* index.byAccount.get(holding.account) ?? [];
  yield* mayAssume(holding) ? index.open : index.open.filter((role) => role.entity.account === holding.account);
}

const ASSUME_ROLE = readActionName('sts:AssumeRole');

/** Does some identity policy name the action at all? Without it an account's trust gives nothing. */
function mayAssume(holding: Holding): boolean {
  return holding.identity.some((document) => document.compiled.statements.some((statement) => statement.effect !== 'Deny' && ASSUME_ROLE !== undefined && matchAction(statement.action, statement.gaps.action, ASSUME_ROLE) !== 'no'));
}

function indexTrust({ model, store }: Foundation): TrustIndex {
  const index: TrustIndex = { byArn: new Map(), byAccount: new Map(), open: [], personal: { byArn: new Map(), byAccount: new Map(), open: [] } };
  for (const role of model.principals) {
    if (role.kind !== 'role' || role.trust === undefined) continue;
    const into = store.intern(role.trust.document).personal ? index.personal : index;
    let open = role.trust.document.gaps.length > 0;
    const accounts = new Set<string>();
    const arns = new Set<string>();
    for (const statement of role.trust.document.statements) {
      if (statement.effect === 'Deny') continue;
      if (statement.principal?.negated === true || statement.gaps.length > 0) open = true;
      for (const entry of statement.principal?.entries ?? []) {
        const pattern = readPrincipalEntry(entry);
        if (pattern.kind === 'anyone' || pattern.kind === 'unclear') open = true;
        else if (pattern.kind === 'account') accounts.add(pattern.account);
        else if (pattern.kind === 'session') arns.add(`arn:aws:iam::${pattern.account}:role/${pattern.name}`);
        else if (pattern.kind === 'role' || pattern.kind === 'user' || pattern.kind === 'federated-user') arns.add(pattern.arn);
      }
    }
    for (const arn of arns) append(into.byArn, arn, role);
    for (const account of accounts) append(into.byAccount, account, role);
    if (open) into.open.push(role);
  }
  return index;
}
