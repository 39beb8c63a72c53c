import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Source } from '../core/source.ts';
import { decodeText } from '../read/decode.ts';
import { UsageError } from './context.ts';

/** No policy or assertion file is larger; a larger file is something else. */
const MAX_BYTES = 5_000_000;

/** Reads a file that the user named, under the name given. A file that is not there, no file, binary or very large is a usage error. */
export function readNamedFile(cwd: string, path: string, shown = path): Source {
  try {
    const absolute = resolve(cwd, path);
    const stat = statSync(absolute);
    if (!stat.isFile()) throw new UsageError(`\`${shown}\` is no file`);
    if (stat.size > MAX_BYTES) throw new UsageError(`\`${shown}\` is larger than 5 MB`);
    const text = decodeText(readFileSync(absolute));
    if (text === undefined) throw new UsageError(`\`${shown}\` is binary`);
    return new Source(shown, text);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`\`${shown}\` cannot be read: ${error instanceof Error ? reasonOf(error) : String(error)}`);
  }
}

function reasonOf(error: Error): string {
  return 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : error.message;
}
