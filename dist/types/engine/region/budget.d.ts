/** Work a question may still cost. When it is used up the answer is `unknown`, never a hang. */
export declare class Budget {
    #private;
    readonly limit: number;
    constructor(limit: number);
    /** Pays for work; false when nothing is left. */
    spend(cost: number): boolean;
    /** A new question starts with the whole budget. */
    renew(): void;
    get exhausted(): boolean;
}
