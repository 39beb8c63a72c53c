/** Three-valued truth. Never coerce it to boolean without saying in a comment which way the code errs. */
export type Verdict = 'yes' | 'no' | 'unknown';
export declare function verdictOf(known: boolean): Verdict;
export declare function not(verdict: Verdict): Verdict;
/** Yes when all are yes, no when one is no. */
export declare function and(...verdicts: readonly Verdict[]): Verdict;
/** Yes when one is yes, no when all are no. */
export declare function or(...verdicts: readonly Verdict[]): Verdict;
