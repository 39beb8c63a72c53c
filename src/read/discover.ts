import { type Dirent, existsSync, readdirSync, type Stats, statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { Problem } from '../core/problem.ts';
import { Source, wholeSource } from '../core/source.ts';
import { type FileKind, isSkippedFolder, kindOf } from './candidate.ts';
import { type GitIgnores, gitIgnores } from './git-ignore.ts';
import { isInside, realPath, repositoryTop, shownPath, toPosix } from './paths.ts';

export interface DiscoverOptions {
  /** Absolute folder that file names are relative to. */
  readonly base: string;
  /** Is a path (relative to the base, or absolute; folders end in `/`) ignored by configuration? */
  readonly isIgnored?: (path: string) => boolean;
}

/** A file to read. */
export interface InputFile {
  /** As reports show it. */
  readonly path: string;
  readonly absolute: string;
  /** Named by the user, not found in a folder: whatever its name, it is meant. */
  readonly named: boolean;
}

export interface Discovered {
  /** By path. */
  readonly files: readonly InputFile[];
  /** Named paths and patterns that lead to nothing. */
  readonly missing: readonly string[];
  /** Real folders that reading is confined to: the repositories of the named paths. */
  readonly roots: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Finds the files that paths, folders and globs stand for. Folders are walked without hidden ones, dependencies and what
 * `.gitignore` or configuration leave out; a cloud assembly is taken even where git ignores it, with its manifest and templates only.
 * Links are never followed out of the tree: such a one yields `path-outside-root`.
 */
export async function discover(paths: readonly string[], options: DiscoverOptions): Promise<Discovered> {
  const search = newSearch(options);
  for (const path of paths) {
    const absolute = toPosix(resolve(search.base, path));
    const stat = statSync(absolute, { throwIfNoEntry: false });
    if (stat !== undefined) takeNamed(search, absolute, stat);
    else if (!/[*?[\]{}!]/.test(path)) search.missing.push(path);
    else if (!(await takeMatches(search, path))) search.missing.push(path);
  }
  const files = [...search.files.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
  return { files, missing: search.missing, roots: [...search.trees.keys()].sort(), problems: search.problems };
}

interface Search {
  readonly base: string;
  readonly isIgnored: (path: string) => boolean;
  readonly files: Map<string, InputFile>;
  readonly missing: string[];
  readonly problems: Problem[];
  /** Trees met so far, by their real top folder. */
  readonly trees: Map<string, Tree>;
}

/** A repository, or a folder that lies in none. */
interface Tree {
  readonly top: string;
  readonly git: GitIgnores;
}

function newSearch(options: DiscoverOptions): Search {
  const base = realPath(options.base) ?? toPosix(options.base);
  return { base, isIgnored: options.isIgnored ?? (() => false), files: new Map(), missing: [], problems: [], trees: new Map() };
}

function treeOf(search: Search, folder: string): Tree {
  const top = repositoryTop(folder) ?? (isInside(search.base, folder) ? search.base : folder);
  const known = search.trees.get(top);
  if (known !== undefined) return known;
  const tree = { top, git: gitIgnores(top) };
  search.trees.set(top, tree);
  return tree;
}

function takeNamed(search: Search, absolute: string, stat: Stats): void {
  if (stat.isDirectory()) {
    const folder = realPath(absolute) ?? absolute;
    const tree = treeOf(search, folder);
    // Whoever names a folder that git ignores means it; what its own `.gitignore` says still counts.
    walk(search, tree.git.folder(folder) ? { ...tree, git: gitIgnores(folder) } : tree, folder);
    return;
  }
  const folder = realPath(posix.dirname(absolute)) ?? posix.dirname(absolute);
  const tree = treeOf(search, folder);
  const path = `${folder === '/' ? '' : folder}/${posix.basename(absolute)}`;
  // A pipe (`<(terraform show -json)`) has no place in any tree.
  if (!stat.isFile()) add(search, tree, { path: absolute, real: absolute, named: true });
  else takeFile(search, tree, path, true);
}

/** Adds a file by its path in the tree; a link to a file elsewhere in the tree is that file, one out of the tree is refused. */
function takeFile(search: Search, tree: Tree, path: string, named: boolean): void {
  const real = realPath(path);
  const shown = shownPath(search.base, tree.top, path);
  if (real === undefined || !isInside(tree.top, real)) {
    search.problems.push({
      code: real === undefined ? 'missing-file' : 'path-outside-root',
      message: real === undefined ? 'the link leads to nothing' : 'the link leads out of the tree and is not followed',
      origin: wholeSource(new Source(shown, '')),
    });
    return;
  }
  // Terraform reads every file of a folder as one module, linked ones too; elsewhere the same text twice would be two findings.
  const place = real !== path && kindOf(posix.basename(path)) === 'terraform' ? path : real;
  add(search, tree, { path: place, real, named });
}

function add(search: Search, tree: Tree, file: { readonly path: string; readonly real: string; readonly named: boolean }): void {
  const path = shownPath(search.base, tree.top, file.path);
  if (search.isIgnored(path)) return;
  const named = file.named || search.files.get(path)?.named === true;
  search.files.set(path, { path, absolute: file.real, named });
}

/** Walks a folder with a list of what is still to do: a tree may be deeper than the call stack. */
function walk(search: Search, tree: Tree, start: string): void {
  const open: { readonly folder: string; readonly inAssembly: boolean }[] = [{ folder: start, inAssembly: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { folder } = next;
    const entries = entriesOf(search, tree, folder);
    const assembly = isAssembly(new Set(entries.map((entry) => entry.name)));
    if (next.inAssembly && !assembly) continue;
    for (const entry of entries) {
      const path = `${folder === '/' ? '' : folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (assembly ? !entry.name.startsWith('asset.') : entersFolder(search, tree, path)) open.push({ folder: path, inAssembly: assembly });
      } else if (assembly ? isAssemblyInput(entry.name) : isCandidate(entry, kindOf(entry.name)) && !tree.git.entry(path, false)) {
        takeEntry(search, tree, path, entry);
      }
    }
  }
}

function takeEntry(search: Search, tree: Tree, path: string, entry: Dirent): void {
  if (entry.isFile()) add(search, tree, { path, real: path, named: false });
  else if (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) takeFile(search, tree, path, false);
}

function isCandidate(entry: Dirent, kind: FileKind | undefined): boolean {
  return kind !== undefined && (entry.isFile() || entry.isSymbolicLink());
}

function entersFolder(search: Search, tree: Tree, path: string): boolean {
  if (isSkippedFolder(posix.basename(path)) || search.isIgnored(`${shownPath(search.base, tree.top, path)}/`)) return false;
  return !tree.git.entry(path, true) || (existsSync(`${path}/manifest.json`) && existsSync(`${path}/cdk.out`));
}

/** A cloud assembly holds its version in a file `cdk.out` beside its manifest (aws-cdk-lib, cloud-assembly-schema). */
function isAssembly(names: ReadonlySet<string>): boolean {
  return names.has('manifest.json') && names.has('cdk.out');
}

function isAssemblyInput(name: string): boolean {
  return name === 'manifest.json' || name.endsWith('.template.json');
}

function entriesOf(search: Search, tree: Tree, folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const message = `the folder cannot be read: ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`;
    search.problems.push({ code: 'unreadable-input', message, origin: wholeSource(new Source(shownPath(search.base, tree.top, folder), '')) });
    return [];
  }
}

/** Adds what a glob matches, as far as git does not ignore it; tells whether there was anything. */
async function takeMatches(search: Search, pattern: string): Promise<boolean> {
  const { glob } = await import('glob');
  const matches = await glob(toPosix(pattern), { cwd: search.base, absolute: true, nodir: true, dot: false, follow: false, ignore: ['**/node_modules/**', '**/.git/**'] });
  const everyName = /\.(?:[A-Za-z0-9]+|\{[A-Za-z0-9,]+\})$/.test(pattern);
  for (const match of matches.map(toPosix)) {
    const tree = treeOf(search, posix.dirname(match));
    if ((everyName || kindOf(posix.basename(match)) !== undefined) && !tree.git.file(match)) takeFile(search, tree, match, everyName);
  }
  return matches.length > 0;
}
