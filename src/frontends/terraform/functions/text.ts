import type { Scalar, Value } from '../../../core/value.ts';
import { booleanValue, isOpen, knownNumber, listValue, mapValue } from '../values/build.ts';
import { concatValues, respell, sliceScalar } from '../values/text.ts';
import { asTextValue, type Call, changeText, type FunctionTable, refused, textArgument, textResult, type TerraformFunction, unknownResult } from './function.ts';
import { safePattern } from './pattern.ts';

/** Functions of text. */
export const TEXT_FUNCTIONS: FunctionTable = new Map<string, TerraformFunction>([
  ['lower', spelled((text) => text.toLowerCase())],
  ['upper', spelled((text) => text.toUpperCase())],
  ['title', spelled((text) => text.replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase()))],
  ['strrev', (args, call) => onKnown(args, call, (text) => [...text].reverse().join(''))],
  ['trimspace', trimming((text) => [text.length - text.trimStart().length, text.trimEnd().length])],
  ['chomp', trimming((text) => [0, text.replace(/(\r?\n)+$/, '').length])],
  ['trim', (args, call) => trimSet(args, call, true, true)],
  ['trimprefix', trimPrefix],
  ['trimsuffix', trimSuffix],
  ['replace', replace],
  ['split', split],
  ['join', join],
  ['substr', substr],
  ['indent', (args) => args[1]],
  ['startswith', (args, call) => testText(args, call, (text, part) => text.startsWith(part), 'first')],
  ['endswith', (args, call) => testText(args, call, (text, part) => text.endsWith(part), 'last')],
  ['strcontains', (args, call) => testText(args, call, (text, part) => text.includes(part), 'any')],
  ['regex', regex],
  ['regexall', regexAll],
]);

function spelled(change: (text: string) => string): TerraformFunction {
  return (args, call) => (args[0] === undefined ? undefined : changeText(asTextValue(args[0]), call, [], (scalar) => respell(scalar, change(scalar.text))));
}

function onKnown(args: readonly Value[], call: Call, change: (text: string) => string): Value | undefined {
  const text = textArgument(args, 0);
  return text === undefined ? undefined : textResult(change(text), call);
}

/** Trimming cuts known text at both ends; a hole at an end stays as it is. */
function trimming(bounds: (text: string) => readonly [number, number]): TerraformFunction {
  return ([given]) => {
    if (given === undefined) return undefined;
    const value = asTextValue(given);
    if (value.kind === 'scalar') return sliceScalar(value, ...orderedBounds(bounds(value.text)));
    if (value.kind !== 'concat') return value;
    const parts = value.parts.map((part, index) => {
      if (part.kind !== 'scalar') return part;
      const [from, to] = bounds(part.text);
      return sliceScalar(part, index === 0 ? from : 0, index === value.parts.length - 1 ? Math.max(to, index === 0 ? from : 0) : part.text.length);
    });
    return { ...value, parts };
  };
}

function orderedBounds([from, to]: readonly [number, number]): [number, number] {
  return [from, Math.max(from, to)];
}

function trimSet(args: readonly Value[], call: Call, front: boolean, back: boolean): Value | undefined {
  const set = new Set(textArgument(args, 1) ?? '');
  return trimming((text) => {
    let from = 0;
    let to = text.length;
    while (front && from < to && set.has(text[from] ?? '')) from += 1;
    while (back && to > from && set.has(text[to - 1] ?? '')) to -= 1;
    return [from, to];
  })(args, call);
}

function trimPrefix(args: readonly Value[], call: Call): Value | undefined {
  const [given, prefix] = args;
  const known = textArgument(args, 1);
  const value = given === undefined ? undefined : asTextValue(given);
  if (value === undefined || known === undefined) return undefined;
  if (value.kind === 'scalar') return value.text.startsWith(known) ? sliceScalar(value, known.length, value.text.length) : value;
  const first = value.kind === 'concat' ? value.parts[0] : value;
  if (first?.kind === 'scalar' && value.kind === 'concat') {
    return first.text.startsWith(known) ? concatValues([sliceScalar(first, known.length, first.text.length), ...value.parts.slice(1)], value.origin) : value;
  }
  if (first === undefined || prefix === undefined) return undefined;
  const cut = unknownResult(call, [first, prefix], 'text');
  return value.kind === 'concat' ? { ...value, parts: [cut, ...value.parts.slice(1)] } : cut;
}

