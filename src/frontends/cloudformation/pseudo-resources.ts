import type { Origin } from '../../core/source.ts';
import type { Value } from '../../core/value.ts';
import { child, type MappingNode, type Node } from '../../parse/node.ts';
import type { Output, Resource } from '../frontend.ts';
import { resolve, type TemplateContext } from './context.ts';
import { sectionEntries } from './sections.ts';

/** Metadata that tools write and that holds nothing of the user's. */
const TOOL_METADATA: ReadonlySet<string> = new Set(['aws:cdk:path', 'aws:asset:path', 'aws:asset:property', 'aws:asset:is-bundled', 'cfn_nag', 'cdk_nag', 'iamlint', 'checkov', 'guard', 'cfn-lint', 'AWS::CloudFormation::Designer', 'AWS::CloudFormation::Interface']);

/**
 * Parts of a template that are no resources but can hold credentials: parameters (`Default`, `Type`, `NoEcho`), outputs
 * (`Value`) and metadata, as resources of the types `cloudformation:parameter`, `cloudformation:output` and `cloudformation:metadata`.
 */
export function pseudoResources(root: MappingNode, outputs: readonly Output[], context: TemplateContext): readonly Resource[] {
  const pseudo: Resource[] = [];
  for (const { key, value } of sectionEntries(root, 'Parameters', context)) pseudo.push(pseudoResource('cloudformation:parameter', key.text, key.text, key, value, () => literal(value)));
  for (const output of outputs) {
    const properties: Value = { kind: 'map', entries: [{ key: 'Value', keyOrigin: output.origin, value: output.value }], origin: output.origin };
    pseudo.push(pseudoResource('cloudformation:output', `Outputs.${output.name}`, output.name, output.origin, output.origin, () => properties));
  }
  for (const { key, value } of sectionEntries(root, 'Metadata', context)) {
    if (!TOOL_METADATA.has(key.text)) pseudo.push(pseudoResource('cloudformation:metadata', `Metadata.${key.text}`, key.text, key, value, () => under(key.text, key, resolve(value, context))));
  }
  for (const resource of context.stack.sections.resources.values()) {
    const metadata = resource.owner === undefined ? child(resource.body, 'Metadata') : undefined;
    if (metadata?.kind !== 'mapping' || metadata.entries.every((entry) => TOOL_METADATA.has(entry.key.text))) continue;
    pseudo.push(pseudoResource('cloudformation:metadata', `${resource.logicalId}.Metadata`, resource.logicalId, resource.origin, metadata, () => resolve(metadata, resource.context)));
  }
  return pseudo;
}

function pseudoResource(type: string, address: string, displayName: string, origin: Origin, extent: Origin, properties: () => Value): Resource {
  return { type, address, displayName, properties, origin: spanOf(origin), extent: spanOf(extent) };
}

function spanOf(origin: Origin): Origin {
  return { source: origin.source, start: origin.start, end: origin.end };
}

function under(key: string, keyOrigin: Origin, value: Value): Value {
  return { kind: 'map', entries: [{ key, keyOrigin, value }], origin: value.origin };
}

/** A parameter's definition as it is written: functions are not allowed in it. */
function literal(node: Node): Value {
  if (node.kind !== 'mapping') return { kind: 'absent', origin: node };
  const entries = node.entries.flatMap(({ key, value }) => (value.kind === 'scalar' ? [{ key: key.text, keyOrigin: key, value: { kind: 'scalar' as const, text: value.text, type: 'string' as const, origin: value } }] : []));
  return { kind: 'map', entries, origin: node };
}
