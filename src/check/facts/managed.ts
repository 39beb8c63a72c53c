import type { AttachedPolicy, Principal } from '../../model/model.ts';
import { type ManagedPolicyFlags, managedPolicyFlags } from '../../data/managed-policies.ts';
import { displayText } from '../../iam/token.ts';

/** An AWS managed policy on a principal, with what it amounts to. */
export interface ManagedAttachment {
  readonly attached: AttachedPolicy;
  readonly flags: ManagedPolicyFlags | undefined;
}

/** The AWS managed policies attached to a principal. */
export function managedAttachments(principal: Principal): readonly ManagedAttachment[] {
  return principal.policies.flatMap((attached) => (attached.policy.managed === 'aws' ? [{ attached, flags: managedPolicyFlags(attached.policy.id) }] : []));
}

/** What a person calls a principal: "role `X`". */
export function principalName(principal: Principal): string {
  return `${principal.kind} \`${displayText(principal.entity.from.displayName)}\``;
}

/** Service principals that run code with the role they are given. */
const COMPUTE: ReadonlySet<string> = new Set(['ec2.amazonaws.com', 'lambda.amazonaws.com', 'ecs-tasks.amazonaws.com', 'codebuild.amazonaws.com', 'pods.eks.amazonaws.com', 'sagemaker.amazonaws.com', 'glue.amazonaws.com', 'tasks.apprunner.amazonaws.com', 'batch.amazonaws.com', 'edgelambda.amazonaws.com']);

/** Does a role trust a service that runs code with it? */
export function isComputeRole(principal: Principal): boolean {
  return principal.trust?.document.statements.some((statement) => statement.effect === 'Allow' && statement.principal?.entries.some((entry) => entry.type === 'Service' && COMPUTE.has(entry.text))) === true;
}
