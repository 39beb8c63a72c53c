import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemsOf, property, type Value } from '../../../src/core/value.ts';
import type { Resource } from '../../../src/frontends/frontend.ts';
import { appFolder, diskFiles, lineOf, type Opened, openAssembly, remove, resourcesOf, synthesize, type SynthOptions } from './synth.ts';

/**
 * The test apps' own comments say which line each construct (`place:`), policy statement (`statement:`) and attached policy
 * (`attachment:`) comes from; paths leave out the stage, since every stage is made by the same lines.
 */
interface Marks {
  readonly places: ReadonlyMap<string, string>;
  readonly statements: ReadonlyMap<string, string>;
  readonly attachments: ReadonlyMap<string, string>;
}

function readMarks(app: string): Marks {
  const marks = { place: new Map<string, string>(), statement: new Map<string, string>(), attachment: new Map<string, string>() };
  for (const folder of ['bin', 'lib']) {
    for (const name of readdirSync(`${app}${folder}`)) {
      const lines = readFileSync(`${app}${folder}/${name}`, 'utf8').split('\n');
      for (const [index, line] of lines.entries()) {
        for (const kind of ['place', 'statement', 'attachment'] as const) {
          const list = line.split(`// ${kind}: `)[1]?.split(' // ')[0];
          for (const one of list?.split(', ') ?? []) marks[kind].set(one.trim(), `${folder}/${name}:${index + 1}`);
        }
      }
    }
  }
  return { places: marks.place, statements: marks.statement, attachments: marks.attachment };
}

