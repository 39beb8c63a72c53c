import type { Origin } from '../core/source.ts';
import { parsePolicy } from '../iam/parse-policy.ts';
import type { Condition, PolicyDocument, PrincipalEntry, Statement, Text } from '../iam/policy-document.ts';
import type { DeclaringResource } from '../extract/declaration.ts';
import type { Entity, Policy } from './model.ts';

/** What a trust policy that AWS writes says. */
export interface TrustOutline {
  readonly type: 'AWS' | 'Federated';
  /** May hold holes. */
  readonly principal: string;
  readonly actions: readonly string[];
  readonly conditions: readonly { readonly operator: string; readonly key: string; readonly value: string }[];
}

/** The trust policy of a role that AWS makes, placed at what causes the role. */
export function syntheticTrust(role: Entity, outline: TrustOutline, from: DeclaringResource): Policy {
  const { origin } = from;
  const text = (written: string): Text => ({ text: written, origin });
  const principal: PrincipalEntry = { ...text(outline.principal), type: outline.type, typeText: outline.type };
  const conditions = outline.conditions.map((one): Condition => ({ operator: text(one.operator), key: text(one.key), values: [text(one.value)], origin }));
  const statement: Statement = {
    index: 0,
    sid: undefined,
    effect: 'Allow',
    principal: { negated: false, entries: [principal], origin },
    action: { negated: false, patterns: outline.actions.map(text), origin },
    resource: undefined,
    conditions,
    gaps: [],
    origin,
    when: [],
  };
  return { id: `${role.id}#trust`, kind: 'trust', name: role.name, document: documentOf(statement, origin), managed: 'inline', owners: [role], unboundOwners: [], synthetic: true, account: role.account, from };
}

function documentOf(statement: Statement, origin: Origin): PolicyDocument {
  const value = { kind: 'map', entries: [], origin } as const;
  return { ...parsePolicy(value, 'trust'), version: { text: '2012-10-17', origin }, statements: [statement], syntax: [], gaps: [], origin, value };
}

/** A role that no input declares. */
export function syntheticRole(id: string, name: string, path: string, account: string, from: DeclaringResource): Entity {
  return { id, entity: 'role', service: 'iam', name, path, arn: `arn:${from.scope.partition}:iam::${account}:role${path}${name}`, account, external: false, tags: new Map(), from };
}
