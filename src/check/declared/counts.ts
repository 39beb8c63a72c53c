import type { Origin } from '../../core/source.ts';
import type { StatementFacts } from '../facts/statement.ts';
import { whyGap } from '../facts/unknown.ts';
import { type FieldValue, NotKnown } from './view.ts';

/** How many entries an element of a statement has; not known when some of it is not. */
export function countOf(facts: StatementFacts, element: string, count: number): FieldValue {
  const { statement } = facts;
  // What has another shape than a list is not empty; a rule of its own reports it.
  if (count === 0 && facts.policy.document.syntax.some((fault) => fault.code === 'policy-element-type' && lies(fault.origin, statement.origin))) return undefined;
  const gap = statement.gaps.find((one) => one.element.replace(/^Not/, '').startsWith(element));
  return gap === undefined ? count : new NotKnown(whyGap(gap));
}

/** Does one place lie within another? Places that are not looked up yet are told apart by their pointers. */
function lies(inner: Origin, outer: Origin): boolean {
  if (inner.source !== outer.source) return false;
  if (inner.pointer !== undefined && outer.pointer !== undefined) return outer.pointer.every((step, index) => inner.pointer?.[index] === step);
  return inner.start >= outer.start && inner.end <= outer.end;
}
