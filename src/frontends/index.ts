import type { Source } from '../core/source.ts';
import { assemblyMembers, coveredByAssembly, detectCdkSource, manifestsOf } from './cdk/detect.ts';
import { looksLikeTemplate } from './cloudformation/detect.ts';
import type { Frontend } from './frontend.ts';
import { looksLikePolicy } from './policy/detect.ts';
import { detectOrganization, organizationMembers } from './organization/detect.ts';
import { detectTerraform } from './terraform/detect.ts';

/** Front-ends in the order in which their templates are read. */
export const FRONTEND_NAMES = ['organization', 'cdk', 'terraform', 'cloudformation', 'policy', 'cdk-source'] as const;
export type FrontendName = (typeof FRONTEND_NAMES)[number];

export type AssignedSources = ReadonlyMap<FrontendName, readonly Source[]>;
export type Frontends = Readonly<Record<FrontendName, Frontend>>;

/**
 * Gives each file to the front-end that reads it, by cheap looks at its text; only a template that tells its organization as well
 * goes to two. A file that is nobody's is left out without a word: repositories are full of YAML and JSON that has nothing to do
 * with access.
 */
export function assignSources(sources: readonly Source[]): AssignedSources {
  const assigned = new Map<FrontendName, Source[]>();
  const manifests = manifestsOf(sources).map((source) => source.path);
  const members: Membership = { inAssembly: assemblyMembers(manifests), coveredByAssembly: coveredByAssembly(manifests), inOrganization: organizationMembers(sources) };
  const assign = (name: FrontendName, source: Source): void => {
    const list = assigned.get(name);
    if (list === undefined) assigned.set(name, [source]);
    else list.push(source);
  };
  for (const source of sources) {
    const name = claim(source, members);
    if (name === undefined) continue;
    assign(name, source);
    if (name === 'organization' && looksLikeTemplate(source.path, source.text)) assign('cloudformation', source);
  }
  return assigned;
}

/** Files that are part of something larger than themselves. */
interface Membership {
  readonly inAssembly: (path: string) => boolean;
  readonly coveredByAssembly: (path: string) => boolean;
  readonly inOrganization: (path: string) => boolean;
}

function claim(source: Source, members: Membership): FrontendName | undefined {
  const { path, text } = source;
  if (members.inAssembly(path)) return 'cdk';
  if (/\.[mc]?tsx?$/.test(path)) return detectCdkSource(path, text) && !members.coveredByAssembly(path) ? 'cdk-source' : undefined;
  // Read on demand by the set that names it.
  if (members.inOrganization(path)) return undefined;
  if (detectTerraform(path, text) !== undefined) return 'terraform';
  if (detectOrganization(path, text) !== undefined) return 'organization';
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
  const terraform = needs('terraform') ? await loadTerraform() : idle('terraform');
  const organization = needs('organization') ? await loadOrganization() : idle('organization');
  return { organization, cdk, terraform, cloudformation, policy, 'cdk-source': cdkSource };
}

async function loadCdk(): Promise<Frontend> {
  const { cdk } = await import('./cdk/index.ts');
  return cdk;
}

async function loadCdkSource(): Promise<Frontend> {
  const { cdkSource } = await import('./cdk/index.ts');
  return cdkSource;
}

async function loadTerraform(): Promise<Frontend> {
  const { prepareTerraform, terraform } = await import('./terraform/index.ts');
  await prepareTerraform();
  return terraform;
}

async function loadOrganization(): Promise<Frontend> {
  const { organization } = await import('./organization/index.ts');
  return organization;
}

function idle(name: FrontendName): Frontend {
  return { name, open: () => [] };
}
