import { existsSync, realpathSync } from 'node:fs';
import { posix, relative } from 'node:path';

/** A path with `/`, as all paths of this program. */
export function toPosix(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

/** Is a path the folder or inside it? Both absolute, without `..`. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The real path with `/`, or `undefined` when there is nothing. */
export function realPath(path: string): string | undefined {
  try {
    return toPosix(realpathSync(path));
  } catch {
    return undefined;
  }
}

/** The top folder of the git repository a folder lies in. */
export function repositoryTop(folder: string): string | undefined {
  for (let at = folder; ; at = posix.dirname(at)) {
    if (existsSync(`${at}/.git`)) return at;
    if (posix.dirname(at) === at) return undefined;
  }
}

/**
 * How reports show an absolute path: relative to the folder the run starts in, where both lie in one tree;
 * absolute otherwise, since `../../..` tells nobody anything.
 */
export function shownPath(base: string, tree: string, path: string): string {
  if (path !== base && isInside(base, path)) return path.slice(base.endsWith('/') ? base.length : base.length + 1);
  return isInside(tree, base) && isInside(tree, path) ? toPosix(relative(base, path)) : path;
}
