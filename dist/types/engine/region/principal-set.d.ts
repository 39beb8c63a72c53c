import { type TextOracle, type TextSet } from './text-set.js';
import type { Union } from './union.js';
/**
 * The kinds of caller. Within a kind one text names the caller: its ARN, its name, or for a role the role's ARN and the
 * session's name with a separator between them.
 */
export declare const CALLER_CLASSES: readonly ["user", "role", "federated-user", "root", "service", "federated", "canonical", "anonymous"];
export type CallerClass = (typeof CALLER_CLASSES)[number];
/** Callers from an AWS account. */
export declare const ACCOUNT_CLASSES: ReadonlySet<CallerClass>;
/** Callers by kind; a kind that is missing has none. */
export type PrincipalSet = ReadonlyMap<CallerClass, TextSet>;
/** All callers of a kind, none, or those whose text a union takes (or does not take). */
export type ClassConstraint = 'all' | 'none' | {
    readonly union: Union;
    readonly sign: boolean;
};
/** One constraint on the caller; a kind that is missing has none. */
export type PrincipalAtom = ReadonlyMap<CallerClass, ClassConstraint>;
export declare function allCallers(classes: Iterable<CallerClass>): PrincipalSet;
export declare function complementPrincipal(atom: PrincipalAtom): PrincipalAtom;
/** The callers that satisfy a constraint; kinds that surely hold nobody are dropped. */
export declare function restrictPrincipal(set: PrincipalSet, atom: PrincipalAtom, oracle: TextOracle): PrincipalSet;
