import { type CfnIdentity, cfnIdentity } from '../data/cfn-identity.ts';
import { once } from '../data/load.ts';
import { type FacetRow, type ResourceTypeRow, resourceTypeRow, type RoleUse, terraformIdentity } from '../data/resource-types.ts';
import type { EntityType } from './declaration.ts';

/** What the table says of one resource type: where its policies, principals, roles and credentials stand. */
export interface TypeRow {
  readonly service: string;
  readonly entity: EntityType;
  readonly facets: readonly Facet[];
  readonly roleUses: readonly RoleUse[];
  readonly credentials: readonly string[];
  readonly secretScan: readonly string[];
  /** Sibling values, by scanned path, that mean a reference rather than a literal. */
  readonly secretScanUnless: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;
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
  /** How a grant reads as a statement. */
  readonly grant: string | undefined;
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
  if (!memo.has(type)) memo.set(type, type.includes('::') ? cfnIdentity(type) : terraformIdentity(type));
  return memo.get(type);
}

const rowMemo = once(() => new Map<string, TypeRow | undefined>());
const identityMemo = once(() => new Map<string, CfnIdentity | undefined>());

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

/** Inputs that are no resources of a dialect: raw documents, texts that may hold access keys, what AWS itself listed. */
const PSEUDO_ROWS: ReadonlyMap<string, TypeRow> = new Map([
  ...(['identity', 'trust', 'resource', 'boundary', 'endpoint', 'scp', 'rcp'] as const).map((kind) => [`policy:${kind}`, pseudoRow([documentFacet(kind)], [])] as const),
  ['cloudformation:parameter', pseudoRow([], ['Default'])],
  ['cloudformation:output', pseudoRow([], ['Value'])],
  ['cloudformation:metadata', pseudoRow([], ['Value'])],
  ['terraform:variable', pseudoRow([], ['default'])],
  ['terraform:output', pseudoRow([], ['value'])],
  ['terraform:provider:aws', pseudoRow([], ['access_key', 'secret_key', 'token'])],
  ['typescript:literal', pseudoRow([], ['value'])],
  ['organization:policy-lists', pseudoRow([pseudoFacet('org-policy-lists', 'TargetId')], [])],
  ['organization:full-access', pseudoRow([pseudoFacet('org-full-access', 'TargetId')], [])],
  ['organization:delegated-administrator', pseudoRow([pseudoFacet('delegated-admin', 'AccountId', [['service', 'ServicePrincipal']])], [])],
  ['organization:live-account', pseudoRow([pseudoFacet('live-account', 'AccountId')], [])],
]);

function pseudoRow(facets: readonly Facet[], secretScan: readonly string[]): TypeRow {
  return { service: 'iam', entity: 'resource', facets, roleUses: [], credentials: [], secretScan, secretScanUnless: new Map() };
}

function documentFacet(kind: string): Facet {
  return pseudoFacet(`raw-${kind}`, 'Document');
}

function pseudoFacet(kind: string, path: string, fields: readonly (readonly [string, string])[] = []): Facet {
  return { kind, path, encoding: 'obj', fields: new Map(fields), flags: new Set(), bad: [], grant: undefined };
}

function readRow(type: string): TypeRow | undefined {
  const raw = resourceTypeRow(type.includes('::') ? 'cloudformation' : 'terraform', type);
  return raw === undefined || !carriesSomething(raw) ? undefined : typeRow(type, raw);
}

/** Rows that only identify a type are used when something refers to it, never to read its properties. */
function carriesSomething(raw: ResourceTypeRow): boolean {
  return [raw.facets, raw.roleUses, raw.roleBindings, raw.credentials, raw.secretScan].some((list) => list !== undefined && list.length > 0);
}

function typeRow(type: string, raw: ResourceTypeRow): TypeRow {
  return {
    service: raw.service ?? '',
    entity: ENTITIES.get(type) ?? 'resource',
    facets: (raw.facets ?? []).flatMap(readFacet),
    roleUses: raw.roleUses ?? [],
    credentials: raw.credentials ?? [],
    secretScan: raw.secretScan ?? [],
    secretScanUnless: new Map(Object.entries(raw.secretScanUnless ?? {})),
  };
}

function readFacet(raw: FacetRow): readonly Facet[] {
  // SAM's own notations are expanded by the serverless transform; what it derives has rows of its own.
  if (raw.encoding.startsWith('sam-')) return [];
  const fields = new Map<string, string>();
  const flags = new Set<string>();
  for (const [name, value] of Object.entries(raw)) {
    if (typeof value === 'string' && !FACET_WORDS.has(name)) fields.set(name, value);
    else if (value === true) flags.add(name);
    else if (Array.isArray(value) && name !== 'bad') fields.set(name, value.join(','));
  }
  return [{ kind: raw.encoding === 'openapi' ? 'openapi-policy' : raw.kind, path: raw.path, encoding: raw.encoding, fields, flags, bad: raw.bad ?? [], grant: raw.grant }];
}

const FACET_WORDS: ReadonlySet<string> = new Set(['kind', 'path', 'encoding', 'note', 'grant', 'key', 'targetKind', 'targetType']);
