import type { Source } from '../../core/source.ts';
import { child, childText, type Node } from '../../parse/node.ts';
import { parseIgnoreComments } from '../comments.ts';
import type { SuppressionMark } from '../frontend.ts';

/** `# iamlint-ignore rule: reason` comments of a template. */
export function commentSuppressions(source: Source): readonly SuppressionMark[] {
  return parseIgnoreComments(source);
}

/**
 * Suppressions in a resource's Metadata: our own `iamlint.ignore`, and those of cfn_nag, cdk-nag, Guard and checkov as they
 * are written for those tools; the catalogue maps their rule ids to ours.
 */
export function metadataSuppressions(metadata: Node | undefined, logicalId: string): readonly SuppressionMark[] {
  if (metadata?.kind !== 'mapping') return [];
  const marks: SuppressionMark[] = [];
  for (const item of itemsAt(child(child(metadata, 'iamlint'), 'ignore'))) add(marks, logicalId, item, { rule: 'rule', reason: 'reason', tool: '' });
  for (const item of itemsAt(child(child(metadata, 'cfn_nag'), 'rules_to_suppress'))) add(marks, logicalId, item, { rule: 'id', reason: 'reason', tool: 'cfn_nag:' });
  for (const item of itemsAt(child(child(metadata, 'cdk_nag'), 'rules_to_suppress'))) add(marks, logicalId, item, { rule: 'id', reason: 'reason', tool: 'cdk-nag:' });
  for (const item of itemsAt(child(child(metadata, 'checkov'), 'skip'))) add(marks, logicalId, item, { rule: 'id', reason: 'comment', tool: 'checkov:' });
  for (const item of itemsAt(child(child(metadata, 'guard'), 'SuppressedRules'))) add(marks, logicalId, item, { rule: 'id', reason: 'reason', tool: 'guard:' });
  return marks;
}

function add(marks: SuppressionMark[], logicalId: string, item: Node, names: { rule: string; reason: string; tool: string }): void {
  const rule = item.kind === 'scalar' ? item.text : (childText(item, names.rule) ?? childText(item, 'rule') ?? childText(item, 'id'));
  if (rule === undefined) return;
  const values = itemsAt(child(item, 'values')).flatMap((value) => (value.kind === 'scalar' ? [value.text] : []));
  marks.push({
    rules: [`${names.tool}${rule}`],
    reason: childText(item, names.reason),
    until: childText(item, 'until'),
    values: values.length === 0 ? undefined : values,
    origin: item,
    covers: { kind: 'resource', address: logicalId },
  });
}

function itemsAt(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === 'sequence' ? node.items : [node];
}
