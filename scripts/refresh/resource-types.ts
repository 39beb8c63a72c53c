import { load } from 'js-yaml';
import { cfnIdentity } from '../../src/data/cfn-identity.ts';
import { parseResourcePath } from '../../src/data/resource-path.ts';
import { iamResource } from './cfn-identity.ts';
import { readSource, rowsAsJson, type TableRefresh } from './data-file.ts';
import { byCodeUnit, isRecord, list, record, text, type JsonRecord } from './json-shape.ts';

/** `resource-types/{cloudformation,terraform}.json`, from the curated `resource-types/source.yaml`. */
export const resourceTypesRefresh: TableRefresh = {
  name: 'resource-types',
  generate: async () => {
    const source = record(load(readSource('resource-types/source.yaml')), 'source.yaml');
    return [
      { path: 'resource-types/cloudformation.json', content: buildTable(source, 'cloudformation') },
      { path: 'resource-types/terraform.json', content: buildTable(source, 'terraform') },
    ];
  },
};

type Dialect = 'cloudformation' | 'terraform';

function buildTable(source: JsonRecord, dialect: Dialect): string {
  const checked = record(source['checked'], 'checked');
  const rows = Object.entries(record(source[dialect], dialect)).sort(([left], [right]) => byCodeUnit(left, right));
  const head = {
    $schema: './resource-type.schema.json',
    format: 'iamlint-resource-types 1',
    dialect,
    source: text(source['source'], 'source'),
    checked: text(checked[dialect], 'checked'),
    date: text(checked['date'], 'checked.date'),
    grants: source['grants'],
    implications: source['implications'],
    documentScan: list(record(source['documentScan'], 'documentScan')[dialect], 'documentScan'),
    noProperty: list(record(source['noProperty'], 'noProperty')[dialect], 'noProperty'),
    ...(dialect === 'terraform' ? { providerBlocks: source['providerBlocks'] } : {}),
  };
  return rowsAsJson(head, 'types', Object.fromEntries(rows.map(([type, row]) => [type, buildRow(dialect, type, record(row, type))])));
}

function buildRow(dialect: Dialect, type: string, row: JsonRecord): JsonRecord {
  const identity = dialect === 'cloudformation' ? cloudFormationIdentity(type) : terraformIdentity(type, row['identity']);
  const service = row['service'] ?? serviceOfArn(identity);
  const roles = list(row['roles'] ?? [], type).map((role) => record(role, type));
  const scan = list(row['scan'] ?? [], type).map((place) => record(place, type));
  const built = {
    ...(service === undefined ? {} : { service }),
    ...filled(
      'facets',
      checkPaths(
        type,
        list(row['facets'] ?? [], type).map((facet) => flatFacet(record(facet, type))),
      ),
    ),
    ...filled(
      'roleBindings',
      checkPaths(
        type,
        roles.filter((role) => role['onlyWhen'] === undefined).map((role) => role['path']),
      ),
    ),
    ...filled('roleUses', roles.map(flatFacet)),
    ...filled('credentials', checkPaths(type, list(row['secrets'] ?? [], type))),
    ...filled(
      'secretScan',
      checkPaths(
        type,
        scan.map((place) => place['path']),
      ),
    ),
    ...unlessOf(scan),
    ...(row['whenAbsent'] === undefined ? {} : { whenAbsent: row['whenAbsent'] }),
    ...(row['note'] === undefined ? {} : { note: row['note'] }),
    ...(identity === undefined ? {} : { identity }),
  };
  for (const key of Object.keys(row)) {
    if (!['service', 'facets', 'roles', 'secrets', 'scan', 'whenAbsent', 'note', 'identity'].includes(key)) throw new Error(`${type}: unknown key ${key}`);
  }
  return built;
}

function filled(key: string, entries: readonly unknown[]): JsonRecord {
  return entries.length === 0 ? {} : { [key]: entries };
}

/** Sibling paths stand beside the facet's own path; traits are flags. */
function flatFacet(facet: JsonRecord): JsonRecord {
  const { with: siblings, traits, flagged, actions, ...own } = facet;
  return {
    ...own,
    ...(actions === undefined ? {} : { actions: list(actions, 'actions').join(',') }),
    ...(siblings === undefined ? {} : record(siblings, 'with')),
    ...Object.fromEntries(list(traits ?? [], 'traits').map((trait) => [text(trait, 'traits'), true])),
    ...(flagged === undefined ? {} : { bad: list(flagged, 'flagged').map(String) }),
  };
}

function unlessOf(scan: readonly JsonRecord[]): JsonRecord {
  const limited = scan.filter((place) => place['unless'] !== undefined);
  return limited.length === 0 ? {} : { secretScanUnless: Object.fromEntries(limited.map((place) => [text(place['path'], 'scan'), place['unless']])) };
}

/** Fails on a path that the grammar does not take, so that no reader meets one. */
function checkPaths(type: string, entries: readonly unknown[]): readonly unknown[] {
  for (const entry of entries) {
    const path = isRecord(entry) ? entry['path'] : entry;
    if (parseResourcePath(text(path, type)) === undefined) throw new Error(`${type}: ${String(path)} is not a path`);
    if (isRecord(entry)) checkSiblings(type, entry);
  }
  return entries;
}

/** Words of a facet that are no sibling paths. */
const literals: ReadonlySet<string> = new Set(['kind', 'path', 'encoding', 'note', 'grant', 'key', 'targetKind']);

function checkSiblings(type: string, facet: JsonRecord): void {
  for (const [name, value] of Object.entries(facet)) {
    if (typeof value === 'string' && !literals.has(name) && !value.includes(':') && parseResourcePath(value) === undefined)
      throw new Error(`${type}: ${name} ${value} is not a path`);
  }
}

function cloudFormationIdentity(type: string): JsonRecord | undefined {
  const identity = cfnIdentity(type);
  if (!identity) return undefined;
  return withoutUndefined({
    name: identity.nameProperty,
    arn: identity.arn,
    resource: identity.resource,
    ref: identity.ref,
    attributes: Object.keys(identity.attributes).length === 0 ? undefined : identity.attributes,
  });
}

function terraformIdentity(type: string, value: unknown): JsonRecord | undefined {
  if (value === undefined) return undefined;
  const identity = record(value, type);
  const arn = identity['arn'] === undefined ? undefined : text(identity['arn'], type);
  const resource = arn === undefined ? '' : iamResource(arn);
  const twin = identity['like'] === undefined ? undefined : cfnIdentity(text(identity['like'], type));
  return withoutUndefined({ name: identity['name'], arn, resource: resource === '' ? twin?.resource : resource, attributes: identity['attributes'] });
}

function withoutUndefined(entries: JsonRecord): JsonRecord | undefined {
  const defined = Object.entries(entries).filter(([, value]) => value !== undefined);
  return defined.length === 0 ? undefined : Object.fromEntries(defined);
}

function serviceOfArn(identity: JsonRecord | undefined): string | undefined {
  const arn = identity?.['arn'];
  return typeof arn === 'string' ? arn.split(':')[2] : undefined;
}
