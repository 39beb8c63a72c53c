import { type CfnIdentity, cfnIdentity } from '../data/cfn-identity.ts';
import { once, readBytes } from '../data/load.ts';
import type { EntityType } from './declaration.ts';

/** What the table says of one resource type: where its policies, principals, roles and credentials stand. */
export interface TypeRow {
  readonly service: string;
  readonly entity: EntityType;
  readonly facets: readonly Facet[];
  readonly roleBindings: readonly string[];
  readonly credentials: readonly string[];
  readonly secretScan: readonly string[];
}

/** One property that carries an IAM fact. */
export interface Facet {
  readonly kind: string;
  readonly path: string;
  readonly encoding: string;
  /** Sibling properties by role, e.g. `roles` to `Roles[]`. */
  readonly fields: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
  /** Values to flag. */
  readonly bad: readonly string[];
}

/** The row of a resource type; `undefined` for types that carry nothing. */
export function rowOf(type: string): TypeRow | undefined {
  const memo = rowMemo();
  const known = memo.get(type);
  if (known !== undefined || memo.has(type)) return known;
  const row = PSEUDO_ROWS.get(type) ?? readRow(type);
  memo.set(type, row);
  return row;
}

/** How a type is identified: its name property, ARN, and what references to it yield. */
export function identityOf(type: string): CfnIdentity | undefined {
  const memo = identityMemo();
  if (!memo.has(type)) memo.set(type, type.includes('::') ? cfnIdentity(type) : readIdentity(type));
  return memo.get(type);
}

const rowMemo = once(() => new Map<string, TypeRow | undefined>());
const identityMemo = once(() => new Map<string, CfnIdentity | undefined>());
const cloudformation = once(() => readTypes('cloudformation'));
const terraform = once(() => readTypes('terraform'));

/** Types that are more than "a resource". */
const ENTITIES: ReadonlyMap<string, EntityType> = new Map<string, EntityType>([
  ['AWS::IAM::Role', 'role'],
  ['AWS::IAM::User', 'user'],
  ['AWS::IAM::Group', 'group'],
  ['AWS::IAM::ManagedPolicy', 'managed-policy'],
  ['AWS::IAM::InstanceProfile', 'instance-profile'],
  ['AWS::IAM::OIDCProvider', 'oidc-provider'],
  ['AWS::IAM::SAMLProvider', 'saml-provider'],
  ['AWS::IAM::AccessKey', 'access-key'],
  ['AWS::SSO::PermissionSet', 'permission-set'],
  ['AWS::IdentityStore::Group', 'identity-center-group'],
  ['AWS::IdentityStore::User', 'identity-center-user'],
  ['AWS::Organizations::Account', 'account'],
  ['AWS::Organizations::OrganizationalUnit', 'organizational-unit'],
  ['AWS::Organizations::Policy', 'organization-policy'],
  ['aws_iam_role', 'role'],
  ['aws_iam_user', 'user'],
  ['aws_iam_group', 'group'],
  ['aws_iam_policy', 'managed-policy'],
  ['aws_iam_instance_profile', 'instance-profile'],
  ['aws_iam_openid_connect_provider', 'oidc-provider'],
  ['aws_iam_saml_provider', 'saml-provider'],
  ['aws_iam_access_key', 'access-key'],
  ['aws_ssoadmin_permission_set', 'permission-set'],
  ['aws_identitystore_group', 'identity-center-group'],
  ['aws_identitystore_user', 'identity-center-user'],
  ['aws_organizations_account', 'account'],
  ['aws_organizations_organizational_unit', 'organizational-unit'],
  ['aws_organizations_policy', 'organization-policy'],
  ['data.aws_iam_role', 'role'],
  ['data.aws_iam_user', 'user'],
  ['data.aws_iam_group', 'group'],
  ['data.aws_iam_policy', 'managed-policy'],
]);

/** Inputs that are no resources of a dialect: raw documents, and texts that may hold access keys. */
const PSEUDO_ROWS: ReadonlyMap<string, TypeRow> = new Map([
  ...(['identity', 'trust', 'resource', 'boundary', 'endpoint', 'scp', 'rcp'] as const).map((kind) => [`policy:${kind}`, pseudoRow([documentFacet(kind)], [])] as const),
  ['cloudformation:parameter', pseudoRow([], ['Default'])],
  ['cloudformation:output', pseudoRow([], ['Value'])],
  ['cloudformation:metadata', pseudoRow([], ['Value'])],
  ['terraform:variable', pseudoRow([], ['default'])],
  ['terraform:output', pseudoRow([], ['value'])],
  ['terraform:provider:aws', pseudoRow([], ['access_key', 'secret_key', 'token'])],
  ['typescript:literal', pseudoRow([], ['value'])],
]);

