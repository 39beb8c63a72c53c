import type { Problem } from '../../../src/core/problem.ts';
import { Source } from '../../../src/core/source.ts';
import { textValue, type Value } from '../../../src/core/value.ts';
import type { Files, Resource, Template } from '../../../src/frontends/frontend.ts';
import { openTemplate, type OpenOptions } from '../../../src/frontends/cloudformation/template.ts';

/** Opens a template text the way a run does; other files of the project by path. */
export interface Opened {
  readonly templates: readonly Template[];
  readonly template: Template;
  readonly problems: () => readonly Problem[];
  /** The properties of a resource by logical id. */
  readonly properties: (address: string) => Value;
  readonly resource: (address: string) => Resource;
}

export interface OpeningOptions {
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly options?: Partial<OpenOptions>;
}

export function open(text: string, opening: OpeningOptions = {}): Opened {
  const reported: Problem[] = [];
  const source = new Source(opening.path ?? 'stack.yaml', text);
  const given = new Map(Object.entries(opening.parameters ?? {}).map(([name, value]) => [name, textValue(value, { source, start: 0, end: 0 })]));
  const templates = openTemplate({
    source,
    scope: { id: source.path, name: source.path, account: opening.account, region: opening.region, partition: opening.partition ?? 'aws' },
    given,
    files: filesOf(opening.files ?? {}),
    report: (problem) => void reported.push(problem),
    ...opening.options,
  });
  const template = templates[0] ?? { dialect: 'cloudformation', scope: { id: '', name: '', account: undefined, region: undefined, partition: 'aws' }, resources: [], outputs: [], suppressions: [], problems: [] };
  const resource = (address: string): Resource => {
    const found = template.resources.find((one) => one.address === address && !one.type.startsWith('cloudformation:'));
    if (found === undefined) throw new Error(`no resource ${address}; there are ${template.resources.map((one) => one.address).join(', ')}`);
    return found;
  };
  return { templates, template, problems: () => [...reported, ...templates.flatMap((one) => one.problems)], resource, properties: (address) => resource(address).properties() };
}

export function filesOf(files: Readonly<Record<string, string>>): Files {
  const byPath = new Map(Object.entries(files));
  return {
    read: (path) => {
      if (path.startsWith('..')) return 'outside-root';
      const text = byPath.get(path);
      return text === undefined ? 'missing' : new Source(path, text);
    },
    list: () => [...byPath.keys()],
  };
}

/** A value as plain data a reader can compare: unknowns as `?name`, references as `=Id.Attribute`, guards as text. */
export function plain(value: Value | undefined): unknown {
  switch (value?.kind) {
    case undefined:
    case 'absent':
      return undefined;
    case 'scalar':
      return value.text;
    case 'unknown':
      return `?${shortName(value.name)}`;
    case 'reference':
      return `=${value.address}${value.attribute === '' ? '' : `.${value.attribute}`}`;
    case 'concat':
      return value.parts.map((part) => (part.kind === 'scalar' ? part.text : `<${String(plain(part))}>`)).join('');
    case 'list':
      return value.items.map(plain).filter((item) => item !== undefined);
    case 'map':
      return Object.fromEntries(value.entries.map((entry) => [entry.key, plain(entry.value)]).filter(([, item]) => item !== undefined));
    case 'choice':
      return value.options.map((option) => ({ when: guardText(option.when), value: plain(option.value) }));
  }
}

/** `Env=prod & Debug!=yes`. */
export function guardText(guard: Resource['when']): string {
  return (guard ?? []).map((literal) => `${shortName(literal.variable)}${literal.is ? '=' : '!='}${literal.value}`).join(' & ');
}

/** What a place in the file reads. */
export function textAt(value: Value | undefined): string {
  if (value === undefined) return '';
  const { source, start, end } = value.origin;
  return source.text.slice(start, end);
}

function shortName(name: string): string {
  return name.slice(name.indexOf('#') + 1);
}
