import { itemsOf, knownText, property, type Value } from '../core/value.ts';
import { compareCompiled, compilePolicy, type ComparableKind, type Comparison, documentsAllow, type Request } from '../engine/index.ts';
import { parsePolicy } from '../iam/parse-policy.ts';
import type { PolicyDocument, Statement } from '../iam/policy-document.ts';
import { CATALOGUE } from './catalogue.ts';

/** Kinds of document that `compare` takes. */
export const COMPARED_TYPES = ['identity', 'resource', 'trust', 'scp', 'rcp'] as const;
export type ComparedType = (typeof COMPARED_TYPES)[number];

/** What two versions of a policy differ in. */
export interface PolicyComparison {
  readonly type: ComparedType;
  readonly comparison: Comparison;
  /** Statements of the new version that allow the witness. */
  readonly grantedBy: readonly Statement[];
  /** Statements of the old version that denied it, if any did. */
  readonly deniedBefore: readonly Statement[];
  /** The new version's documents, as read. */
  readonly after: readonly PolicyDocument[];
  readonly before: readonly PolicyDocument[];
}

/**
 * Does the new version allow any request that the old one does not? Each side is all documents that apply together.
 * For a `yes` the statements are named that make the difference.
 */
export function comparePolicies(before: readonly Value[], after: readonly Value[], type: ComparedType): PolicyComparison {
  const old = before.map((value) => parsePolicy(value, type));
  const young = after.map((value) => parsePolicy(value, type));
  const compile = (documents: readonly PolicyDocument[]) => documents.map((document) => compilePolicy(document));
  const comparison = compareCompiled(compile(old), compile(young), { policyType: type, catalogue: CATALOGUE });
  const { witness } = comparison;
  return {
    type,
    comparison,
    grantedBy: witness === undefined ? [] : statementsThatMatch(young, 'Allow', witness, type),
    deniedBefore: witness === undefined ? [] : statementsThatMatch(old, 'Deny', witness, type),
    after: young,
    before: old,
  };
}

/**
 * What kind of documents these are, by their shape: with principals they are trust policies when all they speak of is
 * assuming a role, else resource policies; without, identity policies. Control policies look like those and have to be named.
 */
export function guessType(documents: readonly Value[]): ComparedType {
  const statements = statementsOf(documents);
  const named = statements.some((statement) => property(statement, 'Principal') !== undefined || property(statement, 'NotPrincipal') !== undefined);
  if (!named) return 'identity';
  const isTrust = statements.every((statement) => {
    const actions = itemsOf(property(statement, 'Action'));
    return actions.length > 0 && property(statement, 'Resource') === undefined && actions.every((action) => knownText(action)?.toLowerCase().startsWith('sts:') === true);
  });
  return isTrust ? 'trust' : 'resource';
}

/** Documents without statements have no shape to guess a type from. */
export function hasStatements(documents: readonly Value[]): boolean {
  return statementsOf(documents).length > 0;
}

function statementsOf(documents: readonly Value[]): readonly Value[] {
  return documents.flatMap((document) => itemsOf(property(document, 'Statement')));
}

/** A statement is asked alone and as an Allow, so that a match is an allow. */
function statementsThatMatch(documents: readonly PolicyDocument[], effect: 'Allow' | 'Deny', request: Request, type: ComparedType): readonly Statement[] {
  // Alone a resource control policy only takes away; what an endpoint policy matches is judged in the same way.
  const kind: ComparableKind = type === 'rcp' ? 'endpoint' : type;
  return documents.flatMap((document) =>
    document.statements.filter((statement) => {
      if (statement.effect !== effect) return false;
      const alone = compilePolicy({ ...document, gaps: [], statements: [{ ...statement, effect: 'Allow' }] });
      return documentsAllow([alone], request, kind) === 'yes';
    }),
  );
}
