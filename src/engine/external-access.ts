import { Admission } from './admission.ts';
import type { AdmittedGrant, TrustScope } from './admitted.ts';
import type { CompiledPolicy } from './compile.ts';
import { AccessFinder } from './find-access.ts';
import { strangerTo } from './outsider.ts';
import type { CompareOptions } from './types.ts';

/**
 * Whom the Allow statements of a resource or trust policy admit, its denies taken away: per statement the largest sets
 * of callers. A condition counts by what it admits: one that a stranger can meet limits nothing.
 */
export function externalAccess(policies: readonly CompiledPolicy[], scope: TrustScope, options: CompareOptions): readonly AdmittedGrant[] {
  const finder = new AccessFinder(policies, options);
  const statements = policies.flatMap((policy) => policy.statements);
  const denies = statements.filter((statement) => statement.effect !== 'Allow');
  const stranger = strangerTo(statements);
  return statements.filter((statement) => statement.effect !== 'Deny').flatMap((statement) => new Admission({ statement, denies, stranger, scope, finder }).grants());
}
