import { CONVERSION_FUNCTIONS } from './conversions.ts';
import { ENCODING_FUNCTIONS } from './encoding.ts';
import { FILE_FUNCTIONS } from './files.ts';
import { FORMAT_FUNCTIONS } from './format.ts';
import type { FunctionTable } from './function.ts';
import { LIST_FUNCTIONS } from './lists.ts';
import { MAP_FUNCTIONS } from './maps.ts';
import { NUMBER_FUNCTIONS } from './numbers.ts';
import { TEXT_FUNCTIONS } from './text.ts';

/** Terraform's functions by name; `try`, `can` and `templatefile`'s scoping are dealt with where calls are evaluated. */
export const FUNCTIONS: FunctionTable = new Map([
  ...TEXT_FUNCTIONS,
  ...FORMAT_FUNCTIONS,
  ...LIST_FUNCTIONS,
  ...MAP_FUNCTIONS,
  ...ENCODING_FUNCTIONS,
  ...FILE_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...CONVERSION_FUNCTIONS,
]);
