import type { Origin } from '../../../core/source.ts';
import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import { labelOf, listOf, mapOf, referenceTo, textOf } from '../values.ts';
import { accountArn, type AccountStack } from './stack.ts';

/**
 * The trust policy that the tool writes for a role: one statement for each `assumedBy`, every one of them asking for the
 * external ids. Source: Landing Zone Accelerator, OperationsStack.getRolePrincipals.
 */
export function trustDocument(role: Value, at: Origin, stack: AccountStack): Value {
  const externalIds = itemsOf(property(role, 'externalIds'));
  const statements = itemsOf(property(role, 'assumedBy')).flatMap((by) => statementOf(by, externalIds, stack));
  return mapOf(at, { Version: textOf('2012-10-17', at), Statement: listOf(at, statements) });
}

function statementOf(by: Value, externalIds: readonly Value[], stack: AccountStack): readonly Value[] {
  const principal = property(by, 'principal');
  const type = knownText(property(by, 'type'));
  if (principal === undefined || type === undefined) return [];
  const at = by.origin;
  const federated = type === 'provider';
  const condition = {
    ...(federated ? { 'SAML:aud': textOf(stack.set.partition === 'aws-cn' ? 'https://signin.amazonaws.cn/saml' : 'https://signin.aws.amazon.com/saml', at) } : {}),
    ...(externalIds.length > 0 ? { 'sts:ExternalId': listOf(at, externalIds) } : {}),
  };
  return [
    mapOf(at, {
      Effect: textOf('Allow', at),
      Principal: principalOf(type, principal, stack),
      Action: textOf(federated ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRole', at),
      Condition: Object.keys(condition).length === 0 ? undefined : mapOf(at, { StringEquals: mapOf(at, condition) }),
    }),
  ];
}

function principalOf(type: string, principal: Value, stack: AccountStack): Value {
  const { origin } = principal;
  switch (type) {
    case 'service':
      return mapOf(origin, { Service: principal });
    case 'provider':
      return mapOf(origin, { Federated: referenceTo(stack.scope.id, `SAMLProvider/${labelOf(principal) ?? ''}`, origin) });
    case 'account':
      return mapOf(origin, { AWS: accountPrincipal(principal, stack) });
    default:
      return mapOf(origin, { AWS: principal });
  }
}

/** An account is written by its id, by the ARN of its root, or by its name in the set. */
function accountPrincipal(principal: Value, stack: AccountStack): Value {
  const text = knownText(principal);
  if (text === undefined || /^\d{12}$/.test(text) || text.startsWith('arn:')) return principal;
  const account = stack.set.accounts?.find((candidate) => candidate.name === text);
  return account === undefined ? principal : accountArn(stack, account, 'root', principal);
}
