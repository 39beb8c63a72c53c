import type { CompiledPolicy, CompiledStatement } from './compile.ts';
import { AccessSearch } from './access-search.ts';
import type { CompareOptions, Request } from './types.ts';

/** Why a statement changes nothing. Only what is certain is claimed. */
export interface DeadStatement {
  readonly statement: CompiledStatement;
  /** `never`: no request meets it. `shadowed`: denies cover all it allows. `redundant`: others of its effect cover it. */
  readonly kind: 'never' | 'shadowed' | 'redundant';
  /** The statements that cover it. */
  readonly by: readonly CompiledStatement[];
}

/**
 * The statements of documents of one kind that change nothing. Of two statements that cover each other, the later one
 * counts as redundant.
 */
export function deadStatements(policies: readonly CompiledPolicy[], options: CompareOptions): readonly DeadStatement[] {
  const statements = policies.flatMap((policy) => policy.statements);
  const search = new AccessSearch(undefined, policies, options);
  const dead: DeadStatement[] = [];
  const remaining = new Set(statements);
  for (const statement of [...statements].reverse()) {
    const found = judge(statement, remaining, search);
    if (found === undefined) continue;
    dead.push(found);
    remaining.delete(statement);
  }
  return dead.reverse();
}

function judge(statement: CompiledStatement, remaining: ReadonlySet<CompiledStatement>, search: AccessSearch): DeadStatement | undefined {
  if (search.isCovered(statement, [])) return { statement, kind: 'never', by: [] };
  const others = [...remaining].filter((other) => other !== statement);
  const denies = others.filter((other) => other.effect === 'Deny');
  if (statement.effect === 'Allow' && search.isCovered(statement, denies)) return { statement, kind: 'shadowed', by: culprits(statement, denies, search) };
  const alike = others.filter((other) => other.effect === statement.effect);
  if (statement.effect !== 'unknown' && search.isCovered(statement, alike)) return { statement, kind: 'redundant', by: culprits(statement, alike, search) };
  return undefined;
}

/** A single statement that covers it, else all that could not be left out. */
function culprits(statement: CompiledStatement, others: readonly CompiledStatement[], search: AccessSearch): readonly CompiledStatement[] {
  const alone = others.find((other) => search.isCovered(statement, [other]));
  if (alone !== undefined) return [alone];
  let needed = others;
  for (const other of others) {
    const fewer = needed.filter((item) => item !== other);
    if (search.isCovered(statement, fewer)) needed = fewer;
  }
  return needed;
}

/** What one deny takes from an allow. */
export interface DenyCut {
  readonly allow: CompiledStatement;
  /** The deny takes all that the allow grants. */
  readonly whole: boolean;
  /** A request that would be allowed without the deny. */
  readonly witness: Request;
}

/**
 * What a deny statement cuts from the allows of documents of one kind (its own among them): the allows that lose
 * something by it, and a request each loses. A deny that cuts nothing here may still cut what other documents allow.
 */
export function denyCuts(deny: CompiledStatement, policies: readonly CompiledPolicy[], options: CompareOptions): readonly DenyCut[] {
  const without = policies.map((policy) => ({ ...policy, statements: policy.statements.filter((statement) => statement !== deny) }));
  const search = new AccessSearch(policies, without, options);
  return without
    .flatMap((policy) => policy.statements)
    .filter((statement) => statement.effect === 'Allow')
    .flatMap((allow): readonly DenyCut[] => {
      const lost = search.find({ only: allow });
      if (lost.kind !== 'witness') return [];
      return [{ allow, whole: search.isCovered(allow, [deny]), witness: lost.request }];
    });
}
