import { type IpRange } from '../../iam/condition/ip.js';
/** Addresses of both families as disjoint ranges in ascending order. */
export type AddressSet = readonly IpRange[];
export declare const ALL_ADDRESSES: AddressSet;
export declare function intersectAddresses(left: AddressSet, right: AddressSet): AddressSet;
export declare function complementAddresses(set: AddressSet): AddressSet;
export declare function uniteAddresses(left: AddressSet, right: AddressSet): AddressSet;
/** The last address of the first range: seldom a network's own address. */
export declare function sampleAddress(set: AddressSet): string | undefined;
/** How many IPv4 addresses the set holds. */
export declare function countV4(set: AddressSet): bigint;
