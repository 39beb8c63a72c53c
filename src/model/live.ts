import type { Declaration } from '../extract/declaration.ts';
import { hasHole } from '../iam/token.ts';

/**
 * The declarations that count when templates stand beside what is deployed: a principal or policy that a template declares takes
 * the place of the one of the same ARN that AWS listed, because it is what will be there.
 */
export function withoutSuperseded(declarations: readonly Declaration[]): readonly Declaration[] {
  if (!declarations.some((declaration) => declaration.from.scope.live === true)) return declarations;
  const planned = new Set<string>();
  for (const declaration of declarations) {
    if (declaration.kind === 'entity' && isKnownArn(declaration.arn) && declaration.from.scope.live !== true && !declaration.external) planned.add(declaration.arn);
  }
  const replaced = new Set<string>();
  for (const declaration of declarations) {
    if (declaration.kind === 'entity' && isKnownArn(declaration.arn) && declaration.from.scope.live === true && planned.has(declaration.arn)) replaced.add(keyOf(declaration));
  }
  return replaced.size === 0 ? declarations : declarations.filter((declaration) => declaration.from.scope.live !== true || !replaced.has(keyOf(declaration)));
}

/** Only IAM's own things are compared: ids of organizations are matched where the organization is put together. */
function isKnownArn(arn: string | undefined): arn is string {
  return arn !== undefined && /^arn:[^:]*:iam::/.test(arn) && !hasHole(arn);
}

function keyOf(declaration: Pick<Declaration, 'from'>): string {
  return `${declaration.from.scope.id}#${declaration.from.address}`;
}
