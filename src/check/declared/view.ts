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
  /** Fields to be read anew by each rule. */
  readonly unremembered?: ReadonlySet<string>;
}

export interface ListView<Subject> {
  readonly fieldNames: readonly string[];
  readonly items: (subject: Subject) => readonly ItemView[];
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

/**
 * Makes a list view out of typed readers. Many rules look at the same items of one subject, so the items, and each field of
 * them, are read once a subject.
 */
export function listView<Subject extends object, Item>(reading: ListReading<Subject, Item>): ListView<Subject> {
  const { fields } = reading;
  const seen = new WeakMap<Subject, readonly ItemView[]>();
  return {
    fieldNames: Object.keys(fields),
    items(subject) {
      const known = seen.get(subject);
      if (known !== undefined) return known;
      const items: ItemView[] = [];
      for (const item of reading.items(subject)) {
        items.push({
          read: rememberFields((field) => (Object.hasOwn(fields, field) ? fields[field]?.(item, subject) : undefined)),
          at: reading.at(item),
          when: reading.when?.(item),
          evidence: reading.evidence?.(item) ?? NO_EVIDENCE,
        });
      }
      seen.set(subject, items);
      return items;
    },
  };
}

const NO_EVIDENCE: Partial<Evidence> = {};

/** Reads fields of a subject, each once a subject. */
export function fieldReader<Subject extends object>(view: View<Subject>): (subject: Subject) => (field: string) => FieldValue {
  const seen = new WeakMap<Subject, (field: string) => FieldValue>();
  return (subject) => {
    const known = seen.get(subject);
    if (known !== undefined) return known;
    const read = (field: string): FieldValue => view.fields[field]?.(subject);
    const remembered = rememberFields(read);
    const reader = (field: string): FieldValue => (view.unremembered?.has(field) === true ? read(field) : remembered(field));
    seen.set(subject, reader);
    return reader;
  };
}

function rememberFields(read: (field: string) => FieldValue): (field: string) => FieldValue {
  const values = new Map<string, FieldValue>();
  return (field) => {
    const known = values.get(field);
    if (known !== undefined || values.has(field)) return known;
    const value = read(field);
    values.set(field, value);
    return value;
  };
}
