import { containsRange, type IpRange, parseIpRange } from '../../iam/condition/ip.ts';
import { hasHole } from '../../iam/token.ts';

/** A range with its prefix length and the address as written. */
export interface WrittenRange {
  readonly range: IpRange;
  readonly prefix: number;
  /** Bits are set behind the prefix, so that the address is not the network's own. */
  readonly hostBits: boolean;
}

/** Reads `10.0.0.0/8`, `::/0` or a bare address; `undefined` when it is none. */
export function readRange(text: string): WrittenRange | undefined {
  const range = parseIpRange(text.trim());
  if (range === undefined) return undefined;
  const [address = '', length] = text.trim().split('/');
  const written = parseIpRange(address);
  const prefix = length === undefined ? (range.family === 4 ? 32 : 128) : Number(length);
  return { range, prefix, hostBits: written !== undefined && written.low !== range.low };
}

/**
 * Is a range so wide that it is no restriction: broader than /8 (IPv4) or /32 (IPv6)?
 * Source: S3 User Guide, "The meaning of 'public'". Texts with holes are taken to be someone's own network.
 */
export function isBroadNetwork(text: string): boolean {
  if (hasHole(text)) return false;
  const read = readRange(text);
  return read === undefined || read.prefix < (read.range.family === 4 ? 8 : 32);
}

/** Ranges that no request from the internet comes from: RFC 1918, RFC 6598, loopback, link-local, unique local. */
const PRIVATE: readonly IpRange[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', 'fc00::/7', 'fe80::/10', '::1/128'].flatMap((text) => parseIpRange(text) ?? []);

/** Does a range lie wholly in private address space? */
export function isPrivateRange(range: IpRange): boolean {
  return PRIVATE.some((block) => containsRange(block, range));
}

/** Do these ranges together hold every address of a family (`0.0.0.0/0`, or two halves)? */
export function coversInternet(ranges: readonly IpRange[]): boolean {
  return ([4, 6] as const).some((family) => {
    const top = (1n << (family === 4 ? 32n : 128n)) - 1n;
    let next = 0n;
    for (const range of ranges.filter((one) => one.family === family).sort((left, right) => (left.low < right.low ? -1 : left.low > right.low ? 1 : 0))) {
      if (range.low > next) break;
      if (range.high + 1n > next) next = range.high + 1n;
    }
    return next > top;
  });
}
