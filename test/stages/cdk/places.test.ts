import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemsOf, property, type Value } from '../../../src/core/value.ts';
import type { Resource } from '../../../src/frontends/frontend.ts';
import { APP, diskFiles, lineOf, type Opened, openAssembly, remove, resourcesOf, synthesize } from './synth.ts';

/**
 * The test app's own comments say which line each construct (`place:`), policy statement (`statement:`) and attached policy
 * (`attachment:`) comes from; paths leave out the stage, since every stage is made by the same lines.
 */
interface Marks {
  readonly places: ReadonlyMap<string, string>;
  readonly statements: ReadonlyMap<string, string>;
  readonly attachments: ReadonlyMap<string, string>;
}

function readMarks(): Marks {
  const marks = { place: new Map<string, string>(), statement: new Map<string, string>(), attachment: new Map<string, string>() };
  for (const folder of ['bin', 'lib']) {
    for (const name of readdirSync(`${APP}${folder}`)) {
      const lines = readFileSync(`${APP}${folder}/${name}`, 'utf8').split('\n');
      for (const [index, line] of lines.entries()) {
        for (const kind of ['place', 'statement', 'attachment'] as const) {
          const list = line.split(`// ${kind}: `)[1];
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

const marks = readMarks();

function placesOf(opened: Opened): Record<string, string | undefined> {
  return Object.fromEntries(ownResources(opened).map((resource) => [resource.displayName, lineOf(resource.sourcePlace?.([]))]));
}

function expectedPlaces(opened: Opened): Record<string, string | undefined> {
  return Object.fromEntries(ownResources(opened).map((resource) => [resource.displayName, marks.places.get(withoutStage(resource.displayName)) ?? 'no mark']));
}

function statementPlaces(opened: Opened, pick: 'found' | 'expected'): Record<string, string | undefined> {
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

function attachmentPlaces(opened: Opened, pick: 'found' | 'expected'): Record<string, string | undefined> {
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

const RUNS = [
  { name: 'with creation stacks', options: {} },
  { name: 'without creation stacks', options: { context: { 'aws:cdk:disable-creation-stack-traces': true } } },
  { name: 'with the traces of a debug run', options: { env: { CDK_DEBUG: '1', NODE_OPTIONS: '--stack-trace-limit=100' } } },
  { name: 'with merged statements and path metadata', options: { context: { 'aws:cdk:enable-path-metadata': true, '@aws-cdk/aws-iam:minimizePolicies': true } } },
] as const;

describe.each(RUNS)('places of an assembly synthesized $name', ({ name, options }) => {
  let outdir: string;
  let opened: Opened;
  beforeAll(() => {
    outdir = synthesize(options);
    opened = openAssembly(diskFiles(APP, outdir));
  }, 60_000);
  afterAll(() => remove(outdir));

  it('reads every stack of every stage without a problem', () => {
    expect(opened.problems).toEqual([]);
    expect(opened.templates.map((template) => [template.scope.name.split('/')[0], template.scope.account])).toEqual(
      expect.arrayContaining([['Shared', undefined], ['Dev-Data', '111111111111'], ['Dev-App', '111111111111'], ['Prod-Data', '222222222222'], ['Prod-App', '222222222222']]),
    );
  });

  it('leads each resource to the line that makes it', () => {
    expect(placesOf(opened)).toEqual(expectedPlaces(opened));
  });

  it('leads each policy statement to the call or property that adds it', () => {
    if (name.includes('merged')) expect(Object.values(statementPlaces(opened, 'found'))).not.toContain(undefined);
    else expect(statementPlaces(opened, 'found')).toEqual(statementPlaces(opened, 'expected'));
  });

  it('leads an attached policy to the call that attaches it', () => {
    expect(attachmentPlaces(opened, 'found')).toEqual(attachmentPlaces(opened, 'expected'));
  });
});
