import { knownText, textValue, type Value } from '../../core/value.ts';
import type { Node } from '../../parse/node.ts';
import { resolve, type TemplateContext, unknownHere } from './context.ts';

/** CloudFormation gives at most 256 blocks. */
const MAX_BLOCKS = 256;

/**
 * `Fn::Cidr: [block, count, bits]`: the first `count` blocks of `bits` host bits within an IPv4 or IPv6 block.
 * Source: CloudFormation User Guide, Fn::Cidr.
 */
export function cidr(argument: Node, context: TemplateContext, at: Node): Value {
  const [blockNode, countNode, bitsNode] = argument.kind === 'sequence' ? argument.items : [];
  const given = blockNode === undefined ? undefined : resolve(blockNode, context);
  const block = readBlock(knownText(given) ?? '');
  const count = numberOf(countNode, context, Number.NaN);
  const bits = numberOf(bitsNode, context, 8);
  if (block === undefined || !(count >= 1 && count <= MAX_BLOCKS) || !(bits >= 0 && bits <= block.width)) {
    return unknownHere(given?.kind === 'unknown' ? given.reason : 'unsupported-function', `Fn::Cidr at ${at.start}`, at, context);
  }
  const items = Array.from({ length: count }, (_, index) => {
    const address = block.base + (BigInt(index) << BigInt(bits));
    return textValue(`${block.width === 32 ? formatV4(address) : formatV6(address)}/${block.width - bits}`, at);
  });
  return { kind: 'list', items, origin: at };
}

function numberOf(node: Node | undefined, context: TemplateContext, absent: number): number {
  if (node === undefined) return absent;
  const text = knownText(resolve(node, context));
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
}

interface Block {
  readonly base: bigint;
  readonly width: 32 | 128;
}

function readBlock(text: string): Block | undefined {
  const slash = text.indexOf('/');
  const prefix = Number(slash === -1 ? Number.NaN : text.slice(slash + 1));
  const address = slash === -1 ? text : text.slice(0, slash);
  const width = address.includes(':') ? 128 : 32;
  const base = width === 128 ? parseV6(address) : parseV4(address);
  if (base === undefined || !Number.isInteger(prefix) || prefix < 0 || prefix > width) return undefined;
  const host = BigInt(width - prefix);
  return { base: (base >> host) << host, width };
}

function parseV4(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256)) return undefined;
  return octets.reduce((sum, octet) => (sum << 8n) + BigInt(octet), 0n);
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

function formatV4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join('.');
}

/** The shortest form of RFC 5952: the longest run of zero groups is left out. */
function formatV6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((address >> BigInt(112 - index * 16)) & 0xffffn).toString(16));
  const runs = [...groups.join(':').matchAll(/(^|:)0(:0)+(?=:|$)/g)].sort((left, right) => right[0].length - left[0].length);
  const longest = runs[0];
  if (longest === undefined) return groups.join(':');
  const text = groups.join(':');
  const head = text.slice(0, longest.index);
  const tail = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${head}::${tail}`;
}
