import type { AttributeKind, CfnIdentity, RefYield } from './cfn-identity.ts';
import { hasFormat, once, readTable } from './load.ts';

/** Format whose types a table describes. */
export type ResourceDialect = 'cloudformation' | 'terraform';

/**
 * Where a resource type holds something of interest to IAM; kinds and encodings are listed in `resource-type.schema.json`.
 * Besides the members named here, a string member names a sibling property by its part (`target: "Bucket"`, `roles: "Roles[]"`),
 * and a member that is `true` is a trait (`managed`, `deprecated`, `exclusive`).
 */
export interface FacetRow {
  readonly kind: string;
  /** Path of the value, see `parseResourcePath`. */
  readonly path: string;
  readonly encoding: string;
  /** Values that deserve a finding. */
  readonly bad?: readonly string[];
  /** Row of `grants` that says how the facet reads as a statement. */
  readonly grant?: string;
  readonly note?: string;
  readonly [sibling: string]: unknown;
}

/** How a property that names a role is used. */
export interface RoleUse {
  readonly path: string;
  /** `role-arn` is in practice an ARN or a name. */
  readonly holds: 'role-arn' | 'role-name' | 'instance-profile' | 'instance-profile-name' | 'instance-profile-arn';
  /** Service principal that the role's trust policy must admit, where known. */
  readonly service?: string;
  /** Whoever controls the resource acts with the role's permissions: it runs their code or follows their orders. */
  readonly code?: true;
  /** Sibling values without which the value is something else; such a path is not among `roleBindings`. */
  readonly onlyWhen?: Readonly<Record<string, readonly string[]>>;
}

/** Who is admitted when the policy (at `path`) is not written. */
export interface WhenAbsent {
  readonly path?: string;
  readonly admits: 'account-root' | 'owner-account' | 'anyone' | 'nobody' | 'network';
  readonly note: string;
}

/** One row; a list that is missing is empty. */
export interface ResourceTypeRow {
  readonly service?: string;
  readonly facets?: readonly FacetRow[];
  readonly roleBindings?: readonly string[];
  readonly roleUses?: readonly RoleUse[];
  readonly credentials?: readonly string[];
  readonly secretScan?: readonly string[];
  /** Sibling values, by scanned path, that mean a reference rather than a literal. */
  readonly secretScanUnless?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly whenAbsent?: WhenAbsent;
  readonly note?: string;
  readonly identity?: {
    readonly name?: string;
    readonly arn?: string;
    readonly resource?: string;
    readonly ref?: RefYield;
    readonly attributes?: Readonly<Record<string, AttributeKind>>;
  };
}

/** How a permission-grant facet reads as a policy statement; `from` names a part of the facet. */
export interface GrantForm {
  readonly effect?: 'Allow';
  readonly effectFrom?: string;
  readonly defaultAction?: string;
  readonly actionPrefix?: string;
  readonly conditions?: readonly { readonly from: string; readonly operator: string; readonly key: string }[];
  readonly writtenCondition?: { readonly operator: string; readonly key: string; readonly value: string };
}

/**
 * The row of a resource type, or undefined when the table has none.
 * Terraform types of the `awscc` provider are read off the CloudFormation rows, whose names they mirror in snake case.
 */
export function resourceTypeRow(dialect: ResourceDialect, type: string): ResourceTypeRow | undefined {
  const row = tables[dialect]().get(type);
  if (row || dialect === 'cloudformation' || !type.startsWith('awscc_')) return row;
  const twin = cloudControlTwins().get(type);
  return twin === undefined ? undefined : inSnakeCase(tables.cloudformation().get(twin) ?? {});
}

/** Types of a table, sorted. */
export function resourceTypeNames(dialect: ResourceDialect): readonly string[] {
  return [...tables[dialect]().keys()];
}

