import { existsSync, readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFiles, openAssembly } from './synth.ts';

/** Assemblies of other people's apps, where a workplace keeps some; the product does not carry them. */
const CORPUS = process.env.IAMLINT_CDK_CORPUS ?? new URL('../../../../shared/corpus/cdk', import.meta.url).pathname;

describe.skipIf(!existsSync(CORPUS))('assemblies of other people', () => {
  it('are opened to the last property, with a construct path for nearly every resource', () => {
    const manifests = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' }).filter((path) => /(^|\/)manifest\.json$/.test(path));
    const files = diskFiles(CORPUS);
    let resources = 0;
    let named = 0;
    for (const path of manifests) {
      const opened = openAssembly(files, { manifestPath: relative('.', path) });
      expect(opened.templates.length, path).toBeGreaterThan(0);
      for (const resource of opened.templates.flatMap((template) => template.resources)) {
        resource.properties();
        resource.sourcePlace?.([]);
        if (!resource.type.startsWith('AWS::')) continue;
        resources += 1;
        if (resource.displayName.includes('/')) named += 1;
      }
      expect(opened.problems.filter((problem) => problem.code === 'unreadable-input'), path).toEqual([]);
    }
    expect(manifests.length).toBeGreaterThan(0);
    expect(named / resources).toBeGreaterThan(0.95);
  }, 120_000);
});
