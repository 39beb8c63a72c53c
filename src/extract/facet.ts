import type { Guard } from '../core/guard.ts';
import type { Value } from '../core/value.ts';
import type { Text } from '../iam/policy-document.ts';
import { readTexts } from '../iam/texts.ts';
import type { Declaration, DeclaringResource } from './declaration.ts';
import { type Selected, select, selectOne } from './select.ts';
import type { Facet, TypeRow } from './table.ts';

/** What a facet handler works on: one row of the table against one resource. */
export interface FacetInput {
  readonly facet: Facet;
  readonly row: TypeRow;
  readonly from: DeclaringResource;
  readonly properties: Value;
}

/** Turns one facet of one resource into declarations. */
export type FacetHandler = (input: FacetInput) => Iterable<Declaration>;

/** The values at the facet's own path. */
export function subjects(input: FacetInput): readonly Selected[] {
  return select(input.properties, input.facet.path);
}

/** All texts at the facet's own path. */
export function subjectTexts(input: FacetInput): readonly Text[] {
  return subjects(input).flatMap((one) => readTexts(one.value, input.facet.path, one.when).texts);
}

/** All texts of a sibling property that the facet names under `field`. */
export function siblingTexts(input: FacetInput, field: string): readonly Text[] {
  const path = input.facet.fields.get(field);
  if (path === undefined) return [];
  return path.split(',').flatMap((one) => select(input.properties, one.trim()).flatMap((found) => readTexts(found.value, field, found.when).texts));
}

export function siblingText(input: FacetInput, field: string): Text | undefined {
  return siblingTexts(input, field)[0];
}

export function siblingValue(input: FacetInput, field: string): Value | undefined {
  return selectOne(input.properties, input.facet.fields.get(field));
}

/** A text under a further guard. */
export function guarded(text: Text, when: Guard): Text {
  return when.length === 0 ? text : { ...text, when: [...(text.when ?? []), ...when] };
}
