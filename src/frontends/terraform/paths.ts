/** Paths are relative to the root of the run, with `/`; '' is that root. */

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins a folder and a relative path; a result that begins with `..` lies outside the root, as does an absolute path. */
export function joinPath(folder: string, path: string): string {
  const slashed = path.replaceAll('\\', '/');
  if (slashed.startsWith('/') || /^[A-Za-z]:/.test(slashed)) return `../${slashed}`;
  const parts: string[] = [];
  for (const part of `${folder}/${slashed}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

export function isOutside(path: string): boolean {
  return path === '..' || path.startsWith('../');
}

/** The way from one folder to another: `relativePath('a/b', 'a/c')` is `../c`; '.' when they are the same. */
export function relativePath(from: string, to: string): string {
  const start = from === '' ? [] : from.split('/');
  const target = to === '' ? [] : to.split('/');
  let shared = 0;
  while (shared < start.length && start[shared] === target[shared]) shared += 1;
  const up = start.slice(shared).map(() => '..');
  const down = target.slice(shared);
  return up.length + down.length === 0 ? '.' : [...up, ...down].join('/');
}
