import { both, type Guard } from '../../../core/guard.ts';
import type { Origin } from '../../../core/source.ts';
import type { List, Mapping, MappingEntry, Value } from '../../../core/value.ts';
import { type Attribute, attributeOf, type Block, type Body } from '../syntax/ast.ts';
import { listValue, mapValue } from '../values/build.ts';
import { optionsOf } from '../values/choice.ts';
import { lazyEntry } from '../values/entries.ts';
import { boundReached, spend } from './budget.ts';
import type { Frame } from './interpreter.ts';
import { guarded, turnsOf } from './loop.ts';

/** Arguments that steer Terraform and are no properties of a resource. */
const META: ReadonlySet<string> = new Set(['count', 'for_each', 'depends_on', 'provider', 'lifecycle', 'provisioner', 'connection']);
const NONE: ReadonlySet<string> = new Set();

/**
 * A block's body as a mapping, as plans show it: arguments by name, nested blocks as lists of mappings. Entries are evaluated
 * when they are first asked for. `finish` is applied to each.
 */
export function bodyValue(body: Body, frame: Frame, origin: Origin, finish: (value: Value) => Value = unchanged): Mapping {
  return mappingOf(body, frame, origin, finish, META);
}

function mappingOf(body: Body, frame: Frame, origin: Origin, finish: (value: Value) => Value, left: ReadonlySet<string>): Mapping {
  const entries: MappingEntry[] = [];
  for (const attribute of body.attributes) {
    if (!left.has(attribute.name)) entries.push(attributeEntry(attribute, frame, finish));
  }
  for (const [type, first] of nestedTypes(body, left)) entries.push(lazyEntry(type, first, () => finish(blockListValue(body, type, frame, first))));
  return mapValue(entries, origin);
}

function unchanged(value: Value): Value {
  return value;
}

function attributeEntry(attribute: Attribute, frame: Frame, finish: (value: Value) => Value): MappingEntry {
  return lazyEntry(attribute.name, attribute.origin, () => finish(frame.interpreter.evaluate(attribute.value, frame)));
}

/** The types of nested blocks with the first place of each. */
function nestedTypes(body: Body, left: ReadonlySet<string>): ReadonlyMap<string, Origin> {
  const types = new Map<string, Origin>();
  for (const block of body.blocks) {
    const type = block.type === 'dynamic' ? block.labels[0]?.text : block.type;
    if (type !== undefined && !left.has(type) && !types.has(type)) types.set(type, block.origin);
  }
  return types;
}

/** All blocks of a type in a body, `dynamic` ones expanded, in the order in which they are written. */
export function blockListValue(body: Body, type: string, frame: Frame, origin: Origin): List {
  const items: Value[] = [];
  let open = false;
  for (const block of body.blocks) {
    const isDynamic = block.type === 'dynamic' && block.labels[0]?.text === type;
    if (block.type !== type && !isDynamic) continue;
    if (!isDynamic) items.push(mappingOf(block.body, frame, block.extent, unchanged, NONE));
    else {
      const made = expandDynamic(block, type, frame);
      open ||= made.open;
      items.push(...made.items);
    }
  }
  return listValue(items, origin, open);
}

interface Made {
  readonly items: readonly Value[];
  readonly open: boolean;
}

function expandDynamic(block: Block, type: string, frame: Frame): Made {
  const { interpreter } = frame;
  const forEach = attributeOf(block.body, 'for_each');
  const content = block.body.blocks.find((inner) => inner.type === 'content');
  if (forEach === undefined || content === undefined) return { items: [], open: false };
  const iterator = iteratorName(attributeOf(block.body, 'iterator'), type);
  const items: Value[] = [];
  let open = false;
  for (const option of optionsOf(interpreter.evaluate(forEach.value, frame))) {
    const { turns, open: isOpen } = turnsOf(option.value, interpreter, forEach.extent);
    open ||= isOpen;
    if (!spend(interpreter, turns.length * 4, block.origin)) return { items: [...items, boundReached(block.origin)], open: true };
    const isSet = option.value.kind === 'list';
    for (const turn of turns) {
      const when = both(option.when, turn.when);
      if (when === undefined) continue;
      const value = iteratorValue(isSet && turn.value.kind === 'scalar' ? turn.value : turn.key, turn.value, block.origin);
      items.push(contentValue(content, { ...frame, names: { name: iterator, value, outer: frame.names } }, when));
    }
  }
  return { items, open };
}

function contentValue(content: Block, frame: Frame, when: Guard): Value {
  return guarded(mappingOf(content.body, frame, content.extent, unchanged, NONE), when);
}

function iteratorName(attribute: Attribute | undefined, type: string): string {
  const value = attribute?.value;
  if (value?.kind === 'variable') return value.name;
  return value?.kind === 'literal' ? value.text : type;
}

function iteratorValue(key: Value, value: Value, origin: Origin): Mapping {
  return mapValue(
    [
      { key: 'key', keyOrigin: origin, value: key },
      { key: 'value', keyOrigin: origin, value },
    ],
    origin,
  );
}
