import type { Origin } from './source.js';
/**
 * Something the user should know about an input, found before any rule runs: a file that does not parse,
 * a function that could not be resolved, a bound that was reached. `code` is a kebab-case name listed in docs/notices.md.
 */
export interface Problem {
    readonly code: ProblemCode;
    readonly message: string;
    readonly origin: Origin;
}
export type ProblemCode = 'unreadable-input' | 'duplicate-key' | 'unresolved-value' | 'unsupported-construct' | 'bound-reached' | 'missing-file' | 'cyclic-reference' | 'path-outside-root' | 'input-too-large' | 'feature-unavailable' | 'conflicting-facts' | 'rule-crashed';
