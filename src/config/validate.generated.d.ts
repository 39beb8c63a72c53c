import type { RawConfig } from './raw.ts';

/** One fault found by the compiled schema, in ajv's words. */
export interface SchemaFault {
  /** JSON pointer to the value at fault. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Checks a value against schema.json; after `false`, `errors` holds what is wrong. */
export const validate: {
  (data: unknown): data is RawConfig;
  errors?: readonly SchemaFault[] | null;
};
