import type { Value } from '../../../core/value.ts';
import { knownNumber, listValue, numberValue } from '../values/build.ts';
import { type Call, type FunctionTable, textArgument, textResult, type TerraformFunction } from './function.ts';

/** Functions of numbers and of IPv4 networks. */
export const NUMBER_FUNCTIONS: FunctionTable = new Map<string, TerraformFunction>([
  ['abs', onNumber(Math.abs)],
  ['ceil', onNumber(Math.ceil)],
  ['floor', onNumber(Math.floor)],
  ['signum', onNumber(Math.sign)],
  ['log', (args, call) => onTwo(args, call, (value, base) => Math.log(value) / Math.log(base))],
  ['pow', (args, call) => onTwo(args, call, Math.pow)],
  ['max', (args, call) => onAll(args, call, (numbers) => Math.max(...numbers))],
  ['min', (args, call) => onAll(args, call, (numbers) => Math.min(...numbers))],
  ['parseint', parseInteger],
  ['cidrsubnet', cidrSubnet],
  ['cidrsubnets', cidrSubnets],
  ['cidrhost', cidrHost],
  ['cidrnetmask', cidrNetmask],
]);

function onNumber(change: (value: number) => number): TerraformFunction {
  return ([value], call) => {
    const number = knownNumber(value);
    return number === undefined ? undefined : numberValue(change(number), call.origin);
  };
}

function onTwo(args: readonly Value[], call: Call, change: (left: number, right: number) => number): Value | undefined {
  const left = knownNumber(args[0]);
  const right = knownNumber(args[1]);
  const result = left === undefined || right === undefined ? Number.NaN : change(left, right);
  return Number.isFinite(result) ? numberValue(result, call.origin) : undefined;
}

function onAll(args: readonly Value[], call: Call, change: (numbers: readonly number[]) => number): Value | undefined {
  const numbers: number[] = [];
  for (const arg of args.slice(0, 10_000)) {
    const number = knownNumber(arg);
    if (number === undefined) return undefined;
    numbers.push(number);
  }
  return numbers.length === 0 ? undefined : numberValue(change(numbers), call.origin);
}

function parseInteger(args: readonly Value[], call: Call): Value | undefined {
  const text = textArgument(args, 0);
  const base = knownNumber(args[1]);
  const result = text === undefined || base === undefined || base < 2 || base > 36 ? Number.NaN : Number.parseInt(text, base);
  return Number.isNaN(result) ? undefined : numberValue(result, call.origin);
}

interface Network {
  readonly address: number;
  readonly length: number;
}

function readNetwork(text: string | undefined): Network | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text ?? '');
  if (match === null) return undefined;
  const address = match.slice(1, 5).reduce((sum, part) => sum * 256 + Number(part), 0);
  const length = Number(match[5]);
  return length > 32 ? undefined : { address: address - (address % 2 ** (32 - length)), length };
}

function addressText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

function subnet(network: Network, bits: number, number: number): Network | undefined {
  const length = network.length + bits;
  return length > 32 || number < 0 || number >= 2 ** bits ? undefined : { address: network.address + number * 2 ** (32 - length), length };
}

function cidrSubnet(args: readonly Value[], call: Call): Value | undefined {
  const network = readNetwork(textArgument(args, 0));
  const bits = knownNumber(args[1]);
  const number = knownNumber(args[2]);
  const found = network === undefined || bits === undefined || number === undefined ? undefined : subnet(network, bits, number);
  return found === undefined ? undefined : textResult(`${addressText(found.address)}/${found.length}`, call);
}

function cidrSubnets(args: readonly Value[], call: Call): Value | undefined {
  const network = readNetwork(textArgument(args, 0));
  if (network === undefined) return undefined;
  const items: Value[] = [];
  let next = network.address;
  for (const arg of args.slice(1, 300)) {
    const bits = knownNumber(arg);
    if (bits === undefined || network.length + bits > 32) return undefined;
    const size = 2 ** (32 - network.length - bits);
    const start = Math.ceil(next / size) * size;
    items.push(textResult(`${addressText(start)}/${network.length + bits}`, call));
    next = start + size;
  }
  return listValue(items, call.origin);
}

function cidrHost(args: readonly Value[], call: Call): Value | undefined {
  const network = readNetwork(textArgument(args, 0));
  const number = knownNumber(args[1]);
  if (network === undefined || number === undefined) return undefined;
  const offset = number < 0 ? 2 ** (32 - network.length) + number : number;
  return textResult(addressText(network.address + offset), call);
}

function cidrNetmask(args: readonly Value[], call: Call): Value | undefined {
  const network = readNetwork(textArgument(args, 0));
  return network === undefined ? undefined : textResult(addressText(2 ** 32 - 2 ** (32 - network.length)), call);
}
