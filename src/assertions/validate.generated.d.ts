import type { SchemaFault } from '../config/validate.generated.js';

/** Checks a value against schema.json; after `false`, `errors` holds what is wrong. */
export const validate: {
  (data: unknown): boolean;
  errors?: readonly SchemaFault[] | null;
};
