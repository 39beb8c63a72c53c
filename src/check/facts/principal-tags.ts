import type { PermissionModel } from '../../model/model.ts';

/** Does any policy of the run (AWS's own apart) decide by tags of the principal? */
export function usesPrincipalTags(model: PermissionModel): boolean {
  return model.policies.some((policy) =>
    policy.managed !== 'aws' && policy.document.statements.some((statement) =>
      statement.conditions.some((condition) => isTagKey(condition.key.text) || condition.values.some((value) => value.text.includes('${aws:PrincipalTag/'))) ||
      statement.resource?.patterns.some((pattern) => pattern.text.includes('${aws:PrincipalTag/')) === true,
    ),
  );
}

function isTagKey(key: string): boolean {
  return key.toLowerCase().startsWith('aws:principaltag/');
}
