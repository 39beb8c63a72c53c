import { type Source, wholeSource } from '../../core/source.ts';
import { textValue, type Value } from '../../core/value.ts';
import type { Deployment, Files, Frontend, FrontendContext, Scope, Template } from '../frontend.ts';
import { isRemote, resolvePath } from './include.ts';
import { createFamily } from './stacks.ts';
import { openTemplate } from './template.ts';

/** CloudFormation templates, YAML and JSON, SAM included. */
export const cloudformation: Frontend = {
  name: 'cloudformation',
  *open(sources: readonly Source[], context: FrontendContext): Iterable<Template> {
    const nested = nestedPaths(sources);
    const opened = new Set<string>();
    const commented = new Set<string>();
    const files: Files = { list: context.files.list, read: (path) => (opened.add(path), context.files.read(path)) };
    // A template that another one deploys is judged there, with the parameters it gets; stacks that only contain each other come last.
    const ordered = [...sources.filter((source) => !nested.has(source.path)), ...sources.filter((source) => nested.has(source.path))];
    for (const source of ordered) {
      if (opened.has(source.path)) continue;
      opened.add(source.path);
      const family = createFamily(commented);
      for (const deployment of deployments(source, context)) {
        const given = new Map<string, Value>();
        for (const [name, text] of context.settings.parametersOf(source.path)) given.set(name, textValue(text, wholeSource(source)));
        yield* openTemplate({ source, scope: scopeOf(source, deployment), given, files, report: context.report, family });
      }
    }
  },
};

/** The scope of a template that is deployed there; without an account it is the file's own. */
export function scopeOf(source: Source, deployment: Deployment): Scope {
  const { account, region } = deployment;
  return {
    id: account === undefined ? source.path : `${source.path}@${account}${region === undefined ? '' : `/${region}`}`,
    name: source.path,
    account,
    region,
    partition: partitionOf(region),
  };
}

const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

/** The partition a region lies in; `aws` when no region is known. */
export function partitionOf(region: string | undefined): string {
  return PARTITIONS.find(([prefix]) => region?.startsWith(prefix) === true)?.[1] ?? 'aws';
}

function deployments(source: Source, context: FrontendContext): readonly Deployment[] {
  const configured = context.settings.deploymentsOf(source.path);
  return configured.length === 0 ? [{ account: undefined, region: undefined }] : configured;
}

const TEMPLATE_PATH = /["']?(?:TemplateURL|Location)["']?\s*:\s*["']?([^\s"'{}[\],!]+)/g;

/** Paths that a `TemplateURL`, or the `Location` of a serverless application, names as local files. */
function nestedPaths(sources: readonly Source[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const source of sources) {
    if (!source.text.includes('TemplateURL') && !source.text.includes('::Application')) continue;
    for (const match of source.text.matchAll(TEMPLATE_PATH)) {
      const path = match[1] ?? '';
      if (!isRemote(path)) paths.add(resolvePath(source.path, path));
    }
  }
  return paths;
}
