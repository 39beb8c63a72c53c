import type { FacetHandler } from '../facet.ts';
import * as grants from './grants.ts';
import * as organization from './organization.ts';
import * as policies from './policies.ts';
import * as principals from './principals.ts';

/** What each facet kind of the type table declares. Kinds that carry no IAM fact of their own have no handler. */
export const FACETS: ReadonlyMap<string, FacetHandler> = new Map<string, FacetHandler>([
  ['identity-policy', policies.identityPolicy],
  ['trust-policy', policies.trustPolicy],
  ['resource-policy', policies.resourcePolicy],
  ['resource-policy-statement', policies.resourceStatement],
  ['openapi-policy', policies.openApiPolicy],
  ['endpoint-policy', policies.endpointPolicy],
  ['session-policy', policies.sessionPolicy],
  ['permission-set-inline', policies.permissionSetPolicy],
  ['org-policy', organization.organizationPolicy],
  ...(['identity', 'trust', 'resource', 'boundary', 'endpoint', 'scp', 'rcp'] as const).map((kind) => [`raw-${kind}`, policies.rawPolicy(kind)] as const),
  ['managed-policy-attachment', principals.managedAttachment],
  ['customer-managed-policy-reference', principals.customerManagedReference],
  ['boundary', principals.boundary],
  ['group-membership', principals.membership],
  ['role-binding', principals.roleBinding],
  ['federation-provider', principals.federationProvider],
  ['assignment', principals.assignment],
  ['credential', principals.credential],
  ['permission-grant', grants.permissionGrant],
  ['acl', grants.setting],
  ['acl-grant', grants.setting],
  ['public-setting', grants.setting],
  ['account-setting', grants.setting],
  ['share', grants.share],
  ['share-resource', grants.shareResource],
  ['account', organization.account],
  ['ou', organization.organizationalUnit],
  ['organization', organization.organization],
  ['org-policy-attachment', organization.policyAttachment],
  ['org-policy-lists', organization.policyLists],
  ['org-full-access', organization.fullAccess],
  ['delegated-admin', organization.delegatedAdministrator],
  ['live-account', organization.liveAccount],
]);
