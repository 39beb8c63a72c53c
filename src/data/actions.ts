import { lowerBound, openActionTable, readGroupNumber, readResourceUses, type ServiceDetail, type ServiceRow } from './action-table.ts';
import { once, readSlice } from './load.ts';

/**
 * Services and actions of AWS, from the service authorization reference (see SOURCES.md).
 *
 * Names are looked up without regard to case, as IAM compares them
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html).
 */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Tagging' | 'Permissions management';

/** One action. `index` is dense (0 … actionCount-1), ordered by service and name, and fixed for one `dataDate`. */
export interface ActionInfo {
  readonly service: string;
  readonly name: string;
  readonly level: AccessLevel;
  readonly index: number;
}

/** A resource type as one action uses it. */
export interface ActionResourceType {
  readonly name: string;
  /** The call always names such a resource. */
  readonly required: boolean;
  /** ARN patterns with `${Partition}`-like holes. */
  readonly arns: readonly string[];
  /** Condition keys that apply when the request is for this type, those of the type itself included. */
  readonly conditionKeys: readonly string[];
}

/** The open action table; shared with the condition keys of this folder. */
export const actionTable = once(() => openActionTable(readSlice));

/** Date of the action data, `YYYY-MM-DD`. */
export function dataDate(): string {
  return actionTable().date;
}

/** Prefixes of all services, sorted. */
export function services(): readonly string[] {
  return serviceList();
}

const serviceList = once(() => actionTable().services.map((row) => row.prefix));

/** Tells whether a service prefix such as `s3` exists. */
export function serviceExists(prefix: string): boolean {
  return serviceRow(prefix) !== undefined;
}

/** Name of a service as AWS writes it, e.g. `Amazon S3`. */
export function serviceTitle(prefix: string): string | undefined {
  return serviceRow(prefix)?.title;
}

/** All actions of a service in index order; empty for an unknown service. */
export function actionsOf(service: string): readonly ActionInfo[] {
  const row = serviceRow(service);
  if (!row) return [];
  return actionTable()
    .namesOf(row)
    .lines.map((line, position) => readAction(row, line, position));
}

/** Number of actions; every action's index is below it. */
export function actionCount(): number {
  return actionTable().count;
}

/** The action called `service:Name`, in any case, or undefined. */
export function findAction(name: string): ActionInfo | undefined {
  const found = locate(name);
  return found && actionAt(found.row, found.position);
}

/** Index of the action called `service:Name`, or undefined. */
export function actionIndex(name: string): number | undefined {
  const found = locate(name);
  return found && found.row.first + found.position;
}

/** The action with this index, or undefined when out of range. */
export function actionByIndex(index: number): ActionInfo | undefined {
  const rows = actionTable().services;
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (!row) return undefined;
    if (index < row.first) high = middle - 1;
    else if (index >= row.first + row.count) low = middle + 1;
    else return actionAt(row, index - row.first);
  }
  return undefined;
}

/** Tells whether the action can be limited to resources; false means that only `Resource: "*"` works. Undefined for unknown actions. */
export function supportsResourceLevel(action: string): boolean | undefined {
  const line = actionLine(action);
  return line && line.columns[0] !== '';
}

/** Resource types of an action; empty when it has none or is unknown. */
export function resourceTypesOf(action: string): readonly ActionResourceType[] {
  const line = actionLine(action);
  if (!line) return [];
  return readResourceUses(line.columns[0] ?? '').flatMap((use) => {
    const resource = line.detail.resources[use.resource];
    if (!resource) return [];
    const keys = new Set([...keysOfGroup(line.detail, use.group), ...keysOfGroup(line.detail, resource.group)]);
    return [{ name: resource.name, required: use.required, arns: resource.arns, conditionKeys: [...keys] }];
  });
}

/** Service-specific condition keys that some request of the action can carry (global keys are not listed unless the reference lists them). */
export function conditionKeysOf(action: string): readonly string[] {
  const line = actionLine(action);
  if (!line) return [];
  const keys = new Set(keysOfGroup(line.detail, readGroupNumber(line.columns[1])));
  for (const type of resourceTypesOf(action)) for (const key of type.conditionKeys) keys.add(key);
  return [...keys];
}

/** Actions that a caller of this action also needs when the call uses them, e.g. `iam:PassRole` for `lambda:CreateFunction`. */
export function dependentActionsOf(action: string): readonly string[] {
  const dependents = actionLine(action)?.columns[2] ?? '';
  return dependents === '' ? [] : dependents.split(' ');
}

/** Resource types of a service with their ARN patterns. */
export function resourceTypesOfService(service: string): readonly { readonly name: string; readonly arns: readonly string[] }[] {
  const row = serviceRow(service);
  return row
    ? actionTable()
        .detailOf(row)
        .resources.map(({ name, arns }) => ({ name, arns }))
    : [];
}

function serviceRow(prefix: string): ServiceRow | undefined {
  return actionTable().serviceOf.get(prefix) ?? actionTable().serviceOf.get(prefix.toLowerCase());
}

function locate(name: string): { readonly row: ServiceRow; readonly position: number } | undefined {
  const colon = name.indexOf(':');
  if (colon < 0) return undefined;
  const row = serviceRow(name.slice(0, colon));
  const position = row && positionOf(row, name.slice(colon + 1));
  return row && position !== undefined ? { row, position } : undefined;
}

/** Position of an action in its service, by its name in any case. */
export function positionOf(row: ServiceRow, name: string): number | undefined {
  const lines = actionTable().namesOf(row).lowerLines();
  const wanted = `${name.toLowerCase()} `;
  const position = lowerBound(lines, wanted);
  return lines[position]?.startsWith(wanted) && lines[position]?.length === wanted.length + 1 ? position : undefined;
}

function actionAt(row: ServiceRow, position: number): ActionInfo {
  return readAction(row, actionTable().namesOf(row).lines[position] ?? '', position);
}

function readAction(row: ServiceRow, line: string, position: number): ActionInfo {
  return { service: row.prefix, name: line.slice(0, -2), level: readLevel(line.at(-1)), index: row.first + position };
}

function readLevel(letter: string | undefined): AccessLevel {
  switch (letter) {
    case 'L':
      return 'List';
    case 'R':
      return 'Read';
    case 'T':
      return 'Tagging';
    case 'P':
      return 'Permissions management';
    default:
      return 'Write';
  }
}

function actionLine(action: string): { readonly detail: ServiceDetail; readonly columns: readonly string[] } | undefined {
  const found = locate(action);
  const detail = found && actionTable().detailOf(found.row);
  const line = found && detail?.actionLines[found.position];
  return detail && line !== undefined ? { detail, columns: line.split('\t') } : undefined;
}

function keysOfGroup(detail: ServiceDetail, group: number | undefined): readonly string[] {
  if (group === undefined) return [];
  return (detail.groups[group] ?? []).flatMap((number) => detail.keys[number]?.key ?? []);
}
