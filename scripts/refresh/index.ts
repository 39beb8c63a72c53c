import { actionsRefresh } from './actions.ts';
import { cfnIdentityRefresh } from './cfn-identity.ts';
import { managedPoliciesRefresh } from './managed-policies.ts';
import { managedPolicyFlagsRefresh } from './managed-policy-flags.ts';
import { rcpServicesRefresh } from './rcp-services.ts';
import { resourceTypesRefresh } from './resource-types.ts';
import { samPolicyTemplatesRefresh } from './sam-policy-templates.ts';
import { servicePrincipalsRefresh } from './service-principals.ts';
import type { TableRefresh } from './data-file.ts';

/** Every table that can be regenerated, in the order in which later ones may read earlier ones. */
export const tableRefreshes: readonly TableRefresh[] = [
  actionsRefresh,
  managedPoliciesRefresh,
  managedPolicyFlagsRefresh,
  cfnIdentityRefresh,
  resourceTypesRefresh,
  servicePrincipalsRefresh,
  rcpServicesRefresh,
  samPolicyTemplatesRefresh,
];
