import { write } from '../generated.ts';
import { ALWAYS, awsPolicyArn, defineCondition, type Expansion, make } from './expansion.ts';
import { field, isGiven } from './nodes.ts';
import { serviceTrust } from './role.ts';

const ROLE = 'CodeDeployServiceRole';

/**
 * Gradual deployments: a deployment group for each function that asks for them, and one role for CodeDeploy unless every
 * function brings its own. Both exist under the functions' conditions only where these are passed on.
 */
export function expandDeployments(expansion: Expansion): void {
  const { deployments } = expansion;
  const first = deployments[0];
  if (first === undefined) return;
  const condition = sharedCondition(expansion);
  const at = first.preference;
  make(expansion, first.from, { id: 'ServerlessDeploymentApplication', type: 'AWS::CodeDeploy::Application', properties: { ComputePlatform: 'Lambda' }, at, condition: condition ?? ALWAYS });
  if (deployments.some(({ preference }) => !isGiven(field(preference, 'Role')))) {
    const policy = expansion.partition === 'aws-iso' || expansion.partition === 'aws-iso-b' ? 'AWSCodeDeployRoleForLambdaLimited' : 'AWSCodeDeployRoleForLambda';
    const role = { AssumeRolePolicyDocument: serviceTrust('codedeploy.amazonaws.com', at), ManagedPolicyArns: [write(at, awsPolicyArn(expansion, `service-role/${policy}`))] };
    make(expansion, first.from, { id: ROLE, type: 'AWS::IAM::Role', properties: role, at, condition: condition ?? ALWAYS });
  }
  for (const { from, preference, condition: own } of deployments) {
    const role = field(preference, 'Role');
    make(expansion, from, {
      id: `${from.id}DeploymentGroup`,
      type: 'AWS::CodeDeploy::DeploymentGroup',
      properties: { ApplicationName: { Ref: 'ServerlessDeploymentApplication' }, ServiceRoleArn: isGiven(role) ? role : { 'Fn::GetAtt': [ROLE, 'Arn'] } },
      at: preference,
      condition: own ?? ALWAYS,
    });
  }
}

/** The condition under which any deployment happens; `undefined` when one of them always does. */
function sharedCondition(expansion: Expansion): string | undefined {
  const conditions = new Set(expansion.deployments.map((deployment) => deployment.condition));
  const names = [...conditions].filter((name) => name !== undefined).sort();
  const [only] = names;
  const first = expansion.deployments[0];
  if (conditions.has(undefined) || only === undefined || first === undefined) return undefined;
  return names.length === 1 ? only : defineCondition(expansion, 'ServerlessCodeDeployCondition', { 'Fn::Or': names.map((name) => ({ Condition: name })) }, first.preference);
}
