import { actionsRefresh } from './actions.ts'
import { cfnIdentityRefresh } from './cfn-identity.ts'
import { managedPoliciesRefresh } from './managed-policies.ts'
import { managedPolicyFlagsRefresh } from './managed-policy-flags.ts'
import { resourceTypesRefresh } from './resource-types.ts'
import type { TableRefresh } from './data-file.ts'

/** Every table that can be regenerated, in the order in which later ones may read earlier ones. */
export const tableRefreshes: readonly TableRefresh[] = [actionsRefresh, managedPoliciesRefresh, managedPolicyFlagsRefresh, cfnIdentityRefresh, resourceTypesRefresh]
