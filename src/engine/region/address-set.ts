import { type IpRange, formatAddress } from '../../iam/condition/ip.ts';

/** Addresses of both families as disjoint ranges in ascending order. */
export type AddressSet = readonly IpRange[];

const LIMITS = { 4: (1n << 32n) - 1n, 6: (1n << 128n) - 1n } as const;

export const ALL_ADDRESSES: AddressSet = [
  { family: 4, low: 0n, high: LIMITS[4] },
  { family: 6, low: 0n, high: LIMITS[6] },
];

export function intersectAddresses(left: AddressSet, right: AddressSet): AddressSet {
  const result: IpRange[] = [];
  for (const a of left) {
    for (const b of right) {
      if (a.family !== b.family) continue;
      const low = a.low > b.low ? a.low : b.low;
      const high = a.high < b.high ? a.high : b.high;
      if (low <= high) result.push({ family: a.family, low, high });
    }
  }
  return result;
}

export function complementAddresses(set: AddressSet): AddressSet {
  let rest = ALL_ADDRESSES;
  for (const range of set) {
    const outside = ALL_ADDRESSES.flatMap((all): AddressSet => {
      if (all.family !== range.family) return [all];
      const before: AddressSet = range.low > 0n ? [{ family: all.family, low: 0n, high: range.low - 1n }] : [];
      return range.high < all.high ? [...before, { family: all.family, low: range.high + 1n, high: all.high }] : before;
    });
    rest = intersectAddresses(rest, outside);
  }
  return rest;
}

export function uniteAddresses(left: AddressSet, right: AddressSet): AddressSet {
  return complementAddresses(intersectAddresses(complementAddresses(left), complementAddresses(right)));
}

/** The last address of the first range: seldom a network's own address. */
export function sampleAddress(set: AddressSet): string | undefined {
  const [first] = set;
  return first === undefined ? undefined : formatAddress(first.family, first.high);
}

/** How many IPv4 addresses the set holds. */
export function countV4(set: AddressSet): bigint {
  return set.reduce((count, range) => (range.family === 4 ? count + range.high - range.low + 1n : count), 0n);
}
