import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemsOf, knownText, property, type Value } from '../../../src/core/value.ts';
import { generateSampleCdk } from '../../../scripts/generate/sample-cdk.ts';
import { appFolder, diskFiles, lineOf, type Opened, openAssembly, remove, resourcesOf, synthesize } from './synth.ts';

/** Every reference in a value, as `scope#address.attribute`. */
function references(value: Value): readonly string[] {
  switch (value.kind) {
    case 'reference':
      return [`${value.scope}#${value.address}.${value.attribute}`];
    case 'list':
      return value.items.flatMap(references);
    case 'map':
      return value.entries.flatMap((entry) => references(entry.value));
    case 'concat':
      return value.parts.flatMap(references);
    default:
      return [];
  }
}

function policyOf(opened: Opened, displayName: string): Value | undefined {
  return resourcesOf(opened).find((resource) => resource.displayName === displayName)?.properties();
}

describe('references between stacks', () => {
  it.each([
    ['imports of exports', 'strong', 'export'],
    ['outputs by stack', 'weak', 'stack-output'],
  ])('stay references that another template answers: %s', (_name, strength, scope) => {
    const outdir = synthesize({ context: { '@aws-cdk/core:defaultCrossStackReferences': strength } });
    const opened = openAssembly(diskFiles(appFolder('app'), outdir));
    remove(outdir);
    const policy = policyOf(opened, 'Dev/App/Role/DefaultPolicy/Resource');
    const used = (policy === undefined ? [] : references(policy)).filter((one) => one.startsWith(`${scope}#`));
    expect(used.length).toBeGreaterThan(0);
    const answers = opened.templates.flatMap(({ scope: at, outputs }) =>
      outputs.map((output) => (scope === 'export' ? `export#${knownText(output.exportName)}.${at.region}` : `stack-output#${at.name}.${output.name}`)),
    );
    for (const one of used) expect(answers).toContain(one);
  });
});

describe('an assembly of the CDK command line', () => {
  let outdir: string;
  let opened: Opened;
  beforeAll(() => {
    outdir = mkdtempSync(join(tmpdir(), 'iamlint-cdk-cli-'));
    const cli = join(createRequire(import.meta.url).resolve('aws-cdk/package.json'), '../bin/cdk');
    const run = spawnSync(process.execPath, [cli, 'synth', '--quiet', '--no-notices', '--output', outdir], { cwd: appFolder('app'), encoding: 'utf8', env: { PATH: process.env.PATH, HOME: outdir, CDK_VALIDATION: 'false', CDK_DISABLE_CLI_TELEMETRY: 'true' } });
    if (run.status !== 0) throw new Error(`cdk synth failed: ${run.stderr}`);
    opened = openAssembly(diskFiles(appFolder('app'), outdir));
  }, 60_000);
  afterAll(() => remove(outdir));

  it('is read like one of the library alone', () => {
    expect(opened.problems).toEqual([]);
    expect(opened.templates).toHaveLength(9);
    const own = resourcesOf(opened).filter((resource) => resource.type.startsWith('AWS::') && !resource.displayName.endsWith('CDKMetadata/Default'));
    expect(own.filter((resource) => resource.sourcePlace?.([]) === undefined)).toEqual([]);
    expect(lineOf(resourcesOf(opened).find((resource) => resource.displayName === 'Prod/App/Team/Inner/Member-cy/Resource')?.sourcePlace?.([]))).toBe('lib/team-stack.ts:17');
  });
});

describe('the sample', () => {
  const root = new URL('../../../', import.meta.url).pathname;
  const opened = openAssembly(diskFiles(root), { manifestPath: 'samples/cdk-out/cdk.out/manifest.json' });

  const generated = generateSampleCdk();

  it('is what its sources give', () => {
    for (const [path, text] of generated) expect(readFileSync(join(root, path), 'utf8'), `${path}: run npm run generate`).toBe(text);
  });

  it('leads to the TypeScript lines of a wildcard policy, a trust in another account, a public queue and an access key', () => {
    expect(opened.problems).toEqual([]);
    const text = (path: string, at: readonly (string | number)[]): string | undefined => {
      const origin = resourcesOf(opened).find((resource) => resource.displayName === path)?.sourcePlace?.(at);
      return origin === undefined ? undefined : `${origin.source.path.slice('samples/cdk-out/'.length)}: ${origin.source.text.slice(origin.start, origin.end)}`;
    };
    expect([
      text('Deploy/Builder/DefaultPolicy/Resource', ['PolicyDocument', 'Statement', 1]),
      text('Service/Reports/Resource', ['AssumeRolePolicyDocument', 'Statement', 0]),
      text('Service/Inbox/Orders/Policy/Resource', ['PolicyDocument', 'Statement', 0]),
      text('Deploy/Jenkins/Key/Resource', []),
    ]).toEqual([
      "lib/deploy-stack.ts: addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));",
      "lib/service-stack.ts: new iam.Role(this, 'Reports', {",
      'lib/service-stack.ts: addToResourcePolicy(',
      "lib/legacy-user.ts: new AccessKey(this, 'Key', { user });",
    ]);
  });

  it('names no machine', () => {
    for (const [path, text] of generated) expect(text.match(/\/(home|root|tmp|work|Users|var)\//), path).toBeNull();
  });
});

describe('a statement at its place in the template', () => {
  it('is told from others of the same number by that place', () => {
    const outdir = synthesize();
    const opened = openAssembly(diskFiles(appFolder('app'), outdir));
    const role = resourcesOf(opened).find((resource) => resource.displayName === 'Dev/App/Role/Resource');
    const inline = itemsOf(property(property(itemsOf(property(role?.properties(), 'Policies'))[0], 'PolicyDocument'), 'Statement'))[0];
    const action = property(inline, 'Action');
    // Callers that know where in the template they are say so by a second argument.
    const place: ((path: readonly (string | number)[], at?: Value['origin']) => Value['origin'] | undefined) | undefined = role?.sourcePlace;
    expect([lineOf(place?.(['statement', 0])), lineOf(place?.(['statement', 0], action?.origin))]).toEqual(['lib/app-stack.ts:22', 'lib/app-stack.ts:27']);
    remove(outdir);
  });
});