function trimSuffix(args: readonly Value[], call: Call): Value | undefined {
  const [given, suffix] = args;
  const known = textArgument(args, 1);
  const value = given === undefined ? undefined : asTextValue(given);
  if (value === undefined || known === undefined) return undefined;
  if (value.kind === 'scalar') return value.text.endsWith(known) ? sliceScalar(value, 0, value.text.length - known.length) : value;
  const last = value.kind === 'concat' ? value.parts.at(-1) : value;
  if (last?.kind === 'scalar' && value.kind === 'concat') {
    return last.text.endsWith(known) ? concatValues([...value.parts.slice(0, -1), sliceScalar(last, 0, last.text.length - known.length)], value.origin) : value;
  }
  if (last === undefined || suffix === undefined) return undefined;
  const cut = unknownResult(call, [last, suffix], 'text');
  return value.kind === 'concat' ? { ...value, parts: [...value.parts.slice(0, -1), cut] } : cut;
}

/** Text between slashes is a regular expression. */
function replace(args: readonly Value[], call: Call): Value | undefined {
  const [given] = args;
  const search = textArgument(args, 1);
  const replacement = textArgument(args, 2);
  if (given === undefined || search === undefined || replacement === undefined) return undefined;
  const isPattern = search.length > 1 && search.startsWith('/') && search.endsWith('/');
  let refusedPattern = false;
  const changed = changeText(asTextValue(given), call, args.slice(1), (scalar) => {
    if (!isPattern) return replaceText(scalar, search, replacement);
    const pattern = safePattern(search.slice(1, -1), scalar.text.length, 'gu');
    if (pattern !== undefined) return respell(scalar, scalar.text.replace(pattern, replacement.replace(/\$\{(\w+)\}/g, (_whole, name: string) => (/^\d+$/.test(name) ? `$${name}` : `$<${name}>`))));
    refusedPattern = true;
    return scalar;
  });
  return refusedPattern ? undefined : changed;
}

/** Keeps the places of what is not replaced. */
function replaceText(scalar: Scalar, search: string, replacement: string): Value {
  if (search === '' || !scalar.text.includes(search)) return scalar;
  const parts: Value[] = [];
  let from = 0;
  for (let at = scalar.text.indexOf(search); at !== -1; at = scalar.text.indexOf(search, from)) {
    if (at > from) parts.push(sliceScalar(scalar, from, at));
    const replaced = sliceScalar(scalar, at, at + search.length);
    if (replacement !== '') parts.push({ kind: 'scalar', text: replacement, type: 'string', origin: replaced.origin, place: () => replaced.origin.start });
    from = at + search.length;
    if (parts.length > 10_000) return scalar;
  }
  if (from < scalar.text.length) parts.push(sliceScalar(scalar, from, scalar.text.length));
  return concatValues(parts, scalar.origin);
}

/** A text with holes is split too, when no hole can hold the separator. */
function split(args: readonly Value[], call: Call): Value | undefined {
  const separator = textArgument(args, 0);
  const [, given] = args;
  if (separator === undefined || given === undefined) return undefined;
  const value = asTextValue(given);
  if (value.kind === 'scalar') return listValue(splitScalar(value, separator), call.origin);
  const parts = value.kind === 'concat' ? value.parts : [];
  const safe = parts.every((part) => part.kind === 'scalar' || (part.kind === 'unknown' && part.shape === 'atom' && /[:/,]/.test(separator)));
  if (parts.length === 0 || !safe) return undefined;
  const pieces: Value[][] = [[]];
  for (const part of parts) {
    const split = part.kind === 'scalar' ? splitScalar(part, separator) : [part];
    for (const [index, piece] of split.entries()) {
      if (index > 0) pieces.push([]);
      pieces.at(-1)?.push(piece);
    }
  }
  return listValue(
    pieces.map((piece) => concatValues(piece, call.origin)),
    call.origin,
  );
}

