/** What a file's name says about it. */
export type FileKind = 'template' | 'json' | 'terraform' | 'plan' | 'typescript';

const KINDS: readonly (readonly [ending: string, kind: FileKind])[] = [
  ['.yaml', 'template'],
  ['.yml', 'template'],
  ['.template', 'template'],
  ['.jsonc', 'template'],
  ['.tf', 'terraform'],
  ['.tofu', 'terraform'],
  ['.tfvars', 'terraform'],
  ['.tf.json', 'terraform'],
  ['.tofu.json', 'terraform'],
  ['.tfvars.json', 'terraform'],
  ['.tfstate', 'plan'],
  ['.tfplan', 'plan'],
  ['.out', 'plan'],
  ['.ts', 'typescript'],
  ['.mts', 'typescript'],
  ['.cts', 'typescript'],
  ['.json', 'json'],
];

/** Files of these names are large, frequent, and never hold a policy. */
const NEVER: ReadonlySet<string> = new Set(['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'composer.lock', 'tsconfig.json', 'jsconfig.json']);

/** Folders that hold what others made, or what tools keep for themselves. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', 'bower_components', '__pycache__']);

/** The kind of a file by its name; `undefined` when a folder's walk passes it by. */
export function kindOf(name: string): FileKind | undefined {
  if (name.startsWith('.') || NEVER.has(name) || /\.d\.[mc]?ts$/.test(name)) return undefined;
  return KINDS.find(([ending]) => name.endsWith(ending))?.[1];
}

/** Hidden folders (`.git`, `.terraform`, `.aws-sam`) and dependencies are not walked; what an input names there is still read. */
export function isSkippedFolder(name: string): boolean {
  return name.startsWith('.') || SKIPPED_FOLDERS.has(name);
}

const MEGABYTE = 1_000_000;

/** Bytes a file may have: plans and states grow far beyond what people write. */
export function sizeLimit(name: string): number {
  const kind = kindOf(name);
  return kind === 'plan' || kind === 'json' ? 100 * MEGABYTE : 20 * MEGABYTE;
}
