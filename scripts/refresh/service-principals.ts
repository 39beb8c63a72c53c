import { readSource, rowsAsJson, type TableRefresh } from './data-file.ts';
import { byCodeUnit, isRecord, record, text } from './json-shape.ts';
import { latestOf, managedPolicyHistories } from './managed-policies.ts';

/**
 * `service-principals.json`: the curated list, completed by the principals that AWS managed policies name
 * as receivers of a role (`iam:PassedToService`, which proves that they assume roles) or as owners of a
 * service-linked role (`iam:AWSServiceName`).
 */
export const servicePrincipalsRefresh: TableRefresh = {
  name: 'service-principals',
  generate: async () => [{ path: 'service-principals.json', content: buildPrincipals() }],
};

function buildPrincipals(): string {
  const source = record(JSON.parse(readSource('service-principals-source.json')), 'service-principals-source');
  const principals = new Map(Object.entries(record(source['principals'], 'principals')).map(([name, row]) => [name, record(row, name)]));
  const [passedTo, linked] = principalsOfManagedPolicies();
  for (const name of passedTo) if (!principals.has(name)) principals.set(name, {});
  for (const name of linked) if (!principals.has(name)) principals.set(name, { serviceLinked: true });
  return rowsAsJson(
    {
      $schema: './service-principals.schema.json',
      format: 'iamlint-service-principals 1',
      source: `${text(source['source'], 'source')}; conditions of AWS managed policies`,
      date: text(source['date'], 'date'),
    },
    'principals',
    Object.fromEntries([...principals].sort(([left], [right]) => byCodeUnit(left, right))),
  );
}

function principalsOfManagedPolicies(): readonly [ReadonlySet<string>, ReadonlySet<string>] {
  const passedTo = new Set<string>();
  const linked = new Set<string>();
  for (const policy of managedPolicyHistories()) {
    collect(latestOf(policy).document, (key, value) => {
      const wanted = key.toLowerCase();
      if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws|amazon)\.com$/.test(value)) return;
      if (wanted === 'iam:passedtoservice') passedTo.add(value);
      if (wanted === 'iam:awsservicename') linked.add(value);
    });
  }
  return [passedTo, linked];
}

/** Visits every text below a key, with the nearest key. */
function collect(value: unknown, visit: (key: string, text: string) => void, key = ''): void {
  if (typeof value === 'string') visit(key, value);
  else if (Array.isArray(value)) for (const item of value) collect(item, visit, key);
  else if (isRecord(value)) for (const [name, inner] of Object.entries(value)) collect(inner, visit, name);
}
