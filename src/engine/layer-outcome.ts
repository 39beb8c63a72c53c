import { and, or, type Verdict, verdictOf } from '../core/verdict.ts';
import { displayText } from '../iam/token.ts';
import type { CompiledPolicy, CompiledStatement } from './compile.ts';
import { type PreparedRequest, matchPrincipals, matchStatement } from './statement-match.ts';
import type { ControlLevel, Layer, StatementReference, Unknown } from './types.ts';

/** What one layer says of a request. The kinds of grant differ only where principals are named. */
export interface LayerOutcome {
  readonly layer: Layer;
  readonly deny: Verdict;
  /** Any allow, whatever its kind. */
  readonly allow: Verdict;
  readonly direct: Verdict;
  readonly role: Verdict;
  readonly account: Verdict;
  readonly denyBy: readonly StatementReference[];
  readonly allowBy: readonly StatementReference[];
  readonly unknowns: readonly string[];
}

interface Tally {
  deny: Verdict;
  direct: Verdict;
  role: Verdict;
  account: Verdict;
  readonly denyBy: StatementReference[];
  readonly allowBy: StatementReference[];
  readonly unknowns: string[];
}

/** Where a document stands. */
interface Place {
  readonly layer: Layer;
  readonly levelIndex?: number;
  readonly policyIndex: number;
}

/** Layers whose statements name principals; the others apply to whoever they are attached to. */
const NAMES_PRINCIPALS: ReadonlySet<Layer> = new Set(['resource', 'rcp', 'vpce']);

/** A layer of documents of which one allow suffices. */
export function judgeDocuments(layer: Layer, policies: readonly CompiledPolicy[] | Unknown, request: PreparedRequest): LayerOutcome {
  if (policies === 'unknown') return unknownLayer(layer);
  const tally = newTally();
  for (const [policyIndex, policy] of policies.entries()) tallyPolicy(policy, { layer, policyIndex }, request, tally);
  return finish(layer, tally);
}

/** Control policies: one allow at every level from the root down, and no deny anywhere; an empty level allows nothing. */
export function judgeLevels(layer: 'scp' | 'rcp', levels: readonly ControlLevel<CompiledPolicy>[] | Unknown, request: PreparedRequest): LayerOutcome {
  if (levels === 'unknown') return unknownLayer(layer);
  let allow: Verdict = 'yes';
  const whole = newTally();
  for (const [levelIndex, level] of levels.entries()) {
    const tally = newTally();
    for (const [policyIndex, policy] of level.policies.entries()) tallyPolicy(policy, { layer, levelIndex, policyIndex }, request, tally);
    // The policy that allows everything cannot be detached from RCPs, so a level of theirs never lacks an allow.
    allow = and(allow, layer === 'rcp' ? 'yes' : or(tally.direct, tally.role, tally.account));
    whole.deny = or(whole.deny, tally.deny);
    whole.denyBy.push(...tally.denyBy);
    whole.allowBy.push(...tally.allowBy);
    whole.unknowns.push(...tally.unknowns);
  }
  return { ...finish(layer, whole), allow };
}

function unknownLayer(layer: Layer): LayerOutcome {
  return { layer, deny: 'unknown', allow: 'unknown', direct: 'unknown', role: 'unknown', account: 'unknown', denyBy: [], allowBy: [], unknowns: [`the ${layer} policies are not known`] };
}

function newTally(): Tally {
  return { deny: 'no', direct: 'no', role: 'no', account: 'no', denyBy: [], allowBy: [], unknowns: [] };
}

function finish(layer: Layer, tally: Tally): LayerOutcome {
  const { deny, direct, role, account, denyBy, allowBy, unknowns } = tally;
  return { layer, deny, allow: or(direct, role, account), direct, role, account, denyBy, allowBy, unknowns };
}

function tallyPolicy(policy: CompiledPolicy, place: Place, request: PreparedRequest, tally: Tally): void {
  for (const statement of policy.statements) {
    const matched = matchStatement(statement, request, place.layer === 'resource');
    if (matched !== 'no') tallyStatement(statement, matched, place, request, tally);
  }
  if (policy.openReasons.length > 0) {
    tally.deny = or(tally.deny, 'unknown');
    tally.direct = or(tally.direct, 'unknown');
    tally.unknowns.push(...policy.openReasons);
  }
}

function tallyStatement(statement: CompiledStatement, matched: Verdict, place: Place, request: PreparedRequest, tally: Tally): void {
  let direct = matched;
  let role: Verdict = 'no';
  let account: Verdict = 'no';
  if (NAMES_PRINCIPALS.has(place.layer)) {
    const named = matchPrincipals(statement, request, place.layer !== 'resource');
    direct = and(matched, named.direct);
    role = and(matched, named.role);
    account = and(matched, named.account);
  }
  const whole = or(direct, role, account);
  if (whole === 'no') return;
  if (whole === 'unknown') tally.unknowns.push(describeDoubt(statement, place));
  if (statement.effect !== 'Allow') {
    const deny = and(whole, verdictOf(statement.effect === 'Deny') === 'yes' ? 'yes' : 'unknown');
    tally.deny = or(tally.deny, deny);
    if (deny === 'yes') tally.denyBy.push({ ...place, statementIndex: statement.index });
  }
  if (statement.effect === 'Deny') return;
  const sure: Verdict = statement.effect === 'Allow' ? 'yes' : 'unknown';
  tally.direct = or(tally.direct, and(direct, sure));
  tally.role = or(tally.role, and(role, sure));
  tally.account = or(tally.account, and(account, sure));
  if (whole === 'yes' && sure === 'yes') tally.allowBy.push({ ...place, statementIndex: statement.index });
}

function describeDoubt(statement: CompiledStatement, place: Place): string {
  const name = statement.source.sid === undefined ? `statement ${statement.index}` : `statement \`${displayText(statement.source.sid.text)}\``;
  const why = statement.reasons.length > 0 ? `: ${statement.reasons.join(', ')}` : '';
  return `${name} of ${place.layer} policy ${place.policyIndex} may or may not apply${why}`;
}
