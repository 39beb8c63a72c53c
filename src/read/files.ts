import { readdirSync, readFileSync, statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { Source } from '../core/source.ts';
import type { Files } from '../frontends/frontend.ts';
import { sizeLimit } from './candidate.ts';
import { decodeText } from './decode.ts';
import { isInside, realPath, toPosix } from './paths.ts';

export interface FilesOptions {
  /** Absolute folder that paths are relative to. */
  readonly base: string;
  /** Real folders that reading is confined to, links resolved; see `Discovered.roots`. */
  readonly roots: readonly string[];
  /** Sources of the run: asked for again, they are handed out as they are, so that a place in one is a place in the other. */
  readonly known: readonly Source[];
}

/** Reading on demand for front-ends. Nothing outside the roots is opened, whatever a template names and wherever a link leads. */
export function createFiles(options: FilesOptions): Files {
  const known = new Map<string, Source | 'missing' | 'outside-root' | 'too-large'>(options.known.map((source) => [source.path, source]));
  const allowed = (path: string): string | 'missing' | 'outside-root' => confined(options, path);
  return {
    read(path) {
      const shown = posix.normalize(path);
      const found = known.get(shown) ?? readConfined(shown, allowed(shown));
      known.set(shown, found);
      return found;
    },
    list(folder) {
      const real = allowed(folder === '' ? '.' : folder);
      return real === 'missing' || real === 'outside-root' ? [] : namesIn(real);
    },
  };
}

/** The real path; refused before anything is opened when the path or what it links to lies outside the roots. */
function confined({ base, roots }: FilesOptions, path: string): string | 'missing' | 'outside-root' {
  const realBase = realPath(base) ?? toPosix(base);
  const absolute = toPosix(resolve(realBase, path));
  const real = realPath(absolute);
  if (real === undefined) return roots.some((root) => isInside(root, absolute)) ? 'missing' : 'outside-root';
  return roots.some((root) => isInside(root, real)) ? real : 'outside-root';
}

function readConfined(shown: string, real: string | 'missing' | 'outside-root'): Source | 'missing' | 'outside-root' | 'too-large' {
  if (real === 'missing' || real === 'outside-root') return real;
  try {
    const stat = statSync(real);
    // A pipe or device would never end.
    if (!stat.isFile()) return 'missing';
    if (stat.size > sizeLimit(posix.basename(shown))) return 'too-large';
    const text = decodeText(readFileSync(real));
    return text === undefined ? 'missing' : new Source(shown, text);
  } catch {
    return 'missing';
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
