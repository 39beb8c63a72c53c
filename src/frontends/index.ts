import type { Source } from '../core/source.ts';
import { assemblyMembers, coveredByAssembly, detectCdkSource, manifestsOf } from './cdk/detect.ts';
import { looksLikeTemplate } from './cloudformation/detect.ts';
import type { Frontend } from './frontend.ts';
import { looksLikePolicy } from './policy/detect.ts';
import { detectTerraform } from './terraform/detect.ts';

/** Front-ends in the order in which their templates are read. */
export const FRONTEND_NAMES = ['cdk', 'terraform', 'cloudformation', 'policy', 'cdk-source'] as const;
export type FrontendName = (typeof FRONTEND_NAMES)[number];

export type AssignedSources = ReadonlyMap<FrontendName, readonly Source[]>;
export type Frontends = Readonly<Record<FrontendName, Frontend>>;

/**
 * Gives each file to the one front-end that reads it, by cheap looks at its text. A file that is nobody's is left out
 * without a word: repositories are full of YAML and JSON that has nothing to do with access.
 */
export function assignSources(sources: readonly Source[]): AssignedSources {
  const assigned = new Map<FrontendName, Source[]>();
  const manifests = manifestsOf(sources).map((source) => source.path);
  const inAssembly = assemblyMembers(manifests);
  const covered = coveredByAssembly(manifests);
  for (const source of sources) {
    const name = claim(source, inAssembly, covered);
    if (name === undefined) continue;
    const list = assigned.get(name);
    if (list === undefined) assigned.set(name, [source]);
    else list.push(source);
  }
  return assigned;
}

function claim(source: Source, inAssembly: (path: string) => boolean, covered: (path: string) => boolean): FrontendName | undefined {
  const { path, text } = source;
  if (inAssembly(path)) return 'cdk';
  if (/\.[mc]?tsx?$/.test(path)) return detectCdkSource(path, text) && !covered(path) ? 'cdk-source' : undefined;
  if (detectTerraform(path, text) !== undefined) return 'terraform';
  if (looksLikeTemplate(path, text)) return 'cloudformation';
  return looksLikePolicy(path, text) ? 'policy' : undefined;
}

/** Loads the front-ends that a run needs; the others stay unloaded, because start-up time is most of a small run. */
export async function loadFrontends(assigned: AssignedSources): Promise<Frontends> {
  const needs = (name: FrontendName): boolean => (assigned.get(name)?.length ?? 0) > 0;
  const { cloudformation } = await import('./cloudformation/index.ts');
  const { policy } = await import('./policy/index.ts');
  const cdk = needs('cdk') ? await loadCdk() : idle('cdk');
  const cdkSource = needs('cdk-source') ? await loadCdkSource() : idle('cdk-source');
  const terraform = needs('terraform') ? await loadTerraform(assigned.get('terraform') ?? []) : idle('terraform');
  return { cdk, terraform, cloudformation, policy, 'cdk-source': cdkSource };
}

async function loadCdk(): Promise<Frontend> {
  const { cdk, prepareCdk } = await import('./cdk/index.ts');
  await prepareCdk();
  return cdk;
}

async function loadCdkSource(): Promise<Frontend> {
  const { cdkSource, prepareCdk } = await import('./cdk/index.ts');
  await prepareCdk();
  return cdkSource;
}

async function loadTerraform(sources: readonly Source[]): Promise<Frontend> {
  const { terraform, prepareTerraform } = await import('./terraform/index.ts');
  if (sources.some((source) => /\.(tf|tofu)$/.test(source.path))) await prepareTerraform();
  return terraform;
}

function idle(name: FrontendName): Frontend {
  return { name, open: () => [] };
}
