import type { Source } from '../../../core/source.ts';
import { openAssembly } from './open.ts';

/**
 * The texts that opening an assembly needs, by path: its manifests, templates (nested ones too), metadata and asset manifests.
 * For callers that hand over texts instead of letting files be read, because the assembly may lie outside their root.
 */
export function collectAssembly(manifest: Source, read: (path: string) => Source | undefined): ReadonlyMap<string, Source> {
  const collected = new Map([[manifest.path, manifest]]);
  const files = {
    list: () => [],
    read: (path: string) => {
      const source = collected.get(path) ?? read(path);
      if (source !== undefined) collected.set(path, source);
      return source ?? 'missing';
    },
  };
  const settings = { deploymentsOf: () => [], parametersOf: () => new Map<string, string>(), variables: new Map<string, unknown>() };
  // Opening reads exactly what it needs; what it yields is of no interest here.
  for (const _template of openAssembly({ manifest, context: { files, settings, report: () => undefined }, placeOf: () => undefined })) continue;
  return collected;
}
