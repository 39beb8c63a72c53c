import { type Origin } from '../../../core/source.ts';
import { textValue, type Value } from '../../../core/value.ts';
import type { Resource, Scope } from '../../frontend.ts';
import type { StackArtifact } from './manifest.ts';

/**
 * The roles of the bootstrap stack that deploy a stack, as resources of the pseudo type `cdk:bootstrap-role`: they exist in the
 * target account but no template of the assembly declares them. Each has `Arn`, `Purpose` (deploy, execution, lookup).
 * An ARN that still depends on an unknown account is left out: it would name no role.
 * Source: CDK Developer Guide, "AWS CDK bootstrapping".
 */
export function bootstrapRoles(stack: StackArtifact, scope: Scope): readonly Resource[] {
  return stack.roles.flatMap(({ purpose, arn }) => {
    const text = arn
      .replaceAll('${AWS::Partition}', scope.partition)
      .replaceAll('${AWS::AccountId}', scope.account ?? '${AWS::AccountId}')
      .replaceAll('${AWS::Region}', scope.region ?? '${AWS::Region}');
    if (text.includes('${')) return [];
    const { origin } = stack;
    const properties: Value = { kind: 'map', entries: [entry('Arn', text, origin), entry('Purpose', purpose, origin)], origin };
    return [{ type: 'cdk:bootstrap-role', address: `bootstrap ${purpose} role`, displayName: `${stack.displayName} (bootstrap ${purpose} role)`, properties: () => properties, origin, extent: origin }];
  });
}

function entry(key: string, text: string, origin: Origin): { key: string; keyOrigin: Origin; value: Value } {
  return { key, keyOrigin: origin, value: textValue(text, origin) };
}