function pseudoRow(facets: readonly Facet[], secretScan: readonly string[]): TypeRow {
  return { service: 'iam', entity: 'resource', facets, roleBindings: [], credentials: [], secretScan };
}

function documentFacet(kind: string): Facet {
  return { kind: `raw-${kind}`, path: 'Document', encoding: 'obj', fields: new Map(), flags: new Set(), bad: [] };
}

type RawTypes = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

function readTypes(dialect: 'cloudformation' | 'terraform'): RawTypes {
  const parsed: unknown = JSON.parse(readBytes(`resource-types/${dialect}.json`).toString('utf8'));
  const types = isRecord(parsed) && isRecord(parsed.types) ? parsed.types : {};
  return new Map(Object.entries(types).flatMap(([type, row]) => (isRecord(row) ? [[type, row] as const] : [])));
}

function readRow(type: string): TypeRow | undefined {
  const raw = type.includes('::') ? cloudformation().get(type) : (terraform().get(type) ?? mirrored(type));
  if (raw === undefined) return undefined;
  return {
    service: typeof raw.service === 'string' ? raw.service : '',
    entity: ENTITIES.get(type) ?? 'resource',
    facets: listOf(raw.facets).flatMap((facet) => (isRecord(facet) ? readFacet(facet) : [])),
    roleBindings: texts(raw.roleBindings),
    credentials: texts(raw.credentials),
    secretScan: texts(raw.secretScan),
  };
}

function readFacet(raw: Readonly<Record<string, unknown>>): readonly Facet[] {
  const { kind, path, encoding } = raw;
  if (typeof kind !== 'string' || typeof path !== 'string') return [];
  // SAM's own notations are expanded by the serverless transform; what it derives has rows of its own.
  if (typeof encoding === 'string' && encoding.startsWith('sam-')) return [];
  const fields = new Map<string, string>();
  const flags = new Set<string>();
  for (const [name, value] of Object.entries(raw)) {
    if (typeof value === 'string' && !FACET_WORDS.has(name)) fields.set(name, value);
    else if (value === true) flags.add(name);
  }
  const openApi = typeof encoding === 'string' && encoding.startsWith('openapi');
  return [{ kind: openApi ? 'openapi-policy' : kind, path, encoding: typeof encoding === 'string' ? encoding : '', fields, flags, bad: texts(raw.bad) }];
}

const FACET_WORDS: ReadonlySet<string> = new Set(['kind', 'path', 'encoding', 'note', 'since', 'targetType', 'targetKind']);

/** Types of the Cloud Control provider mirror CloudFormation's: `awscc_iam_role` is `AWS::IAM::Role` in snake case. */
function mirrored(type: string): Readonly<Record<string, unknown>> | undefined {
  if (!type.startsWith('awscc_')) return undefined;
  const wanted = type.slice('awscc_'.length).replaceAll('_', '');
  const match = mirrors().get(wanted);
  const row = match === undefined ? undefined : cloudformation().get(match);
  if (row === undefined) return undefined;
  const facets = listOf(row.facets).flatMap((facet) => (isRecord(facet) ? [snakeFacet(facet)] : []));
  return { ...row, facets, roleBindings: texts(row.roleBindings).map(snakePath), credentials: texts(row.credentials).map(snakePath), secretScan: texts(row.secretScan).map(snakePath) };
}

const mirrors = once(() => new Map([...cloudformation().keys()].map((type) => [type.slice('AWS::'.length).replaceAll('::', '').toLowerCase(), type])));

function snakeFacet(facet: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(facet).map(([name, value]) => [name, typeof value === 'string' && (name === 'path' || !FACET_WORDS.has(name)) ? snakePath(value) : value]));
}

function snakePath(path: string): string {
  return path.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

function readIdentity(type: string): CfnIdentity | undefined {
  const raw = terraform().get(type);
  return isRecord(raw?.identity) ? undefined : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}
