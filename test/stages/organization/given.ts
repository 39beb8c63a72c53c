import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Source } from '../../../src/core/source.ts';
import type { Problem } from '../../../src/core/problem.ts';
import { extract, type Extraction, ReferencedAddresses } from '../../../src/extract/extract.ts';
import { cloudformation } from '../../../src/frontends/cloudformation/index.ts';
import type { Deployment, Files, Frontend, Template } from '../../../src/frontends/frontend.ts';
import { detectOrganization, organizationMembers } from '../../../src/frontends/organization/detect.ts';
import { organization } from '../../../src/frontends/organization/index.ts';
import { policy } from '../../../src/frontends/policy/index.ts';
import { link } from '../../../src/model/link.ts';
import type { Organization, PermissionModel } from '../../../src/model/model.ts';
import { filesOf, NO_ORGANIZATION } from '../../given.ts';

export type Texts = Readonly<Record<string, string>>;

/** Files in memory, each read by the front-end that claims it. */
export interface OpenedFiles {
  readonly templates: readonly Template[];
  readonly problems: readonly Problem[];
  readonly extractions: readonly Extraction[];
}

export interface Given {
  readonly configured?: Organization;
  /** Where CloudFormation templates are deployed, by path. */
  readonly deployments?: Readonly<Record<string, Deployment>>;
}

export function open(texts: Texts, given: Given = {}): OpenedFiles {
  return openSources(
    Object.entries(texts).map(([path, text]) => new Source(path, text)),
    filesOf(texts),
    given,
  );
}

function openSources(sources: readonly Source[], files: Files, given: Given): OpenedFiles {
  const problems: Problem[] = [];
  const templates: Template[] = [];
  const extractions: Extraction[] = [];
  const referenced = new ReferencedAddresses();
  const settings = { deploymentsOf: (path: string) => [given.deployments?.[path]].flatMap((one) => one ?? []), parametersOf: () => new Map(), variables: new Map() };
  const context = { files, settings, report: (problem: Problem) => void problems.push(problem) };
  const isMember = organizationMembers(sources);
  const of = (wanted: Frontend): readonly Source[] => sources.filter((source) => frontendOf(source, isMember) === wanted);
  for (const frontend of [cloudformation, organization, policy]) {
    for (const template of frontend.open(of(frontend), context)) {
      templates.push(template);
      extractions.push(extract(template, referenced));
      problems.push(...template.problems);
    }
  }
  return { templates, problems, extractions };
}

function frontendOf(source: Source, isMember: (path: string) => boolean): Frontend | undefined {
  if (detectOrganization(source.path, source.text) !== undefined) return organization;
  if (isMember(source.path)) return undefined;
  if (source.text.includes('Resources')) return cloudformation;
  return source.text.includes('Statement') ? policy : undefined;
}

/** The model of files in memory. */
export function modelOf(texts: Texts, given: Given = {}): PermissionModel {
  return link(open(texts, given).extractions, given.configured ?? NO_ORGANIZATION);
}

/** The shared corpus of real configurations, where this checkout lies beside one. */
export const CORPUS = resolve(import.meta.dirname, '../../../../shared/corpus/org');
export const HAS_CORPUS = existsSync(CORPUS);

/** Opens the organization files below a folder of the corpus. */
export function openCorpus(folder: string): OpenedFiles {
  const root = join(CORPUS, folder);
  const sources: Source[] = [];
  const walk = (at: string): void => {
    for (const name of readdirSync(at).toSorted()) {
      const path = join(at, name);
      if (statSync(path).isDirectory()) walk(path);
      else if (/\.(ya?ml|json)$/.test(name)) {
        const source = new Source(relative(root, path), readFileSync(path, 'utf8'));
        if (detectOrganization(source.path, source.text) !== undefined) sources.push(source);
      }
    }
  };
  if (statSync(root).isDirectory()) walk(root);
  const files: Files = { read: (path) => (path.startsWith('..') ? 'outside-root' : existsSync(join(root, path)) ? new Source(path, readFileSync(join(root, path), 'utf8')) : 'missing'), list: () => [] };
  return openSources(sources, files, {});
}

/** How many resources of a type there are. */
export function count(opened: OpenedFiles, type: string): number {
  return opened.templates.reduce((sum, template) => sum + template.resources.filter((resource) => resource.type === type).length, 0);
}