function withoutStage(path: string): string {
  return path.replace(/^(Dev|Prod)\//, '').replace(/SqsEventSource:.*$/, 'SqsEventSource:*');
}

function documents(resource: Resource): readonly { readonly path: readonly (string | number)[]; readonly statements: readonly Value[] }[] {
  const found: { path: (string | number)[]; statements: readonly Value[] }[] = [];
  const visit = (value: Value, path: (string | number)[]): void => {
    if (value.kind === 'map' && property(value, 'Statement') !== undefined) found.push({ path, statements: itemsOf(property(value, 'Statement')) });
    else if (value.kind === 'map') for (const entry of value.entries) visit(entry.value, [...path, entry.key]);
    else if (value.kind === 'list') for (const [index, item] of value.items.entries()) visit(item, [...path, index]);
  };
  visit(resource.properties(), []);
  return found;
}

/** Resources that the app's own lines make: not the pseudo resources, nor what the CDK adds to every stack. */
function ownResources(opened: Opened): readonly Resource[] {
  return resourcesOf(opened).filter((resource) => resource.type.startsWith('AWS::') && !resource.displayName.endsWith('/CDKMetadata/Default'));
}

function placesOf(opened: Opened): Record<string, string | undefined> {
  return Object.fromEntries(ownResources(opened).map((resource) => [resource.displayName, lineOf(resource.sourcePlace?.([]))]));
}

function expectedPlaces(opened: Opened, marks: Marks): Record<string, string | undefined> {
  return Object.fromEntries(ownResources(opened).map((resource) => [resource.displayName, marks.places.get(withoutStage(resource.displayName)) ?? 'no mark']));
}

function statementPlaces(opened: Opened, marks: Marks, pick: 'found' | 'expected'): Record<string, string | undefined> {
  const all: Record<string, string | undefined> = {};
  for (const resource of ownResources(opened)) {
    for (const { path, statements } of documents(resource)) {
      for (const index of statements.keys()) {
        const name = `${withoutStage(resource.displayName)} ${path.join('/')} ${index}`;
        const found = lineOf(resource.sourcePlace?.([...path, 'Statement', index, 'Action']));
        all[`${resource.displayName} ${path.join('/')} ${index}`] = pick === 'found' ? found : (marks.statements.get(name) ?? marks.places.get(withoutStage(resource.displayName)));
      }
    }
  }
  return all;
}

function attachmentPlaces(opened: Opened, marks: Marks, pick: 'found' | 'expected'): Record<string, string | undefined> {
  const all: Record<string, string | undefined> = {};
  for (const resource of ownResources(opened)) {
    for (const index of itemsOf(property(resource.properties(), 'ManagedPolicyArns')).keys()) {
      const found = lineOf(resource.sourcePlace?.(['ManagedPolicyArns', index]));
      const path = withoutStage(resource.displayName);
      all[`${resource.displayName} ${index}`] = pick === 'found' ? found : (marks.attachments.get(`${path} ${index}`) ?? marks.places.get(path));
    }
  }
  return all;
}

/** Records every frame, and the stack of each later change of a property. */
const DEBUG_RUN = { env: { CDK_DEBUG: '1', NODE_OPTIONS: '--stack-trace-limit=100' } } as const;

const RUNS = [
  { name: 'an estate, with creation stacks', app: 'app', options: {} },
  { name: 'an estate, without creation stacks', app: 'app', options: { context: { 'aws:cdk:disable-creation-stack-traces': true } } },
  { name: 'an estate, with the traces of a debug run', app: 'app', options: DEBUG_RUN },
  { name: 'many habits, with creation stacks', app: 'habits', options: {} },
  { name: 'many habits, without creation stacks', app: 'habits', options: { context: { 'aws:cdk:disable-creation-stack-traces': true } } },
] as const;

const runs = new Map<string, string>();

/** Synthesizes once for all tests of this file. */
function synthesized(options: SynthOptions): string {
  const key = JSON.stringify({ folder: appFolder('app'), ...options });
  const outdir = runs.get(key) ?? synthesize(options);
  runs.set(key, outdir);
  return outdir;
}

afterAll(() => {
  for (const outdir of runs.values()) remove(outdir);
});

describe.each(RUNS)('places of $name', ({ app, options }) => {
  const folder = appFolder(app);
  const marks = readMarks(folder);
  let outdir: string;
  let opened: Opened;
  beforeAll(() => {
    outdir = synthesized({ folder, ...options });
    opened = openAssembly(diskFiles(folder, outdir));
  }, 60_000);

  it('are found for every resource: the line that makes it', () => {
    expect(opened.problems).toEqual([]);
    expect(placesOf(opened)).toEqual(expectedPlaces(opened, marks));
  });

  it('are found for every policy statement: the call or property that adds it', () => {
    expect(statementPlaces(opened, marks, 'found')).toEqual(statementPlaces(opened, marks, 'expected'));
  });

  it('are found for attached policies: the call that attaches them', () => {
    expect(attachmentPlaces(opened, marks, 'found')).toEqual(attachmentPlaces(opened, marks, 'expected'));
  });
});

describe('an assembly with full creation stacks', () => {
  let outdir: string;
  beforeAll(() => {
    outdir = synthesized(DEBUG_RUN);
  }, 60_000);

  it('leads resources to their lines by the stacks alone, without a parser', () => {
    const opened = openAssembly(diskFiles(appFolder('app'), outdir), { parser: false });
    expect(opened.problems.map((problem) => problem.code)).toEqual(['feature-unavailable']);
    expect(placesOf(opened)).toEqual(expectedPlaces(opened, readMarks(appFolder('app'))));
  });

  it('knows stages, accounts and nested stacks', () => {
    const opened = openAssembly(diskFiles(appFolder('app'), outdir));
    expect(opened.templates.map(({ scope }) => [scope.name.replace(/\/.*/, '/…'), scope.account, scope.region])).toEqual([
      ['Shared', undefined, undefined],
      ...[['Dev', '111111111111'], ['Prod', '222222222222']].flatMap(([stage, account]) => ['Data', 'App', 'App/…', 'App/…'].map((stack) => [`${stage}-${stack}`, account, 'eu-west-1'])),
    ]);
  });

  it('shows places in files of this checkout, whatever folder the app was built in', () => {
    const project = mkdtempSync(join(tmpdir(), 'iamlint-checkout-'));
    cpSync(`${appFolder('app')}lib`, join(project, 'services/app/lib'), { recursive: true });
    cpSync(`${appFolder('app')}bin`, join(project, 'services/app/bin'), { recursive: true });
    cpSync(outdir, join(project, 'services/app/cdk.out'), { recursive: true });
    const opened = openAssembly(diskFiles(project), { manifestPath: 'services/app/cdk.out/manifest.json', parser: false });
    const found = new Set(Object.values(placesOf(opened)).map((place) => place?.split(':')[0]));
    remove(project);
    expect(found).toEqual(new Set(['app-stack', 'data-stack', 'roles', 'shared-stack', 'team-stack', 'worker'].map((name) => `services/app/lib/${name}.ts`)));
  });
});

describe('an assembly with merged statements', () => {
  it('leads each merged statement to one of the calls that made it', () => {
    const outdir = synthesized({ context: { 'aws:cdk:disable-creation-stack-traces': true, '@aws-cdk/aws-iam:minimizePolicies': true } });
    const found = statementPlaces(openAssembly(diskFiles(appFolder('app'), outdir)), readMarks(appFolder('app')), 'found');
    expect(['0', '1', '2', '3', '4'].map((index) => found[`Dev/App/Role/DefaultPolicy/Resource PolicyDocument ${index}`])).toEqual([32, 33, 34, 35, 41].map((line) => `lib/app-stack.ts:${line}`));
    expect(found['Dev/App/Shared/Resource PolicyDocument 0']).toBe('lib/app-stack.ts:54');
  });
});

describe('an app compiled to JavaScript', () => {
  it('is led back through its source maps', () => {
    const project = mkdtempSync(join(tmpdir(), 'iamlint-compiled-'));
    for (const part of ['bin', 'lib']) cpSync(`${appFolder('app')}${part}`, join(project, part), { recursive: true });
    symlinkSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)), join(project, 'node_modules'));
    buildSync({ entryPoints: [join(project, 'bin/app.ts')], outfile: join(project, 'dist/app.js'), bundle: true, packages: 'external', platform: 'node', format: 'cjs', sourcemap: true });
    const outdir = synthesize({ folder: project, entry: 'dist/app.js', env: { NODE_OPTIONS: '--stack-trace-limit=100' } });
    const opened = openAssembly(diskFiles(project, outdir), { parser: false });
    const places = placesOf(opened);
    remove(outdir);
    remove(project);
    expect(places).toEqual(expectedPlaces(opened, readMarks(appFolder('app'))));
  });
});
