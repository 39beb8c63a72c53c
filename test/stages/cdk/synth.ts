import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Problem } from '../../../src/core/problem.ts';
import { Source } from '../../../src/core/source.ts';
import { createCdk } from '../../../src/frontends/cdk/index.ts';
import type { DeploymentSettings, Files, FrontendContext, Resource, Template } from '../../../src/frontends/frontend.ts';
import { hasParser, loadParser } from '../../../src/frontends/cdk/typescript/parser.ts';

/** The folder of a test app: `app` is a small estate, `habits` the ways people write constructs. */
export function appFolder(name: 'app' | 'habits'): string {
  return fileURLToPath(new URL(`./${name}/`, import.meta.url));
}

export interface SynthOptions {
  /** Folder of the app and the file to run, by Node with TypeScript support unless it is a script. */
  readonly folder?: string;
  readonly entry?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Synthesizes an app with the real aws-cdk-lib into a new temporary folder. The caller removes it. */
export function synthesize(options: SynthOptions = {}): string {
  const outdir = mkdtempSync(join(tmpdir(), 'iamlint-cdk-'));
  const entry = options.entry ?? 'bin/app.ts';
  const loader = entry.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const run = spawnSync(process.execPath, [...loader, entry], {
    cwd: options.folder ?? appFolder('app'),
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: outdir, CDK_VALIDATION: 'false', CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(options.context ?? {}), ...options.env },
  });
  if (run.status !== 0) throw new Error(`the app did not synthesize: ${run.stderr}`);
  return outdir;
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Files of a project whose `cdk.out` lies elsewhere. */
export function diskFiles(project: string, outdir?: string): Files {
  const real = (path: string): string => (outdir !== undefined && (path === 'cdk.out' || path.startsWith('cdk.out/')) ? join(outdir, path.slice('cdk.out'.length)) : join(project, path));
  const outside = (path: string): boolean => posix.normalize(path).startsWith('..') || path.startsWith('/');
  return {
    read: (path) => {
      if (outside(path)) return 'outside-root';
      const file = real(path);
      return existsSync(file) && statSync(file).isFile() ? new Source(path, readFileSync(file, 'utf8')) : 'missing';
    },
    list: (folder) => {
      const directory = real(folder);
      return !outside(folder) && existsSync(directory) && statSync(directory).isDirectory() ? readdirSync(directory) : [];
    },
  };
}

/** Files in memory, by path. */
export function memoryFiles(texts: Readonly<Record<string, string>>): Files {
  return {
    read: (path) => (Object.hasOwn(texts, path) ? new Source(path, texts[path] ?? '') : 'missing'),
    list: (folder) => [...new Set(Object.keys(texts).flatMap((path) => (folder === '' ? [path.split('/')[0] ?? ''] : path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1).split('/')[0] ?? ''] : [])))],
  };
}

export const NO_SETTINGS: DeploymentSettings = { deploymentsOf: () => [], parametersOf: () => new Map(), variables: new Map() };

export interface Opened {
  readonly templates: readonly Template[];
  readonly problems: readonly Problem[];
}

/** Opens the assembly at `manifestPath`, as a run that found it would. */
export function openAssembly(files: Files, options: { readonly manifestPath?: string; readonly settings?: DeploymentSettings; readonly parser?: boolean } = {}): Opened {
  const manifestPath = options.manifestPath ?? 'cdk.out/manifest.json';
  const manifest = files.read(manifestPath);
  if (typeof manifest === 'string') throw new Error(`no manifest: ${manifest}`);
  const problems: Problem[] = [];
  const context: FrontendContext = { files, settings: options.settings ?? NO_SETTINGS, report: (problem) => problems.push(problem) };
  const frontend = createCdk(options.parser === false ? { loadParser: () => undefined, hasParser: () => false } : { loadParser, hasParser });
  const templates = [...frontend.open([manifest], context)];
  return { templates, problems: [...problems, ...templates.flatMap((template) => template.problems)] };
}

/** `file:line` of an origin. */
export function lineOf(origin: { readonly source: Source; readonly start: number } | undefined): string | undefined {
  return origin === undefined ? undefined : `${origin.source.path}:${origin.source.position(origin.start).line}`;
}

export function resourcesOf(opened: Opened): readonly Resource[] {
  return opened.templates.flatMap((template) => template.resources);
}
