import type { Source } from '../../core/source.ts';
import { folderOf, nameOf, parentFolder } from './paths.ts';

/**
 * Is this the manifest of a cloud assembly (`cdk.out/manifest.json`, or that of a nested assembly)? Cheap, and never throws:
 * browser extensions and web apps have manifests of the same name, which name no artifacts.
 */
export function detectAssembly(path: string, text: string): boolean {
  if (nameOf(path) !== 'manifest.json') return false;
  return /"version"\s{0,9}:\s{0,9}"\d{1,4}\.\d{1,4}\.\d{1,4}"/.test(text) && text.includes('"artifacts"');
}

/** Is this TypeScript of a CDK app: a source file, no declaration file, that imports the CDK? */
export function detectCdkSource(path: string, text: string): boolean {
  if (!/\.[mc]?tsx?$/.test(path) || /\.d\.[mc]?ts$/.test(path) || /(^|\/)node_modules\//.test(path)) return false;
  return /['"](aws-cdk-lib|@aws-cdk\/[\w-]{1,80})(\/[\w./-]{0,80})?['"]/.test(text);
}

/**
 * Tells which files of a run belong to a cloud assembly, given the manifests found: its own front-end opens their templates,
 * with the account and the names the manifest gives them, so no other front-end may open them again.
 */
export function assemblyMembers(manifestPaths: readonly string[]): (path: string) => boolean {
  const folders = new Set(manifestPaths.map(folderOf));
  return (path) => {
    if (folders.has(folderOf(path))) return isAssemblyFile(nameOf(path));
    return [...ancestorsOf(path)].some(({ folder, entry }) => folders.has(folder) && entry.startsWith('asset.'));
  };
}

/** File names that the CDK writes into an assembly's own folder. */
function isAssemblyFile(name: string): boolean {
  return /\.(template|assets|metadata)\.(json|ya?ml)$/.test(name) || GENERATED.has(name);
}

const GENERATED: ReadonlySet<string> = new Set(['manifest.json', 'tree.json', 'cdk.out', 'integ.json', 'validation-report.json', 'policy-validation-report.json']);

/**
 * Tells which TypeScript files belong to an app whose assembly is in the run, keyed by the folder that holds the assembly's folder:
 * the assembly says what these sources make, so judging them again would report everything twice.
 * A snapshot folder of an integration test (`integ.x.js.snapshot`) stands for its one test file only.
 */
export function coveredByAssembly(manifestPaths: readonly string[]): (path: string) => boolean {
  const apps = new Set<string>();
  const tests = new Set<string>();
  for (const folder of manifestPaths.map(folderOf)) {
    const snapshot = /^(.*?)(\.js|\.ts)?\.snapshot$/.exec(folder);
    if (snapshot === null) apps.add(parentFolder(folder));
    else tests.add(snapshot[1] ?? '');
  }
  return (path) => tests.has(path.replace(/\.[mc]?tsx?$/, '')) || apps.has('') || apps.has('..') || [...ancestorsOf(path)].some(({ folder }) => apps.has(folder));
}

/** The manifests among the files of a run. */
export function manifestsOf(sources: readonly Source[]): readonly Source[] {
  return sources.filter((source) => detectAssembly(source.path, source.text));
}

/** Every folder above a path with the entry that leads towards it, from the nearest up: `a/b/c` gives `a/b`+`c`, `a`+`b`, ''+`a`. */
function* ancestorsOf(path: string): Iterable<{ readonly folder: string; readonly entry: string }> {
  for (let rest = path; rest !== ''; rest = folderOf(rest)) yield { folder: folderOf(rest), entry: nameOf(rest) };
}
