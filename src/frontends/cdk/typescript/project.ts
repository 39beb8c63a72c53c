import type { Source } from '../../../core/source.ts';
import type { Files } from '../../frontend.ts';
import { folderOf, joinPath } from '../paths.ts';
import { readFacts, type TypeScriptFile } from './file-facts.ts';
import type { TypeScriptParser } from './parser.ts';

/** The TypeScript sources of one CDK app, parsed when first asked for and then kept. */
export interface TypeScriptProject {
  /** The folder of the app, relative to the project root. */
  readonly folder: string;
  /** A file by its path; `undefined` when it cannot be read or parsed. */
  readonly file: (path: string) => TypeScriptFile | undefined;
  /** The file a relative import names, e.g. `./stack`, `../lib/roles.js`. */
  readonly imported: (from: string, module: string) => TypeScriptFile | undefined;
  /** All source files of the app, sorted by path. */
  readonly all: () => readonly TypeScriptFile[];
}

/** Bounds on what is read of an app: beyond these, places fall back to the template. */
const MAX_FILES = 500;
const MAX_FILE_CHARACTERS = 1_000_000;
const MAX_CHARACTERS = 12_000_000;
const MAX_FOLDERS = 400;
const MAX_FOLDER_DEPTH = 8;

/** Where apps keep their code when the reader lists file names only. */
const USUAL_FOLDERS = ['bin', 'lib', 'src', 'app', 'infra', 'cdk', 'stacks', 'constructs', 'stages'];
const SKIPPED = /^(node_modules|cdk\.out|coverage|dist|build)$|^\.|\.snapshot$|^cdk\.out|^asset\./;

/**
 * A project that reads and parses nothing until a file is asked for. `sources` are texts the run has read already;
 * `paths` name the project's files where they are known, else they are looked for in the folder.
 */
export function createProject(folder: string, files: Files, parser: TypeScriptParser, sources: ReadonlyMap<string, Source> = new Map(), paths?: readonly string[]): TypeScriptProject {
  const parsed = new Map<string, TypeScriptFile | undefined>();
  let characters = 0;
  const read = (path: string): Source | undefined => {
    const known = sources.get(path);
    if (known !== undefined) return known;
    const found = files.read(path);
    return typeof found === 'string' ? undefined : found;
  };
  const file = (path: string): TypeScriptFile | undefined => {
    if (parsed.has(path) || parsed.size >= MAX_FILES || characters > MAX_CHARACTERS) return parsed.get(path);
    const source = read(path);
    const usable = source !== undefined && source.text.length <= MAX_FILE_CHARACTERS ? source : undefined;
    characters += usable?.text.length ?? 0;
    const facts = usable === undefined ? undefined : readFacts(usable, parser);
    parsed.set(path, facts);
    return facts;
  };
  let everything: readonly TypeScriptFile[] | undefined;
  const project: TypeScriptProject = {
    folder,
    file,
    imported: (from, module) => (module.startsWith('.') ? importedFile(from, module, files, sources, file) : undefined),
    all: () => {
      everything ??= collect(paths ?? sourcePaths(folder, files), project);
      return everything;
    },
  };
  return project;
}

/** The named files, and whatever those import from elsewhere in the repository. */
function collect(paths: readonly string[], project: TypeScriptProject): readonly TypeScriptFile[] {
  const found = new Map<string, TypeScriptFile>();
  const queue = [...paths];
  for (let at = 0; at < queue.length && found.size < MAX_FILES; at += 1) {
    const path = queue[at];
    const file = path === undefined || found.has(path) ? undefined : project.file(path);
    if (path === undefined || file === undefined) continue;
    found.set(path, file);
    for (const { module } of file.imports.values()) {
      const other = project.imported(path, module);
      if (other !== undefined && !found.has(other.source.path)) queue.push(other.source.path);
    }
  }
  return [...found.values()].sort((left, right) => (left.source.path < right.source.path ? -1 : 1));
}

/** Paths of the TypeScript (else JavaScript) files in a folder and below, without libraries, declarations and generated code. */
export function sourcePaths(folder: string, files: Files): string[] {
  const paths: string[] = [];
  const folders = [{ folder, depth: 0 }];
  const seen = new Set([folder]);
  for (let at = 0; at < folders.length && at < MAX_FOLDERS && paths.length < MAX_FILES; at += 1) {
    const current = folders[at];
    if (current === undefined) break;
    const names = files.list(current.folder);
    for (const name of names) if (isSourceName(name, names)) paths.push(within(current.folder, name));
    const candidates = [...names.filter((name) => !name.includes('.')), ...(current.depth === 0 ? USUAL_FOLDERS : [])];
    for (const name of candidates) {
      const path = within(current.folder, name);
      if (SKIPPED.test(name) || seen.has(path) || current.depth >= MAX_FOLDER_DEPTH) continue;
      seen.add(path);
      folders.push({ folder: path, depth: current.depth + 1 });
    }
  }
  return paths;
}

function isSourceName(name: string, siblings: readonly string[]): boolean {
  if (/\.d\.[mc]?ts$/.test(name)) return false;
  if (/\.[mc]?tsx?$/.test(name)) return true;
  const script = /^(.*)\.([mc]?)jsx?$/.exec(name);
  // A script beside its TypeScript is what the compiler made of it.
  return script !== null && !/\.config$|\.test$|^jest/.test(script[1] ?? '') && !siblings.some((sibling) => sibling.startsWith(`${script[1]}.`) && /\.[mc]?tsx?$/.test(sibling) && !sibling.endsWith('.d.ts'));
}

function within(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** TypeScript imports name a file with its extension, with the extension its compilation will have, without one, or by folder. */
function importedFile(from: string, module: string, files: Files, sources: ReadonlyMap<string, Source>, file: (path: string) => TypeScriptFile | undefined): TypeScriptFile | undefined {
  const base = joinPath(folderOf(from), module);
  const stem = base.replace(/\.([mc]?)jsx?$/, '');
  const candidates = [base, ...['.ts', '.mts', '.cts', '.tsx', '/index.ts', '.js', '/index.js'].map((ending) => `${stem}${ending}`)];
  const names = new Map<string, ReadonlySet<string>>();
  for (const path of candidates) {
    const folder = folderOf(path);
    const listed = names.get(folder) ?? new Set(files.list(folder));
    names.set(folder, listed);
    if (!/\.[mc]?[jt]sx?$/.test(path) || !(listed.has(path.slice(path.lastIndexOf('/') + 1)) || sources.has(path))) continue;
    const found = file(path);
    if (found !== undefined) return found;
  }
  return undefined;
}
