import type { PatternElement, Statement, Text } from '../../iam/policy-document.ts';
import type { Policy } from '../../model/model.ts';
import { isWritten } from './written.ts';

/**
 * A text that is the same for statements that differ only in their place and in the policies around them. `undefined` when a
 * part of the statement holds only under conditions of the deployment.
 */
export function statementShape(policy: Policy, statement: Statement, service: string | undefined): string | undefined {
  if (statement.when.length > 0) return undefined;
  const parts: string[] = [policy.kind, policy.from.type, policy.managed, policy.synthetic ? 'synthetic' : '', policy.account, policy.document.version?.text ?? 'none', service ?? '', statement.effect];
  if (statement.sid !== undefined && !add(parts, 'Sid', statement.sid)) return undefined;
  if (!addElement(parts, 'Action', statement.action) || !addElement(parts, 'Resource', statement.resource) || !addPrincipals(parts, statement)) return undefined;
  for (const { operator, key, values } of statement.conditions) {
    if (!add(parts, 'Condition', operator) || !add(parts, 'Key', key)) return undefined;
    for (const value of values) if (!add(parts, 'Value', value)) return undefined;
  }
  for (const { element, reason, name } of statement.gaps) parts.push('Gap', element, reason, name);
  const shape = parts.join(SEPARATOR);
  // Accounts are judged by what is known of the stack's own; elsewhere the stack only tells names apart.
  const { id } = policy.from.scope;
  return id === '' || statement.principal?.entries.some(({ type }) => type === 'AWS') === true ? shape : shape.replaceAll(`${id}#`, STACK);
}

/** Stand in no text of a template. */
const SEPARATOR = '\u0000';
const STACK = '\u0001';

function add(parts: string[], label: string, text: Text): boolean {
  parts.push(label, text.text);
  return text.when === undefined || text.when.length === 0;
}

function addElement(parts: string[], name: string, element: PatternElement | undefined): boolean {
  if (element === undefined) return true;
  parts.push(element.negated ? `Not${name}` : name);
  for (const text of element.patterns) if (!add(parts, isWritten(text) ? 'written' : 'made', text)) return false;
  return true;
}

function addPrincipals(parts: string[], { principal }: Statement): boolean {
  if (principal === undefined) return true;
  parts.push(principal.negated ? 'NotPrincipal' : 'Principal');
  for (const entry of principal.entries) {
    parts.push(entry.type, entry.typeText);
    if (!add(parts, 'entry', entry)) return false;
  }
  return true;
}
