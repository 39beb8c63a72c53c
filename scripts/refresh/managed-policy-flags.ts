import { expandAction } from '../../src/data/action-pattern.ts';
import { actionCount, findAction } from '../../src/data/actions.ts';
import { readSource, rowsAsJson, type TableRefresh } from './data-file.ts';
import { isRecord, record, text, texts } from './json-shape.ts';
import { latestOf, managedPolicyHistories, type ManagedPolicyHistory } from './managed-policies.ts';

/** Written into the file, so that its reader need not read this script. */
const criteria = {
  scope:
    'only Allow statements without Condition whose Resource covers every resource (of the service) are counted, less unconditional Deny statements on every resource',
  administrator: 'all actions on all resources',
  elevated: [
    'most-actions: more than half of all actions',
    'iam-permissions-management: an IAM action that grants, widens or hands over access (passing a role apart)',
    'pass-any-role: iam:PassRole for every role',
    'assume-any-role: sts:AssumeRole for every role',
    'full-service:<prefix>: every action of a service listed under sensitiveServices in managed-policy-notes.json',
  ],
  attachable: 'false for service-linked role and root-task policies (by path)',
} as const;

/** `managed-policy-flags.json`: computed from the documents; the deprecations come from `managed-policy-notes.json`. */
export const managedPolicyFlagsRefresh: TableRefresh = {
  name: 'managed-policy-flags',
  generate: async () => [{ path: 'managed-policy-flags.json', content: buildFlags() }],
};

interface FlagRow {
  power?: string;
  because?: readonly string[];
  attachable?: boolean;
  deprecated?: string;
  replacement?: string;
}

function buildFlags(): string {
  const notes = record(JSON.parse(readSource('managed-policy-notes.json')), 'managed-policy-notes');
  const sensitive = texts(notes['sensitiveServices'], 'sensitiveServices');
  const rows = new Map<string, FlagRow>();
  for (const policy of managedPolicyHistories()) {
    const row: FlagRow = { ...powerOf(policy, sensitive), ...(isAttachable(policy) ? {} : { attachable: false }) };
    if (Object.keys(row).length > 0) rows.set(policy.name, row);
  }
  for (const [name, value] of Object.entries(record(notes['deprecations'], 'deprecations'))) {
    const deprecation = record(value, name);
    rows.set(name, { ...rows.get(name), deprecated: text(deprecation['state'], name), replacement: text(deprecation['replacement'], name) });
  }
  const sorted = Object.fromEntries([...rows].sort(([left], [right]) => (left < right ? -1 : 1)));
  return rowsAsJson({ $schema: './managed-policy-flags.schema.json', format: 'iamlint-managed-policy-flags 1', criteria }, 'policies', sorted);
}

function isAttachable(policy: ManagedPolicyHistory): boolean {
  return policy.path !== 'aws-service-role' && policy.path !== 'root-task';
}

function powerOf(policy: ManagedPolicyHistory, sensitive: readonly string[]): FlagRow {
  const allowed = unlimitedActions(latestOf(policy).document);
  if (allowed.size === actionCount()) return { power: 'administrator', because: ['all-actions'] };
  const because = [
    ...(allowed.size > actionCount() / 2 ? ['most-actions'] : []),
    ...(grantsInIam(allowed) ? ['iam-permissions-management'] : []),
    ...(allowed.has('iam:PassRole') ? ['pass-any-role'] : []),
    ...(allowed.has('sts:AssumeRole') ? ['assume-any-role'] : []),
    ...sensitive.filter((service) => expandAction(`${service}:*`).every((action) => allowed.has(action))).map((service) => `full-service:${service}`),
  ];
  return because.length > 0 ? { power: 'elevated', because } : {};
}

function grantsInIam(allowed: ReadonlySet<string>): boolean {
  return [...allowed].some((action) => action.startsWith('iam:') && action !== 'iam:PassRole' && findAction(action)?.level === 'Permissions management');
}

function unlimitedActions(document: unknown): ReadonlySet<string> {
  const allowed = new Set<string>();
  const statements = statementsOf(document).filter((statement) => statement['Condition'] === undefined);
  for (const statement of statements.filter((one) => one['Effect'] === 'Allow')) {
    for (const action of actionsOfStatement(statement)) if (coversResourcesOf(statement, action)) allowed.add(action);
  }
  for (const statement of statements.filter((one) => one['Effect'] === 'Deny')) {
    for (const action of actionsOfStatement(statement)) if (coversResourcesOf(statement, action)) allowed.delete(action);
  }
  return allowed;
}

function statementsOf(document: unknown): readonly Readonly<Record<string, unknown>>[] {
  const statement = record(document, 'document')['Statement'];
  return (Array.isArray(statement) ? statement : [statement]).filter(isRecord);
}

function actionsOfStatement(statement: Readonly<Record<string, unknown>>): Iterable<string> {
  if (statement['NotAction'] === undefined) return stringsOf(statement['Action']).flatMap((pattern) => expandAction(pattern));
  const excluded = new Set(stringsOf(statement['NotAction']).flatMap((pattern) => expandAction(pattern)));
  return expandAction('*').filter((action) => !excluded.has(action));
}

/** `*`, or an ARN pattern of the action's own service whose account and resource parts are free, e.g. `arn:aws:iam::*:role/*`. */
function coversResourcesOf(statement: Readonly<Record<string, unknown>>, action: string): boolean {
  const service = action.slice(0, action.indexOf(':'));
  return stringsOf(statement['Resource']).some((resource) => {
    if (resource === '*') return true;
    const [, , owner, , account, ...rest] = resource.split(':');
    return owner === service && (account === '*' || account === '') && /^(\*|[a-z-]+\/\*)$/.test(rest.join(':'));
  });
}

function stringsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}
