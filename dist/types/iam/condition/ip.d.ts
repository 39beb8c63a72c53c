/** A block of addresses of one family, both ends included. IPv4 and IPv6 never overlap. */
export interface IpRange {
    readonly family: 4 | 6;
    readonly low: bigint;
    readonly high: bigint;
}
/**
 * Reads an address or CIDR block. A bare address is a block of one; host bits below the prefix are ignored.
 * `undefined` when it is neither. Source: IAM User Guide, "Condition operators", "IP address condition operators".
 */
export declare function parseIpRange(text: string): IpRange | undefined;
/** Does a block hold the address or the whole of another block? */
export declare function containsRange(block: IpRange, other: IpRange): boolean;
/** An address in its usual spelling. */
export declare function formatAddress(family: 4 | 6, value: bigint): string;
