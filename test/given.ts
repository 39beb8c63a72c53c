import { Source } from '../src/core/source.ts';
import type { Problem } from '../src/core/problem.ts';
import { extract, type Extraction, ReferencedAddresses } from '../src/extract/extract.ts';
import { cloudformation } from '../src/frontends/cloudformation/index.ts';
import type { Deployment, Files } from '../src/frontends/frontend.ts';
import type { Organization, PermissionModel } from '../src/model/model.ts';
import { link } from '../src/model/link.ts';

/** Files in memory, as the front-ends read them. */
export function filesOf(texts: Readonly<Record<string, string>>): Files {
  return {
    read: (path) => (Object.hasOwn(texts, path) ? new Source(path, texts[path] ?? '') : path.startsWith('..') ? 'outside-root' : 'missing'),
    list: () => [],
  };
}

export const NO_ORGANIZATION: Organization = {
  id: undefined,
  managementAccount: undefined,
  accounts: new Map(),
  units: new Map(),
  trusted: new Map(),
  controlPolicies: 'unknown',
};

/** CloudFormation templates in memory, opened and extracted. */
export function extractionsOf(texts: Readonly<Record<string, string>>, deployment?: Deployment): { extractions: readonly Extraction[]; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const referenced = new ReferencedAddresses();
  const extractions: Extraction[] = [];
  const settings = { deploymentsOf: () => (deployment === undefined ? [] : [deployment]), parametersOf: () => new Map(), variables: new Map() };
  const sources = Object.entries(texts).map(([path, text]) => new Source(path, text));
  for (const template of cloudformation.open(sources, { files: filesOf(texts), settings, report: (problem) => void problems.push(problem) })) {
    extractions.push(extract(template, referenced));
    problems.push(...template.problems);
  }
  return { extractions, problems };
}

/** The model of CloudFormation templates in memory. */
export function modelOf(texts: Readonly<Record<string, string>>, deployment?: Deployment, organization: Organization = NO_ORGANIZATION): PermissionModel {
  return link(extractionsOf(texts, deployment).extractions, organization);
}

/** The text a position stands on, from the place to the end of what it covers. */
export function textAt(origin: { readonly source: Source; readonly start: number; readonly end: number }): string {
  return origin.source.text.slice(origin.start, origin.end);
}
