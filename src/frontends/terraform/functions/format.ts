import type { Value } from '../../../core/value.ts';
import { isOpen, knownNumber, listValue } from '../values/build.ts';
import { jsonTextOf } from '../values/json-text.ts';
import { concatValues } from '../values/text.ts';
import { type Call, type FunctionTable, textArgument, textResult, type TerraformFunction } from './function.ts';

/** `format` and `formatlist`. */
export const FORMAT_FUNCTIONS: FunctionTable = new Map<string, TerraformFunction>([
  ['format', format],
  ['formatlist', formatList],
]);

const VERB = /%(?:\[(\d{1,3})\])?([-+ 0#]{0,5})(\d{0,4})(?:\.(\d{1,3}))?([a-zA-Z%])/g;

function format(args: readonly Value[], call: Call): Value | undefined {
  const pattern = textArgument(args, 0);
  if (pattern === undefined) return undefined;
  const parts: Value[] = [];
  let next = 1;
  let from = 0;
  for (const verb of pattern.matchAll(VERB)) {
    if (verb.index > from) parts.push(textResult(pattern.slice(from, verb.index), call));
    from = verb.index + verb[0].length;
    if (verb[5] === '%') {
      parts.push(textResult('%', call));
      continue;
    }
    if (verb[1] !== undefined) next = Number(verb[1]);
    const value = args[next];
    next += 1;
    if (value !== undefined) parts.push(formatted(value, { verb: verb[5] ?? 's', flags: verb[2] ?? '', width: Number(verb[3] ?? 0), precision: verb[4] }, call));
  }
  if (from < pattern.length) parts.push(textResult(pattern.slice(from), call));
  return concatValues(parts, call.origin);
}

interface Verb {
  readonly verb: string;
  readonly flags: string;
  readonly width: number;
  readonly precision: string | undefined;
}

function formatted(value: Value, { verb, flags, width, precision }: Verb, call: Call): Value {
  if (verb === 'v' && (value.kind === 'list' || value.kind === 'map')) return jsonTextOf(value);
  if (verb === 'q') return value.kind === 'scalar' ? textResult(JSON.stringify(value.text), call) : concatValues([textResult('"', call), value, textResult('"', call)], call.origin);
  if (value.kind !== 'scalar') return value;
  const number = knownNumber(value);
  let text = value.text;
  if (number !== undefined && verb === 'd') text = Math.trunc(number).toString();
  else if (number !== undefined && verb === 'f') text = number.toFixed(Number(precision ?? 6));
  else if (number !== undefined && (verb === 'x' || verb === 'X')) text = Math.trunc(number).toString(16);
  else if (precision !== undefined && verb === 's') text = text.slice(0, Number(precision));
  if (text.length < width) text = flags.includes('-') ? text.padEnd(width) : text.padStart(width, flags.includes('0') ? '0' : ' ');
  return text === value.text ? { ...value, type: 'string' } : textResult(text, call);
}

/** One text for each element of the lists among the arguments; a list of unknown length gives one text that stands for all. */
function formatList(args: readonly Value[], call: Call): Value | undefined {
  const [pattern, ...rest] = args;
  if (pattern === undefined) return undefined;
  const lists = rest.filter((arg) => arg.kind === 'list');
  const open = rest.some((arg) => (arg.kind === 'list' && isOpen(arg)) || (arg.kind === 'unknown' && arg.shape === 'any'));
  const length = lists.length === 0 ? 1 : Math.max(...lists.map((list) => list.items.length));
  const items = Array.from({ length: Math.min(length, 10_000) }, (_, index) => {
    const row = rest.map((arg) => (arg.kind === 'list' ? (arg.items[index] ?? arg) : arg));
    return format([pattern, ...row], call);
  });
  return listValue(items.flatMap((item) => (item === undefined ? [] : [item])), call.origin, open);
}
