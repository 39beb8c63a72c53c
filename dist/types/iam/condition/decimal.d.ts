/** A number as written: `digits` times ten to the power of minus `scale`. Compared exactly, never through floating point. */
export interface Decimal {
    readonly digits: bigint;
    readonly scale: number;
}
/** Reads an integer or decimal, with optional sign and exponent; `undefined` for anything else. */
export declare function parseDecimal(text: string): Decimal | undefined;
/** Less than, equal to or greater than zero, as for sorting. */
export declare function compareDecimals(left: Decimal, right: Decimal): number;
/** As decimal text that `parseDecimal` reads back. */
export declare function formatDecimal(value: Decimal): string;
/** A number strictly between two others, or beyond the one that is given. */
export declare function decimalBetween(low: Decimal | undefined, high: Decimal | undefined): Decimal;