/** Identity of a Terraform type in the form of a CloudFormation one: holes and attributes are Terraform attributes, `ref` has no meaning. */
export function terraformIdentity(type: string): CfnIdentity | undefined {
  const identity = resourceTypeRow('terraform', type)?.identity;
  if (!identity) return undefined;
  return { type, ref: undefined, nameProperty: identity.name, arn: identity.arn, resource: identity.resource, attributes: identity.attributes ?? {} };
}

/** The statement form that a facet's `grant` names. */
export function grantForm(name: string): GrantForm | undefined {
  return new Map(Object.entries(files.cloudformation().grants)).get(name);
}

/** Property name of CloudFormation as the `awscc` provider spells it: `PolicyDocument` → `policy_document`, `RoleARN` → `role_arn`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

interface TypeFile {
  readonly grants: Readonly<Record<string, GrantForm>>;
  readonly types: Readonly<Record<string, ResourceTypeRow>>;
}

const files = {
  cloudformation: once(() => readTable('resource-types/cloudformation.json', isTypeFile)),
  terraform: once(() => readTable('resource-types/terraform.json', isTypeFile)),
} as const;

const tables = {
  cloudformation: once(() => new Map(Object.entries(files.cloudformation().types))),
  terraform: once(() => new Map(Object.entries(files.terraform().types))),
} as const;

function isTypeFile(value: unknown): value is TypeFile {
  return hasFormat(value, 'iamlint-resource-types 1');
}

/** CloudFormation type of each `awscc` type: service in lower case, resource in snake case. */
const cloudControlTwins = once(() => {
  const twins = new Map<string, string>();
  for (const type of tables.cloudformation().keys()) {
    const [vendor, service, resource] = type.split('::');
    if (vendor === 'AWS' && service !== undefined && resource !== undefined) twins.set(`awscc_${service.toLowerCase()}_${snakeCase(resource)}`, type);
  }
  return twins;
});

const literals: ReadonlySet<string> = new Set(['kind', 'encoding', 'note', 'grant', 'key', 'targetKind', 'holds', 'service']);

function inSnakeCase(row: ResourceTypeRow): ResourceTypeRow {
  const { facets, roleBindings, roleUses, credentials, secretScan, whenAbsent, identity } = row;
  return {
    ...row,
    ...(facets
      ? {
          facets: facets.map((facet) => ({
            ...facet,
            ...snakeMembers(facet),
            path: snakeCase(facet.path),
            encoding: facet.encoding === 'object' ? 'json' : facet.encoding,
          })),
        }
      : {}),
    ...(roleBindings ? { roleBindings: roleBindings.map(snakeCase) } : {}),
    ...(roleUses ? { roleUses: roleUses.map((use) => ({ ...use, path: snakeCase(use.path) })) } : {}),
    ...(credentials ? { credentials: credentials.map(snakeCase) } : {}),
    ...(secretScan ? { secretScan: secretScan.map(snakeCase) } : {}),
    ...(whenAbsent?.path === undefined ? {} : { whenAbsent: { ...whenAbsent, path: snakeCase(whenAbsent.path) } }),
    ...(identity ? { identity: snakeIdentity(identity) } : {}),
  };
}

function snakeMembers(facet: FacetRow): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(facet).flatMap(([name, value]) => (typeof value === 'string' && !literals.has(name) && !value.includes(':') ? [[name, snakeCase(value)]] : [])),
  );
}

type Identity = NonNullable<ResourceTypeRow['identity']>;

function snakeIdentity(identity: Identity): Identity {
  return {
    ...(identity.name === undefined ? {} : { name: snakeCase(identity.name) }),
    ...(identity.arn === undefined ? {} : { arn: snakeHoles(identity.arn) }),
    ...(identity.resource === undefined ? {} : { resource: identity.resource }),
    attributes: Object.fromEntries(Object.entries(identity.attributes ?? {}).map(([attribute, kind]) => [snakeCase(attribute), kind])),
  };
}

function snakeHoles(arn: string): string {
  return arn.replace(/\$\{@?([A-Za-z0-9]+)/g, (whole, hole: string) => (/^(Partition|Region|Account)$/.test(hole) ? whole : `\${${snakeCase(hole)}`));
}
