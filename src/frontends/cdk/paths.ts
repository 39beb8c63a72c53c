/** Paths relative to the project root, with `/`. The root itself is ''; a project read from a folder below it has paths that begin with `..`. */

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder that holds a folder: `a/b` → `a`, `a` → ``, `` → `..`, `..` → `../..`. */
export function parentFolder(folder: string): string {
  if (folder === '') return '..';
  return nameOf(folder) === '..' ? `${folder}/..` : folderOf(folder);
}

/** Joins a folder and a path relative to it, which may lead above it; reading decides what may be read. */
export function joinPath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** Joins a folder and a relative path; `undefined` when the path is absolute or leads out of the folder. */
export function joinInside(folder: string, path: string): string | undefined {
  if (path.startsWith('/') || path.startsWith('\\') || /^[A-Za-z]:/.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  if (parts.length === 0) return undefined;
  return folder === '' ? parts.join('/') : `${folder}/${parts.join('/')}`;
}
