import { describe, expect, it } from 'vitest';
import { assemblyMembers, coveredByAssembly, detectAssembly, detectCdkSource } from '../../../src/frontends/cdk/detect.ts';
import { joinInside, joinPath, parentFolder } from '../../../src/frontends/cdk/paths.ts';

describe('what a CDK file is', () => {
  it('knows assembly manifests from others of that name', () => {
    expect(detectAssembly('cdk.out/manifest.json', '{"version":"36.0.0","artifacts":{}}')).toBe(true);
    expect(detectAssembly('manifest.json', '{\n  "artifacts": {},\n  "version": "55.1.0"\n}')).toBe(true);
    expect(detectAssembly('extension/manifest.json', '{"manifest_version":3,"version":"1.0.0"}')).toBe(false);
    expect(detectAssembly('cdk.out/other.json', '{"version":"36.0.0","artifacts":{}}')).toBe(false);
  });

  it.each([
    ['lib/a.ts', "import * as iam from 'aws-cdk-lib/aws-iam';", true],
    ['lib/a.mts', 'import { App } from "aws-cdk-lib";', true],
    ['lib/a.ts', "import { X } from '@aws-cdk/aws-glue-alpha';", true],
    ['lib/a.ts', "import { X } from './aws-cdk-lib-helpers';", false],
    ['lib/a.d.ts', "import { App } from 'aws-cdk-lib';", false],
    ['node_modules/x/a.ts', "import { App } from 'aws-cdk-lib';", false],
    ['lib/a.js', "require('aws-cdk-lib')", false],
  ])('%s: %s', (path, text, expected) => {
    expect(detectCdkSource(path, text)).toBe(expected);
  });
});

describe('what belongs to an assembly', () => {
  const member = assemblyMembers(['app/cdk.out/manifest.json', 'app/cdk.out/assembly-Dev/manifest.json']);

  it.each([
    ['app/cdk.out/manifest.json', true],
    ['app/cdk.out/S.template.json', true],
    ['app/cdk.out/N.nested.template.json', true],
    ['app/cdk.out/S.assets.json', true],
    ['app/cdk.out/tree.json', true],
    ['app/cdk.out/assembly-Dev/D.template.json', true],
    ['app/cdk.out/asset.0123/template.yaml', true],
    ['app/template.yaml', false],
    ['app/cdk.out/other.yaml', false],
    ['other/S.template.json', false],
  ])('%s: %s', (path, expected) => {
    expect(member(path)).toBe(expected);
  });
});

describe('sources an assembly stands for', () => {
  it('are those of the folder that holds it', () => {
    const covered = coveredByAssembly(['services/app/cdk.out/manifest.json']);
    expect(['services/app/lib/a.ts', 'services/app/bin/a.ts', 'services/apple/lib/a.ts', 'lib/a.ts'].map(covered)).toEqual([true, true, false, false]);
  });

  it('are all, when the assembly lies at the top', () => {
    expect(coveredByAssembly(['cdk.out/manifest.json'])('lib/a.ts')).toBe(true);
    expect(coveredByAssembly(['manifest.json'])('../lib/a.ts')).toBe(true);
    expect(coveredByAssembly([])('lib/a.ts')).toBe(false);
  });

  it('are one test file for a snapshot of an integration test', () => {
    const covered = coveredByAssembly(['test/integ.roles.js.snapshot/manifest.json']);
    expect(['test/integ.roles.ts', 'test/integ.other.ts', 'lib/a.ts'].map(covered)).toEqual([true, false, false]);
  });
});

describe('paths', () => {
  it('stay inside a folder or are refused', () => {
    expect(['S.json', './a/../S.json', 'a\\S.json', '../S.json', 'a/../../S.json', '/S.json', 'C:\\S.json', '.', ''].map((path) => joinInside('cdk.out', path))).toEqual(['cdk.out/S.json', 'cdk.out/S.json', 'cdk.out/a/S.json', undefined, undefined, undefined, undefined, undefined, undefined]);
  });

  it('may lead above the root where reading decides', () => {
    expect([joinPath('lib', '../bin/a'), joinPath('', '../a'), joinPath('../lib', '../a'), joinPath('a', '../../b')]).toEqual(['bin/a', '../a', '../a', '../b']);
    expect(['a/b', 'a', '', '..'].map(parentFolder)).toEqual(['a', '', '..', '../..']);
  });
});
