import { createHash } from 'node:crypto';
import { Source } from '../../../core/source.ts';
import type { MappingEntry, Value } from '../../../core/value.ts';
import { alignText } from '../../../parse/align.ts';
import type { Node } from '../../../parse/node.ts';
import { parseText } from '../../../parse/yaml.ts';
import { listValue, mapValue } from '../values/build.ts';
import { jsonTextOf, structureOf } from '../values/json-text.ts';
import { placeInScalar } from '../values/text.ts';
import { asTextValue, type Call, type FunctionTable, refused, textArgument, textResult, type TerraformFunction } from './function.ts';

/** Functions that encode and decode. Encoded JSON stays the structure it is: so a part-known policy stays part-known. */
export const ENCODING_FUNCTIONS: FunctionTable = new Map<string, TerraformFunction>([
  ['jsonencode', ([value], call) => (value === undefined ? undefined : jsonEncode(value, call))],
  ['jsondecode', ([value], call) => (value === undefined ? undefined : jsonDecode(value, call))],
  ['yamlencode', ([value]) => value],
  ['yamldecode', yamlDecode],
  ['csvdecode', csvDecode],
  ['base64encode', base64Encode],
  ['base64decode', base64Decode],
  ['urlencode', (args, call) => onText(args, call, encodeURIComponent)],
  ['md5', hash('md5')],
  ['sha1', hash('sha1')],
  ['sha256', hash('sha256')],
  ['sha512', hash('sha512')],
  ['base64sha256', hash('sha256', 'base64')],
  ['base64sha512', hash('sha512', 'base64')],
]);

function jsonEncode(value: Value, call: Call): Value {
  if (value.kind !== 'scalar') return value;
  return value.type === 'string' ? textResult(JSON.stringify(value.text), call) : { ...value, type: 'string' };
}

function jsonDecode(value: Value, call: Call): Value | undefined {
  if (value.kind === 'map' || value.kind === 'list') return value;
  const structure = structureOf(value);
  if (structure !== undefined) return structure;
  return value.kind === 'scalar' ? refused(call, 'the text is no JSON') : undefined;
}

function yamlDecode([value]: readonly Value[], call: Call): Value | undefined {
  if (value?.kind === 'map' || value?.kind === 'list') return value;
  if (value?.kind !== 'scalar') return undefined;
  const { root, problems } = parseText(new Source('', value.text));
  if (root === undefined || problems.some((problem) => problem.code === 'unreadable-input')) return refused(call, 'the text is no YAML');
  const place = (start: number, end: number): { source: Source; start: number; end: number } => ({ source: value.origin.source, start: placeInScalar(value, start), end: placeInScalar(value, end) });
  return yamlValue(root, place, { left: 100_000 });
}

function yamlValue(node: Node, place: (start: number, end: number) => Value['origin'], budget: { left: number }): Value {
  const origin = place(node.start, node.end);
  budget.left -= 1;
  if (budget.left < 0) return { kind: 'unknown', reason: 'bound-reached', name: 'YAML', origin, shape: 'any' };
  switch (node.kind) {
    case 'sequence':
      return listValue(node.items.map((item) => yamlValue(item, place, budget)), origin);
    case 'mapping': {
      const entries = node.entries.map(({ key, value }): MappingEntry => ({ key: key.text, keyOrigin: place(key.start, key.end), value: yamlValue(value, place, budget) }));
      return mapValue(entries, origin);
    }
    case 'scalar': {
      if (node.style !== 'plain') {
        const align = alignText(node);
        return { kind: 'scalar', text: node.text, type: 'string', origin, place: (offset) => place(align(offset), align(offset)).start };
      }
      if (node.text === '' || node.text === '~' || node.text === 'null') return { kind: 'absent', origin };
      const type = /^(true|false)$/.test(node.text) ? 'boolean' : /^-?\d+(\.\d+)?$/.test(node.text) ? 'number' : 'string';
      return { kind: 'scalar', text: node.text, type, origin };
    }
  }
}

function csvDecode(args: readonly Value[], call: Call): Value | undefined {
  const text = textArgument(args, 0);
  if (text === undefined || text.includes('"')) return undefined;
  const [head, ...rows] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const names = head?.split(',') ?? [];
  const items = rows.slice(0, 10_000).map((row) => {
    const cells = row.split(',');
    return mapValue(names.map((key, index) => ({ key, keyOrigin: call.origin, value: textResult(cells[index] ?? '', call) })), call.origin);
  });
  return listValue(items, call.origin);
}

function onText(args: readonly Value[], call: Call, change: (text: string) => string): Value | undefined {
  const value = args[0] === undefined ? undefined : asTextValue(args[0]);
  return value?.kind === 'scalar' ? textResult(change(value.text), call) : undefined;
}

function base64Encode(args: readonly Value[], call: Call): Value | undefined {
  return onText(args, call, (text) => Buffer.from(text, 'utf8').toString('base64'));
}

function base64Decode(args: readonly Value[], call: Call): Value | undefined {
  return onText(args, call, (text) => Buffer.from(text, 'base64').toString('utf8'));
}

function hash(algorithm: string, encoding: 'hex' | 'base64' = 'hex'): TerraformFunction {
  return ([value], call) => {
    const text = value === undefined ? undefined : value.kind === 'map' || value.kind === 'list' ? jsonTextOf(value) : value;
    return text?.kind === 'scalar' ? textResult(createHash(algorithm).update(text.text).digest(encoding), call) : undefined;
  };
}
