import { both, type Guard } from '../../core/guard.ts';
import type { Origin } from '../../core/source.ts';
import type { Verdict } from '../../core/verdict.ts';
import { undecided } from '../define.ts';
import type { Evidence } from '../finding.ts';
import type { Detection, Hit } from '../rule.ts';
import type { DeclaredRule, FieldTests, Rating } from './definition.ts';
import { type FieldValue, type ItemView, NotKnown, type View } from './view.ts';

const NONE: readonly Detection[] = [];

/**
 * Applies a declared rule to one subject. A test on a field that is not known is neither passed nor failed: when all other
 * tests pass, the rule is undecided with that field's reason. A test that fails on a known field settles the matter.
 */
export function evaluate<Subject>(rule: DeclaredRule, view: View<Subject>, subject: Subject, read: (field: string) => FieldValue): Iterable<Detection> {
  const list = rule.find === undefined ? undefined : view.lists[rule.find];
  // Nothing to match is by far the commonest answer, and the cheapest to find.
  if (list !== undefined && rule.match !== undefined && list.items(subject).length === 0) return NONE;
  const where = holds(rule.where, read);
  if (where.verdict === 'no') return NONE;
  if (list === undefined) return judge({ rule, view, subject, read, where, items: [] });
  const items: FoundItem[] = [];
  let open: FoundItem | undefined;
  for (const item of list.items(subject)) {
    if (rule.unless !== undefined) {
      const excluded = holds(rule.unless, item.read);
      if (excluded.verdict === 'yes') return NONE;
      if (excluded.verdict === 'unknown') open ??= { item, outcome: excluded };
    }
    const outcome = holds(rule.match ?? [], item.read);
    if (rule.match !== undefined && outcome.verdict !== 'no') items.push({ item, outcome });
  }
  if (rule.match === undefined) return judgeAbsence({ rule, view, subject, read, where, items: open === undefined ? [] : [open] });
  if (items.length === 0) return NONE;
  return judge({ rule, view, subject, read, where: open === undefined ? where : open.outcome, items });
}

interface Outcome {
  readonly verdict: Verdict;
  readonly because: string;
}

interface FoundItem {
  readonly item: ItemView;
  readonly outcome: Outcome;
}

interface Judgement<Subject> {
  readonly rule: DeclaredRule;
  readonly view: View<Subject>;
  readonly subject: Subject;
  readonly read: (field: string) => FieldValue;
  readonly where: Outcome;
  readonly items: readonly FoundItem[];
}

/** All tests: no when one fails on a known value, else unknown when some value is not known. */
function holds(tests: FieldTests, read: (field: string) => FieldValue): Outcome {
  if (tests.length === 0) return YES;
  let because = '';
  for (const [field, test] of tests) {
    const value = read(field);
    if (value instanceof NotKnown) because ||= value.because;
    else if (!test(value)) return NO;
  }
  return because === '' ? YES : { verdict: 'unknown', because };
}

const YES: Outcome = { verdict: 'yes', because: '' };
const NO: Outcome = { verdict: 'no', because: '' };

/** Items that match the rule, or the subject itself. */
function* judge<Subject>(judgement: Judgement<Subject>): Iterable<Detection> {
  const { rule, view, subject, where, items } = judgement;
  const sure = items.filter((found) => found.outcome.verdict === 'yes');
  const place = view.places[rule.at]?.(subject);
  if (where.verdict === 'unknown' || (items.length > 0 && sure.length === 0)) {
    const at = items[0]?.item.at ?? place;
    const because = where.verdict === 'unknown' ? where.because : (items[0]?.outcome.because ?? '');
    if (at !== undefined) yield undecided(at, because);
    return;
  }
  if (items.length === 0) {
    if (place !== undefined) yield* hitOf(judgement, undefined, place, []);
    return;
  }
  if (rule.report === 'each') for (const { item } of sure) yield* hitOf(judgement, item, item.at, [item]);
  else if (sure[0] !== undefined) yield* hitOf(judgement, sure[0].item, sure[0].item.at, sure.map((found) => found.item));
}

/** The rule is about an item that is missing: it fires when nothing excluded it. */
function* judgeAbsence<Subject>(judgement: Judgement<Subject>): Iterable<Detection> {
  const { rule, view, subject, where, items } = judgement;
  const place = view.places[rule.at]?.(subject);
  if (place === undefined) return;
  const open = where.verdict === 'unknown' ? where : items[0]?.outcome;
  if (open !== undefined && open.verdict === 'unknown') yield undecided(place, open.because);
  else yield* hitOf(judgement, undefined, place, []);
}

function* hitOf<Subject>(judgement: Judgement<Subject>, item: ItemView | undefined, at: Origin, items: readonly ItemView[]): Iterable<Detection> {
  const { rule, view, subject, read } = judgement;
  const when: Guard | undefined = both(view.when(subject), item?.when);
  if (when === undefined) return;
  const field = (name: string): FieldValue => item?.read(name) ?? read(name);
  const rating = rule.ratings.find((candidate) => holds(candidate.when, field).verdict === 'yes');
  const hit: Hit = {
    kind: 'hit',
    at,
    says: sayings(rule, field, items),
    evidence: joinEvidence([view.evidence(subject), ...items.map((one) => one.evidence)]),
    ...ratingOf(rating),
    ...(when.length === 0 ? {} : { when }),
  };
  yield hit;
}

function ratingOf(rating: Rating | undefined): Partial<Pick<Hit, 'severity' | 'securitySeverity' | 'confidence'>> {
  return {
    ...(rating?.severity === undefined ? {} : { severity: rating.severity }),
    ...(rating?.securitySeverity === undefined ? {} : { securitySeverity: rating.securitySeverity }),
    ...(rating?.confidence === undefined ? {} : { confidence: rating.confidence }),
  };
}

const PLACEHOLDER = /\{(\w+)\}/g;

/** Values for the placeholders of the message and the fix; `{list}` joins the text of all matching items. */
function sayings(rule: DeclaredRule, field: (name: string) => FieldValue, items: readonly ItemView[]): Readonly<Record<string, string>> {
  const says: Record<string, string> = {};
  for (const [, name = ''] of `${rule.docs.message} ${rule.docs.fix}`.matchAll(PLACEHOLDER)) {
    says[name] = name === 'list' ? listed(items.map((item) => textOf(item.read('text')))) : textOf(field(name));
  }
  return says;
}

function textOf(value: FieldValue): string {
  if (value === undefined || value instanceof NotKnown) return '';
  return typeof value === 'object' ? value.join(', ') : String(value);
}

/** Texts as a list in backticks, the first five and a count of the rest. */
export function listed(texts: readonly string[]): string {
  const distinct = [...new Set(texts)];
  const shown = distinct.slice(0, 5).map((text) => `\`${text}\``);
  return distinct.length > 5 ? `${shown.join(', ')} and ${distinct.length - 5} more` : shown.join(', ');
}

function joinEvidence(parts: readonly Partial<Evidence>[]): Evidence {
  const join = (of: (part: Partial<Evidence>) => readonly string[] | undefined): readonly string[] => [...new Set(parts.flatMap((part) => of(part) ?? []))];
  return { actions: join((part) => part.actions), resources: join((part) => part.resources), principals: join((part) => part.principals) };
}