function splitScalar(scalar: Scalar, separator: string): readonly Value[] {
  if (scalar.text === '' || separator === '') return separator === '' ? [...scalar.text].map((_char, index) => sliceScalar(scalar, index, index + 1)) : [scalar];
  const pieces: Value[] = [];
  let from = 0;
  for (let at = scalar.text.indexOf(separator); at !== -1; at = scalar.text.indexOf(separator, from)) {
    pieces.push(sliceScalar(scalar, from, at));
    from = at + separator.length;
  }
  pieces.push(sliceScalar(scalar, from, scalar.text.length));
  return pieces;
}

function join(args: readonly Value[], call: Call): Value | undefined {
  const separator = textArgument(args, 0);
  if (separator === undefined) return undefined;
  const parts: Value[] = [];
  for (const list of args.slice(1)) {
    if (list.kind !== 'list') {
      if (list.kind === 'absent') continue;
      return unknownResult(call, args, 'text');
    }
    for (const item of list.items) {
      if (item.kind === 'absent') continue;
      if (parts.length > 0) parts.push(textResult(separator, call));
      parts.push(asTextValue(item));
    }
    if (isOpen(list)) parts.push(unknownResult(call, args, 'text'));
  }
  return concatValues(parts, call.origin);
}

function substr(args: readonly Value[]): Value | undefined {
  const [value] = args;
  const offset = knownNumber(args[1]);
  const length = knownNumber(args[2]);
  if (value?.kind !== 'scalar' || offset === undefined || length === undefined) return undefined;
  const from = Math.max(0, offset < 0 ? value.text.length + offset : offset);
  return sliceScalar(value, Math.min(from, value.text.length), length < 0 ? value.text.length : Math.min(value.text.length, from + length));
}

/** A known end of a text with holes can answer the question too. */
function testText(args: readonly Value[], call: Call, test: (text: string, part: string) => boolean, where: 'first' | 'last' | 'any'): Value | undefined {
  const [given] = args;
  const part = textArgument(args, 1);
  const value = given === undefined ? undefined : asTextValue(given);
  if (part === undefined || value === undefined) return undefined;
  if (value.kind === 'scalar') return booleanValue(test(value.text, part), call.origin);
  if (value.kind !== 'concat') return undefined;
  const known = where === 'first' ? value.parts[0] : where === 'last' ? value.parts.at(-1) : value.parts.find((one) => one.kind === 'scalar' && one.text.includes(part));
  if (known?.kind !== 'scalar') return undefined;
  if (test(known.text, part)) return booleanValue(true, call.origin);
  return where !== 'any' && known.text.length >= part.length ? booleanValue(false, call.origin) : undefined;
}

function regex(args: readonly Value[], call: Call): Value | undefined {
  const pattern = textArgument(args, 0);
  const [, value] = args;
  if (pattern === undefined || value?.kind !== 'scalar') return undefined;
  const match = safePattern(pattern, value.text.length)?.exec(value.text);
  if (match === undefined) return undefined;
  return match === null ? refused(call, 'the pattern does not match') : matched(match, call);
}

function regexAll(args: readonly Value[], call: Call): Value | undefined {
  const pattern = textArgument(args, 0);
  const [, value] = args;
  if (pattern === undefined || value?.kind !== 'scalar') return undefined;
  const compiled = safePattern(pattern, value.text.length, 'gu');
  if (compiled === undefined) return undefined;
  return listValue([...value.text.matchAll(compiled)].slice(0, 1000).map((match) => matched(match, call)), call.origin);
}

/** The whole match; with groups a list of them, with named groups a mapping. */
function matched(match: RegExpExecArray, call: Call): Value {
  const text = (found: string | undefined): Value => textResult(found ?? '', call);
  if (match.groups !== undefined) {
    const entries = Object.entries(match.groups).map(([key, found]) => ({ key, keyOrigin: call.origin, value: text(found) }));
    return mapValue(entries, call.origin);
  }
  return match.length === 1 ? text(match[0]) : listValue(match.slice(1).map(text), call.origin);
}
