import type { Source } from '../../core/source.ts';
import { parseIgnoreComments } from '../comments.ts';
import type { Frontend, FrontendContext, SuppressionMark, Template } from '../frontend.ts';
import { readManifest } from './assembly/manifest.ts';
import { openAssembly } from './assembly/open.ts';
import { manifestsOf } from './detect.ts';
import { folderOf, parentFolder } from './paths.ts';
import { createPlaces } from './place/places.ts';
import { createCdkSource } from './source/index.ts';
import { hasParser, loadParser, type TypeScriptParser } from './typescript/parser.ts';
import { sourcePaths } from './typescript/project.ts';

export { prepareCdk } from './typescript/parser.ts';

/** Cloud assemblies, as `cdk synth` writes them. */
export const cdk: Frontend = createCdk({ loadParser, hasParser });

/** TypeScript of CDK apps, read without synthesis. */
export const cdkSource: Frontend = createCdkSource({ loadParser });

export interface CdkParts {
  readonly loadParser: () => TypeScriptParser | undefined;
  readonly hasParser: () => boolean;
}

/** The front-end over a given parser of TypeScript. */
export function createCdk(parts: CdkParts): Frontend {
  return {
    name: 'cdk',
    *open(sources: readonly Source[], context: FrontendContext): Iterable<Template> {
      const known = new Map(sources.map((source) => [source.path, source]));
      const within: FrontendContext = { ...context, files: { list: context.files.list, read: (path) => known.get(path) ?? context.files.read(path) } };
      let told = false;
      for (const manifest of roots(sources)) {
        const folder = appFolder(manifest.path, within);
        const paths = sourcePaths(folder, within.files);
        if (!told && paths.length > 0 && !parts.hasParser()) {
          told = true;
          context.report({ code: 'feature-unavailable', message: 'findings may point at generated templates: to lead them to TypeScript lines, install `@typescript-eslint/typescript-estree` and `typescript`', origin: { source: manifest, start: 0, end: 0 } });
        }
        const placeOf = createPlaces({ folder, files: within.files, sources: known, loadParser: parts.loadParser });
        let marks: readonly SuppressionMark[] = commentMarks(paths, within);
        for (const template of openAssembly({ manifest, context: within, placeOf })) {
          yield marks.length === 0 ? template : { ...template, suppressions: [...template.suppressions, ...marks] };
          marks = [];
        }
      }
    },
  };
}

/** Manifests that no other one names as a nested assembly; those are opened through the app's own. */
function roots(sources: readonly Source[]): readonly Source[] {
  const manifests = manifestsOf(sources);
  const nested = new Set(manifests.flatMap((source) => readManifest(source, () => undefined)?.nested.map((one) => one.manifestPath) ?? []));
  return manifests.filter((source) => !nested.has(source.path));
}

/** Folders above an assembly that are looked at for the app's settings. */
const MAX_FOLDERS_UP = 8;

/** Where the app's sources are: the nearest folder above the assembly's own that has the app's settings, else the one right above. */
function appFolder(manifestPath: string, context: FrontendContext): string {
  const above = parentFolder(folderOf(manifestPath));
  let folder = above;
  for (let count = 0; count < MAX_FOLDERS_UP; count += 1) {
    if (context.files.list(folder).some((name) => name === 'cdk.json' || name === 'package.json')) return folder;
    folder = parentFolder(folder);
  }
  return above;
}

/** Suppression comments of the app's sources, where findings of the assembly are shown. */
function commentMarks(paths: readonly string[], context: FrontendContext): readonly SuppressionMark[] {
  return paths.flatMap((path) => {
    const source = context.files.read(path);
    return typeof source === 'string' ? [] : parseIgnoreComments(source);
  });
}
