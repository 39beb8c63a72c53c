import { type Verdict } from '../core/verdict.js';
import { type Pattern } from './wildcard.js';
/** An action of a request, in lower case: IAM compares action names without regard to case. */
export interface ActionName {
    readonly text: string;
    readonly service: string;
}
/**
 * Reads a request's action; `undefined` when it is no `service:Name` (empty or blank names match no statement).
 * Source: IAM User Guide, "IAM JSON policy elements: Action".
 */
export declare function readActionName(action: string): ActionName | undefined;
/** One `Action` string in lower case; `*` alone is every action, and a pattern without a colon matches none. */
export declare function compileActionPattern(text: string): Pattern | undefined;
/** The actions of one element, indexed for lookup: a statement may list a thousand. */
export interface ActionSet {
    readonly everything: boolean;
    readonly exact: ReadonlySet<string>;
    readonly byService: ReadonlyMap<string, readonly Pattern[]>;
    /** Patterns whose service part is itself a pattern. */
    readonly anyService: readonly Pattern[];
}
/** Indexes action strings; those that can match nothing are left out. */
export declare function compileActions(texts: readonly string[]): ActionSet;
/** Is the action one of the set? `unknown` when a hole decides. */
export declare function matchActions(set: ActionSet, action: ActionName): Verdict;
