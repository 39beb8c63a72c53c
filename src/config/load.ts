import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { posix, relative, resolve } from 'node:path';
import { Source } from '../core/source.ts';
import { type Config, defaultConfig } from './config.ts';
import { type ConfigFile, mergeConfig } from './merge.ts';
import { parseConfig } from './parse-file.ts';
import { type ConfigProblem, describeProblem, fileProblem } from './problem.ts';

/** Names a configuration may have, in the order in which they are looked for. */
export const CONFIG_NAMES = ['.iamlintrc', '.iamlintrc.yaml', '.iamlintrc.yml', '.iamlintrc.json', 'package.json'] as const;

/** No configuration is larger; a larger file is something else. */
const MAX_BYTES = 1_000_000;

/** Where the configuration comes from: the folders upwards, one named file, or nowhere. */
export type ConfigChoice = { readonly kind: 'nearest' } | { readonly kind: 'file'; readonly path: string } | { readonly kind: 'none' };

export interface LoadedConfig {
  readonly config: Config;
  /** With any, the run must not start. */
  readonly problems: readonly ConfigProblem[];
  readonly files: readonly ConfigFile[];
  readonly choice: ConfigChoice;
}

/**
 * Reads the configuration for a run that starts in the absolute folder `base`: the file there and those of the folders above,
 * up to the top of the repository or a file with `root: true`. Never throws; what is wrong is in `problems`, with line and column.
 */
export function loadConfig(base: string, choice: ConfigChoice = { kind: 'nearest' }): LoadedConfig {
  const folder = toPosix(resolve(base));
  if (choice.kind === 'none') return { config: defaultConfig(folder), problems: [], files: [], choice };
  const read: Reading = { base: folder, files: [], problems: [] };
  if (choice.kind === 'file') readFile(read, { path: resolve(base, choice.path), folder, base: true, everywhere: true });
  else foldersUp(folder).some((above) => readFolder(read, above, true));
  read.files.reverse();
  return merged(read, choice);
}

/**
 * Adds the configurations of the folders that scanned files lie in, each for its own folder. `folders` are relative to the base
 * or absolute. Does nothing when one file was named or none is wanted.
 */
export function extendConfig(loaded: LoadedConfig, folders: Iterable<string>): LoadedConfig {
  if (loaded.choice.kind !== 'nearest') return loaded;
  const { base } = loaded.config;
  const read: Reading = { base, files: [], problems: [] };
  const known = new Set(foldersUp(base));
  for (const folder of folders) {
    for (const above of foldersUp(toPosix(resolve(base, folder)))) {
      if (known.has(above)) break;
      known.add(above);
      readFolder(read, above, false);
    }
  }
  if (read.files.length === 0 && read.problems.length === 0) return loaded;
  const files = [...loaded.files, ...read.files.sort((left, right) => compareFolders(left.folder, right.folder))];
  return merged({ base, files, problems: [...loaded.problems, ...read.problems] }, loaded.choice);
}

interface Reading {
  readonly base: string;
  readonly files: ConfigFile[];
  readonly problems: ConfigProblem[];
}

function merged(read: Reading, choice: ConfigChoice): LoadedConfig {
  const { config, problems } = mergeConfig(read.base, read.files);
  const all = [...read.problems, ...problems];
  return { config, problems: [...new Map(all.map((problem) => [describeProblem(problem), problem])).values()], files: read.files, choice };
}

/** Reads the configuration of a folder, if it has one; tells whether it is the last one upwards. */
function readFolder(read: Reading, folder: string, base: boolean): boolean {
  const names = configNames(folder);
  let last = false;
  const found: string[] = [];
  for (const name of names) {
    const before = read.files.length;
    readFile(read, { path: `${folder === '/' ? '' : folder}/${name}`, folder, base, everywhere: false });
    const file = read.files[before];
    if (file === undefined) continue;
    found.push(name);
    if (found.length > 1) read.problems.push(fileProblem(file.source, `this folder has two configurations: \`${found.join('` and `')}\``));
    last ||= file.raw.root === true;
  }
  return last;
}

function configNames(folder: string): readonly string[] {
  try {
    const entries = new Set(readdirSync(folder));
    return CONFIG_NAMES.filter((name) => entries.has(name));
  } catch {
    return [];
  }
}

interface Candidate {
  readonly path: string;
  readonly folder: string;
  readonly base: boolean;
  readonly everywhere: boolean;
}

function readFile(read: Reading, { path, folder, base, everywhere }: Candidate): void {
  const shown = toPosix(relative(read.base, path)) || path;
  const inPackage = posix.basename(shown) === 'package.json';
  const text = textOf(path);
  if (inPackage && text?.includes('"iamlint"') !== true) return;
  if (text === undefined) {
    read.problems.push(fileProblem(new Source(shown, ''), existsSync(path) ? 'the configuration cannot be read, or is larger than 1 MB' : 'there is no such configuration file'));
    return;
  }
  const source = new Source(shown, text);
  const { parsed, problems } = parseConfig(source);
  read.problems.push(...problems);
  if (parsed === undefined || (inPackage && parsed.root === undefined)) return;
  read.files.push({ ...parsed, source, folder, base, everywhere });
}

function textOf(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= MAX_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** A folder and those above it, up to the top of its repository or file system. */
function foldersUp(folder: string): readonly string[] {
  const folders: string[] = [];
  for (let at = folder; ; at = posix.dirname(at)) {
    folders.push(at);
    if (existsSync(`${at}/.git`) || posix.dirname(at) === at) return folders;
  }
}

function compareFolders(left: string, right: string): number {
  return left.split('/').length - right.split('/').length || (left < right ? -1 : 1);
}

function toPosix(path: string): string {
  return path.replaceAll('\\', '/');
}
