import type { Origin } from '../../core/source.ts';
import { child, childText, type MappingNode, type Node, type NodeEntry } from '../../parse/node.ts';
import type { RawResource, Sections, TemplateContext } from './context.ts';
import { unroll } from './foreach.ts';
import { includedEntries } from './include.ts';
import { loopName } from './loop-names.ts';

/** Sections to be filled by `readSections` and `readResources`. */
export function emptySections(): Sections {
  return { parameters: new Map(), mappings: new Map(), conditions: new Map(), resources: new Map(), aliases: new Map() };
}

/**
 * Reads the sections that functions look names up in, files that `AWS::Include` names taken in and loops unrolled.
 * Yields `unsupported-construct` for a section that is no mapping. Of doubled names the last one counts.
 */
export function readSections(root: MappingNode, context: TemplateContext): void {
  const { parameters, mappings, conditions } = context.stack.sections;
  for (const { key, value } of sectionEntries(root, 'Parameters', context)) parameters.set(key.text, value);
  for (const { key, value } of sectionEntries(root, 'Mappings', context)) mappings.set(key.text, value);
  for (const turn of unroll(sectionEntries(root, 'Conditions', context), context)) conditions.set(turn.key, { node: turn.body, loops: turn.context.loops });
}

/** The written resources, loops unrolled, in the order of the template. */
export function readResources(root: MappingNode, context: TemplateContext): readonly RawResource[] {
  const resources = new Map<string, RawResource>();
  for (const turn of unroll(sectionEntries(root, 'Resources', context), context)) {
    const body = includeInBody(turn.body, turn.context);
    const type = childText(body, 'Type');
    if (type === undefined) {
      context.stack.report({ code: 'unsupported-construct', message: `resource \`${turn.key.slice(0, 80)}\` has no type; it is not read`, origin: turn.keyOrigin });
      continue;
    }
    resources.delete(turn.key);
    resources.set(turn.key, { logicalId: turn.key, type: loopName(type, turn.context.loops).trim(), origin: keyPlace(turn.keyOrigin), body, context: turn.context });
  }
  return [...resources.values()];
}

/** The entries of a section, included files taken in; none when it is missing or no mapping. */
export function sectionEntries(root: MappingNode, name: string, context: TemplateContext): readonly NodeEntry[] {
  const entries: NodeEntry[] = [];
  for (const { key, value } of root.entries) {
    if (key.text !== name) continue;
    if (value.kind === 'mapping') entries.push(...entriesWithin(value, name, context));
    else if (value.kind !== 'scalar' || value.text !== '') context.stack.report({ code: 'unsupported-construct', message: `\`${name}\` must be a mapping`, origin: value });
  }
  return entries;
}

function entriesWithin(node: MappingNode, name: string, context: TemplateContext): readonly NodeEntry[] {
  if (!node.entries.some((entry) => entry.key.text === 'Fn::Transform')) return node.entries;
  const included = includedEntries(node, context);
  if (included.kind === 'entries') return included.entries;
  context.stack.report({ code: 'unsupported-construct', message: `a macro adds to \`${name}\` when it is deployed; what it makes is not judged`, origin: included.value.origin });
  return node.entries.filter((entry) => entry.key.text !== 'Fn::Transform');
}

/** A resource's body with the file that an `Fn::Transform` beside its `Type` takes in. */
function includeInBody(body: Node, context: TemplateContext): Node {
  if (body.kind !== 'mapping' || child(body, 'Fn::Transform') === undefined) return body;
  return { ...body, entries: entriesWithin(body, 'a resource', context) };
}

/** Template-level includes: `Transform: {Name: AWS::Include, …}`, in a list of transforms or as `Fn::Transform`. */
export function includeSections(root: MappingNode, context: TemplateContext): MappingNode {
  const calls = root.entries.flatMap(({ key, value }) => (key.text === 'Fn::Transform' || key.text === 'Transform' ? (value.kind === 'sequence' ? value.items : [value]) : []).filter((call) => call.kind === 'mapping' && childText(call, 'Name') === 'AWS::Include'));
  let entries = root.entries;
  for (const call of calls) {
    const transform = root.entries.find((entry) => entry.key.text === 'Transform' || entry.key.text === 'Fn::Transform');
    if (transform === undefined) continue;
    const included = includedEntries({ ...root, entries: [{ key: { ...transform.key, text: 'Fn::Transform' }, value: call }] }, context);
    if (included.kind === 'entries') entries = [...entries, ...included.entries];
  }
  return entries === root.entries ? root : { ...root, entries };
}

function keyPlace(origin: Origin): Origin {
  return { source: origin.source, start: origin.start, end: origin.end };
}
