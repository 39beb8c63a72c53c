import type { Value } from '../core/value.ts';
import type { Text } from '../iam/policy-document.ts';
import { readText, readTexts } from '../iam/texts.ts';
import type { DeclaringResource, IdentityLinkDeclaration } from './declaration.ts';
import { select, selectOne } from './select.ts';

/** Where a type says who outside IAM becomes which role, or which principal is let in where. */
interface LinkRow {
  readonly link: IdentityLinkDeclaration['link'];
  /** Each place that names a principal; claims are read beside it, below `each`. */
  readonly each: string;
  readonly principal: string;
  readonly through: string | undefined;
  readonly target?: string;
  readonly claims: readonly (readonly [claim: string, path: string])[];
}

/**
 * Sources: EKS User Guide, "EKS Pod Identity" and "access entries"; Cognito Developer Guide, "Role-based access control";
 * IAM Roles Anywhere User Guide, "Profiles".
 */
const ROWS: ReadonlyMap<string, readonly LinkRow[]> = new Map<string, readonly LinkRow[]>([
  ['AWS::EKS::PodIdentityAssociation', [{ link: 'pod-identity', each: '', principal: 'RoleArn', through: 'ClusterName', target: 'TargetRoleArn', claims: [['kubernetes-namespace', 'Namespace'], ['kubernetes-service-account', 'ServiceAccount']] }]],
  ['aws_eks_pod_identity_association', [{ link: 'pod-identity', each: '', principal: 'role_arn', through: 'cluster_name', target: 'target_role_arn', claims: [['kubernetes-namespace', 'namespace'], ['kubernetes-service-account', 'service_account']] }]],
  ['AWS::EKS::AccessEntry', [{ link: 'access-entry', each: '', principal: 'PrincipalArn', through: 'ClusterName', claims: [['access-policy', 'AccessPolicies[].PolicyArn'], ['kubernetes-group', 'KubernetesGroups[]']] }]],
  ['aws_eks_access_entry', [{ link: 'access-entry', each: '', principal: 'principal_arn', through: 'cluster_name', claims: [['kubernetes-group', 'kubernetes_groups[]']] }]],
  ['aws_eks_access_policy_association', [{ link: 'access-entry', each: '', principal: 'principal_arn', through: 'cluster_name', claims: [['access-policy', 'policy_arn']] }]],
  ['AWS::Cognito::IdentityPoolRoleAttachment', cognito('IdentityPoolId', 'Roles', ['authenticated', 'unauthenticated'], 'RoleMappings{}.RulesConfiguration.Rules[]', 'RoleARN', 'Claim', 'Value')],
  ['aws_cognito_identity_pool_roles_attachment', cognito('identity_pool_id', 'roles', ['authenticated', 'unauthenticated'], 'role_mapping[].mapping_rule[]', 'role_arn', 'claim', 'value')],
  ['AWS::RolesAnywhere::Profile', [{ link: 'roles-anywhere', each: '', principal: 'RoleArns[]', through: undefined, claims: [] }]],
  ['aws_rolesanywhere_profile', [{ link: 'roles-anywhere', each: '', principal: 'role_arns[]', through: undefined, claims: [] }]],
]);

function cognito(pool: string, roles: string, states: readonly string[], rules: string, role: string, claim: string, value: string): readonly LinkRow[] {
  return [
    ...states.map((state): LinkRow => ({ link: 'identity-pool', each: '', principal: `${roles}.${state}`, through: pool, claims: [[`amr=${state}`, '']] })),
    { link: 'identity-pool', each: rules, principal: role, through: pool, claims: [[`@${claim}`, value]] },
  ];
}

/** The identity links a resource declares; none for types that have none. */
export function identityLinks(from: DeclaringResource, properties: Value): readonly IdentityLinkDeclaration[] {
  return (ROWS.get(from.type) ?? []).flatMap((row) => [...linksOf(row, from, properties)]);
}

function* linksOf(row: LinkRow, from: DeclaringResource, properties: Value): Iterable<IdentityLinkDeclaration> {
  const through = row.through === undefined ? undefined : readText(selectOne(properties, row.through));
  const target = row.target === undefined ? undefined : readText(selectOne(properties, row.target));
  const places = row.each === '' ? [{ value: properties, when: [] }] : select(properties, row.each);
  for (const place of places) {
    for (const found of select(place.value, row.principal)) {
      for (const principal of readTexts(found.value, row.principal, [...place.when, ...found.when]).texts) {
        yield { kind: 'identity-link', link: row.link, principal, through, target, claims: row.claims.flatMap((claim) => claimsOf(claim, place.value, principal)), from };
      }
    }
  }
}

/** `amr=x` is a claim the place itself fixes; `@Name` a claim whose name is written in the property `Name`. */
function claimsOf([claim, path]: readonly [string, string], place: Value, principal: Text): IdentityLinkDeclaration['claims'] {
  const equals = claim.indexOf('=');
  if (equals > 0) return [{ claim: claim.slice(0, equals), value: { text: claim.slice(equals + 1), origin: principal.origin } }];
  const name = claim.startsWith('@') ? (readText(selectOne(place, claim.slice(1)))?.text ?? claim) : claim;
  return select(place, path).flatMap((found) => readTexts(found.value, path, found.when).texts.map((value) => ({ claim: name, value })));
}
