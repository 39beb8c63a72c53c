import type { Guard } from '../../core/guard.ts';
import type { Origin } from '../../core/source.ts';
import type { Evidence } from '../finding.ts';

/** A field of a view: a plain value, absent, or not known with the reason. */
export type FieldValue = string | number | boolean | readonly string[] | undefined | NotKnown;

export class NotKnown {
  readonly because: string;

  constructor(because: string) {
    this.because = because;
  }
}

/** The flat picture of a subject that declared rules are written against: named fields, named lists of items, named places. */
export interface View<Subject> {
  readonly fields: Readonly<Record<string, (subject: Subject) => FieldValue>>;
  readonly lists: Readonly<Record<string, ListView<Subject>>>;
  readonly places: Readonly<Record<string, (subject: Subject) => Origin | undefined>>;
  readonly when: (subject: Subject) => Guard;
  readonly evidence: (subject: Subject) => Partial<Evidence>;
}

export interface ListView<Subject> {
  readonly fieldNames: readonly string[];
  readonly items: (subject: Subject) => Iterable<ItemView>;
}

/** One item of a list, e.g. one action string. */
export interface ItemView {
  readonly read: (field: string) => FieldValue;
  readonly at: Origin;
  readonly when: Guard | undefined;
  readonly evidence: Partial<Evidence>;
}

/** How the items of a list are read. */
export interface ListReading<Subject, Item> {
  readonly items: (subject: Subject) => Iterable<Item>;
  readonly fields: Readonly<Record<string, (item: Item, subject: Subject) => FieldValue>>;
  readonly at: (item: Item) => Origin;
  readonly when?: (item: Item) => Guard | undefined;
  readonly evidence?: (item: Item) => Partial<Evidence>;
}

/** Makes a list view out of typed readers. */
export function listView<Subject, Item>(reading: ListReading<Subject, Item>): ListView<Subject> {
  const { fields } = reading;
  const fieldNames = Object.keys(fields);
  return {
    fieldNames,
    *items(subject) {
      for (const item of reading.items(subject)) {
        yield {
          read: (field) => (Object.hasOwn(fields, field) ? fields[field]?.(item, subject) : undefined),
          at: reading.at(item),
          when: reading.when?.(item),
          evidence: reading.evidence?.(item) ?? {},
        };
      }
    },
  };
}
