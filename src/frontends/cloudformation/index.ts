import { textValue, type Value } from '../../core/value.ts';
import { type Source, wholeSource } from '../../core/source.ts';
import type { Deployment, Files, Frontend, FrontendContext, Scope, Template } from '../frontend.ts';
import { resolvePath } from './include.ts';
import { openTemplate } from './template.ts';

/** CloudFormation templates, YAML and JSON, SAM included. */
export const cloudformation: Frontend = {
  name: 'cloudformation',
  *open(sources: readonly Source[], context: FrontendContext): Iterable<Template> {
    const nested = nestedPaths(sources);
    const opened = new Set<string>();
    const files: Files = { list: context.files.list, read: (path) => (opened.add(path), context.files.read(path)) };
    // A template that another one deploys is judged there, with the parameters it gets; stacks that only contain each other come last.
    const ordered = [...sources.filter((source) => !nested.has(source.path)), ...sources.filter((source) => nested.has(source.path))];
    for (const source of ordered) {
      if (opened.has(source.path)) continue;
      opened.add(source.path);
      for (const deployment of deployments(source, context)) {
        const given = new Map<string, Value>();
        for (const [name, text] of context.settings.parametersOf(source.path)) given.set(name, textValue(text, wholeSource(source)));
        yield* openTemplate({ source, scope: scopeOf(source, deployment), given, files, report: context.report });
      }
    }
  },
};

export function scopeOf(source: Source, deployment: Deployment): Scope {
  const account = deployment.account;
  return {
    id: account === undefined ? source.path : `${source.path}@${account}${deployment.region === undefined ? '' : `/${deployment.region}`}`,
    name: source.path,
    account,
    region: deployment.region,
    partition: partitionOf(deployment.region),
  };
}

/** The partition a region lies in; `aws` when no region is known. */
export function partitionOf(region: string | undefined): string {
  if (region?.startsWith('cn-') === true) return 'aws-cn';
  if (region?.startsWith('us-gov-') === true) return 'aws-us-gov';
  return 'aws';
}

function deployments(source: Source, context: FrontendContext): readonly Deployment[] {
  const configured = context.settings.deploymentsOf(source.path);
  return configured.length === 0 ? [{ account: undefined, region: undefined }] : configured;
}

/** Paths that a `TemplateURL` of the run names as local files. */
function nestedPaths(sources: readonly Source[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const source of sources) {
    if (!source.text.includes('TemplateURL')) continue;
    for (const match of source.text.matchAll(/["']?TemplateURL["']?\s*:\s*["']?([^\s"'{}[\],!]+)/g)) {
      const path = match[1] ?? '';
      if (!/^[a-z0-9]+:\/\//i.test(path)) paths.add(resolvePath(source.path, path));
    }
  }
  return paths;
}

