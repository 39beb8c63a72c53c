import type { Budget } from './budget.js';
import { type Task } from './machine.js';
/** A text a search found, with holes where letters stand; or that there is none; or that the bound came first. */
export type Found = {
    readonly kind: 'text';
    readonly text: string;
} | {
    readonly kind: 'none';
} | {
    readonly kind: 'bound';
};
/**
 * Finds a text that one glob of every group takes and no glob of `neg`. `none` is certain, whatever the letters stand for.
 * Each glob of the smallest group is tried apart, with only what can meet it. Globs that one of `neg` covers are to be
 * left out by the caller.
 */
export declare function findText(task: Task, budget: Budget): Found;
