import { and, or, type Verdict } from '../core/verdict.ts';
import { displayText } from '../iam/token.ts';
import type { CompiledPolicy, CompiledStatement } from './compile.ts';
import { EVERYBODY, type PreparedRequest, matchPrincipals, matchStatement } from './statement-match.ts';
import type { ControlLevel, Layer, StatementReference, Unknown } from './types.ts';

/** What a layer without documents says. */
export function emptyOutcome(layer: Layer): LayerOutcome {
  return newTally(layer);
}

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

/** An outcome under construction; its lists are made when the first item comes, since most layers have none. */
interface Tally {
  readonly layer: Layer;
  deny: Verdict;
  allow: Verdict;
  direct: Verdict;
  role: Verdict;
  account: Verdict;
  denyBy: readonly StatementReference[];
  allowBy: readonly StatementReference[];
  unknowns: readonly string[];
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
  const tally = newTally(layer);
  for (let policyIndex = 0; policyIndex < policies.length; policyIndex += 1) {
    const policy = policies[policyIndex];
    if (policy !== undefined) tallyPolicy(policy, { layer, policyIndex }, request, tally);
  }
  return finish(tally);
}

/** Control policies: one allow at every level from the root down, and no deny anywhere; an empty level allows nothing. */
export function judgeLevels(layer: 'scp' | 'rcp', levels: readonly ControlLevel<CompiledPolicy>[] | Unknown, request: PreparedRequest): LayerOutcome {
  if (levels === 'unknown') return unknownLayer(layer);
  const whole = newTally(layer);
  whole.allow = 'yes';
  for (const [levelIndex, level] of levels.entries()) {
    const tally = newTally(layer);
    for (const [policyIndex, policy] of level.policies.entries()) tallyPolicy(policy, { layer, levelIndex, policyIndex }, request, tally);
    // The policy that allows everything cannot be detached from RCPs, so a level of theirs never lacks an allow.
    if (layer === 'scp') whole.allow = and(whole.allow, finish(tally).allow);
    whole.deny = or(whole.deny, tally.deny);
    whole.denyBy = joined(whole.denyBy, tally.denyBy);
    whole.allowBy = joined(whole.allowBy, tally.allowBy);
    whole.unknowns = joined(whole.unknowns, tally.unknowns);
  }
  return whole;
}

function unknownLayer(layer: Layer): LayerOutcome {
  return { layer, deny: 'unknown', allow: 'unknown', direct: 'unknown', role: 'unknown', account: 'unknown', denyBy: [], allowBy: [], unknowns: [`the ${layer} policies are not known`] };
}

const NONE: readonly never[] = [];

function newTally(layer: Layer): Tally {
  return { layer, deny: 'no', allow: 'no', direct: 'no', role: 'no', account: 'no', denyBy: NONE, allowBy: NONE, unknowns: NONE };
}

function joined<Item>(left: readonly Item[], right: readonly Item[]): readonly Item[] {
  return left.length === 0 ? right : right.length === 0 ? left : [...left, ...right];
}

function finish(tally: Tally): Tally {
  tally.allow = tally.direct === 'yes' ? 'yes' : or(tally.direct, tally.role, tally.account);
  return tally;
}

function tallyPolicy(policy: CompiledPolicy, place: Place, request: PreparedRequest, tally: Tally): void {
  for (const statement of policy.statements) {
    const matched = matchStatement(statement, request, place.layer === 'resource');
    if (matched !== 'no') tallyStatement(statement, matched, place, request, tally);
  }
  if (policy.openReasons.length > 0) {
    tally.deny = or(tally.deny, 'unknown');
    tally.direct = or(tally.direct, 'unknown');
    tally.unknowns = joined(tally.unknowns, policy.openReasons);
  }
}

function tallyStatement(statement: CompiledStatement, matched: Verdict, place: Place, request: PreparedRequest, tally: Tally): void {
  const named = NAMES_PRINCIPALS.has(place.layer) ? matchPrincipals(statement, request, place.layer !== 'resource') : EVERYBODY;
  const whole = and(matched, named.direct === 'yes' ? 'yes' : or(named.direct, named.role, named.account));
  if (whole === 'no') return;
  if (whole === 'unknown') tally.unknowns = joined(tally.unknowns, [describeDoubt(statement, place)]);
  if (statement.effect !== 'Allow') {
    const deny = statement.effect === 'Deny' ? whole : 'unknown';
    if (tally.deny !== 'yes') tally.deny = deny;
    if (deny === 'yes') tally.denyBy = joined(tally.denyBy, [referenceTo(statement, place)]);
    if (statement.effect === 'Deny') return;
  }
  const sure: Verdict = statement.effect === 'Allow' ? matched : 'unknown';
  if (tally.direct !== 'yes') tally.direct = or(tally.direct, and(named.direct, sure));
  if (named.role !== 'no') tally.role = or(tally.role, and(named.role, sure));
  if (named.account !== 'no') tally.account = or(tally.account, and(named.account, sure));
  if (whole === 'yes' && sure === 'yes') tally.allowBy = joined(tally.allowBy, [referenceTo(statement, place)]);
}

function referenceTo(statement: CompiledStatement, place: Place): StatementReference {
  const { layer, levelIndex, policyIndex } = place;
  return levelIndex === undefined ? { layer, policyIndex, statementIndex: statement.index } : { layer, levelIndex, policyIndex, statementIndex: statement.index };
}

function describeDoubt(statement: CompiledStatement, place: Place): string {
  const name = statement.source.sid === undefined ? `statement ${statement.index}` : `statement \`${displayText(statement.source.sid.text)}\``;
  const why = statement.reasons.length > 0 ? `: ${statement.reasons.join(', ')}` : '';
  return `${name} of ${place.layer} policy ${place.policyIndex} may or may not apply${why}`;
}
