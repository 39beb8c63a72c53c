import { Source } from '../../../src/core/source.ts';
import type { Problem } from '../../../src/core/problem.ts';
import type { Value } from '../../../src/core/value.ts';
import type { Deployment, Files, Resource, Template } from '../../../src/frontends/frontend.ts';
import { terraform } from '../../../src/frontends/terraform/index.ts';

/** Files in memory. Those under `disk` can be read but are not named to the run. */
export interface Given {
  readonly files: Readonly<Record<string, string>>;
  readonly disk?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly deployments?: readonly Deployment[];
}

export interface Opened {
  readonly templates: readonly Template[];
  readonly problems: readonly Problem[];
  /** The resource at an address, in whichever template it is. */
  readonly at: (address: string) => Resource;
  readonly addresses: readonly string[];
}

/** Opens files in memory with the Terraform front-end. */
export function opened(given: Given | Readonly<Record<string, string>>): Opened {
  const { files, disk = {}, variables = {}, deployments = [] } = isGiven(given) ? given : { files: given };
  const problems: Problem[] = [];
  const all = { ...disk, ...files };
  const sources = Object.entries(files).map(([path, text]) => new Source(path, text));
  const templates = [
    ...terraform.open(sources, {
      files: inMemory(all),
      settings: { deploymentsOf: () => deployments, parametersOf: () => new Map(), variables: new Map(Object.entries(variables)) },
      report: (problem) => void problems.push(problem),
    }),
  ];
  for (const template of templates) problems.push(...template.problems);
  const resources = templates.flatMap((template) => template.resources);
  return {
    templates,
    problems,
    addresses: resources.map((resource) => resource.address),
    at: (address) => {
      const found = resources.find((resource) => resource.address === address);
      if (found === undefined) throw new Error(`no ${address} among ${resources.map((resource) => resource.address).join(', ')}`);
      return found;
    },
  };
}

function isGiven(given: Given | Readonly<Record<string, string>>): given is Given {
  return typeof given['files'] === 'object';
}

function inMemory(files: Readonly<Record<string, string>>): Files {
  return {
    read: (path) => (path.startsWith('..') ? 'outside-root' : Object.hasOwn(files, path) ? new Source(path, files[path] ?? '') : 'missing'),
    list: (folder) => {
      const prefix = folder === '' ? '' : `${folder}/`;
      return [...new Set(Object.keys(files).flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length).split('/')[0] ?? ''] : [])))];
    },
  };
}

/** One `main.tf` in the root of the run. */
export function main(text: string): Opened {
  return opened({ 'main.tf': text });
}

/** The value of a local of the root module. */
export function local(text: string, name = 'x'): Value {
  const found = main(`${text}\noutput "probe" {\n  value = local.${name}\n}\n`);
  const value = found.templates[0]?.outputs[0]?.value;
  if (value === undefined) throw new Error('no output');
  return value;
}

/** The value of an expression. */
export function valueOf(expression: string, around = ''): Value {
  return local(`${around}\nlocals {\n  x = ${expression}\n}\n`);
}

/** A value as plain data, for comparison: references as `<address.attribute>`, unknowns as `?name`, choices by their guards. */
export function plain(value: Value): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.type === 'number' ? Number(value.text) : value.type === 'boolean' ? value.text === 'true' : value.text;
    case 'absent':
      return null;
    case 'list':
      return value.items.map(plain);
    case 'map':
      return Object.fromEntries(value.entries.map((entry) => [shown(entry.key), plain(entry.value)]));
    case 'reference':
      return `<${value.address}${value.attribute === '' ? '' : `.${value.attribute}`}>`;
    case 'unknown':
      return `?${value.name.slice(value.name.lastIndexOf('#') + 1)}`;
    case 'concat':
      return value.parts.map((part) => (part.kind === 'scalar' ? part.text : `{${typeof plain(part) === 'string' ? String(plain(part)) : JSON.stringify(plain(part))}}`)).join('');
    case 'choice':
      return value.options.map((option) => [option.when.map((literal) => literal.label).join(' and '), plain(option.value)]);
  }
}

/** A key with holes, as a person would read it. */
function shown(key: string): string {
  return key.replace(/\uE000.[^\uE001]*?([^#|\uE001]*)\uE001/g, '{$1}');
}

/** A property of a resource as plain data. */
export function property(resource: Resource, name: string): unknown {
  const value = propertyValue(resource, name);
  return value === undefined ? undefined : plain(value);
}

export function propertyValue(resource: Resource, name: string): Value | undefined {
  const properties = resource.properties();
  return properties.kind === 'map' ? properties.entries.find((entry) => entry.key === name)?.value : undefined;
}

/** The text a place stands on. */
export function textAt(origin: { readonly source: Source; readonly start: number; readonly end: number }): string {
  return origin.source.text.slice(origin.start, origin.end);
}

/** `path:line` of a place. */
export function lineOf(origin: { readonly source: Source; readonly start: number }): string {
  return `${origin.source.path}:${origin.source.position(origin.start).line}`;
}
