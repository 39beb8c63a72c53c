import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Tells whether git would ignore an absolute path, by the `.gitignore` files between the top of its tree and the path. */
export interface GitIgnores {
  /** The entry itself; its folder is known not to be ignored. */
  readonly entry: (path: string, isFolder: boolean) => boolean;
  /** The file or any folder above it. */
  readonly file: (path: string) => boolean;
  /** The folder or any above it. */
  readonly folder: (path: string) => boolean;
}

/**
 * `**` in the middle of a pattern is matched by trial, each one more multiplying the trials by the depth of the path.
 * Patterns with more of them and paths deeper than these are found in no honest repository; there, nothing is ignored.
 */
const MAX_GLOBSTARS = 3;
const MAX_DEPTH = 64;

/** Reads `.gitignore` files on first need. `top` is the absolute folder above which none counts. */
export function gitIgnores(top: string): GitIgnores {
  const rules = new Map<string, Ignore | undefined>();
  const folders = new Map<string, boolean>();

  const rulesOf = (folder: string): Ignore | undefined => {
    if (!rules.has(folder)) rules.set(folder, readRules(`${folder}/.gitignore`));
    return rules.get(folder);
  };

  const entry = (path: string, isFolder: boolean): boolean => {
    if (path.split('/').length > MAX_DEPTH) return false;
    const suffix = isFolder ? '/' : '';
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      const verdict = rulesOf(folder)?.test(path.slice(folder === '/' ? 1 : folder.length + 1) + suffix);
      if (verdict?.ignored === true) return true;
      if (verdict?.unignored === true || folder.length <= top.length) return false;
    }
  };

  const folder = (path: string): boolean => {
    if (path.length <= top.length) return false;
    const known = folders.get(path);
    if (known !== undefined) return known;
    const verdict = folder(posix.dirname(path)) || entry(path, true);
    folders.set(path, verdict);
    return verdict;
  };

  return { entry, folder, file: (path) => folder(posix.dirname(path)) || entry(path, false) };
}

function readRules(path: string): Ignore | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return ignore().add(readFileSync(path, 'utf8').split('\n').filter(isCheap).join('\n'));
  } catch {
    // A folder of that name, or one we may not read: then it ignores nothing.
    return undefined;
  }
}

function isCheap(pattern: string): boolean {
  return pattern.split('**').length - 1 <= MAX_GLOBSTARS;
}
