import type { Source } from '../../core/source.ts';
import { child, childText, type Node } from '../../parse/node.ts';
import { parseIgnoreComments } from '../comments.ts';
import type { SuppressionMark } from '../frontend.ts';
import type { RawResource } from './context.ts';

/** `# iamlint-ignore rule: reason` comments of a template. */
export function commentSuppressions(source: Source): readonly SuppressionMark[] {
  return parseIgnoreComments(source);
}

/** Where a tool keeps its list, what it calls a rule and a reason, and how its ids are marked as not ours. */
interface Notation {
  readonly path: readonly [string, string];
  readonly rule: string;
  readonly reason: string;
  readonly prefix: string;
}

const NOTATIONS: readonly Notation[] = [
  { path: ['iamlint', 'ignore'], rule: 'rule', reason: 'reason', prefix: '' },
  { path: ['cfn_nag', 'rules_to_suppress'], rule: 'id', reason: 'reason', prefix: 'cfn_nag:' },
  { path: ['cdk_nag', 'rules_to_suppress'], rule: 'id', reason: 'reason', prefix: 'cdk-nag:' },
  { path: ['guard', 'SuppressedRules'], rule: 'id', reason: 'reason', prefix: 'guard:' },
  { path: ['checkov', 'skip'], rule: 'id', reason: 'comment', prefix: 'checkov:' },
];

/**
 * Suppressions in a resource's Metadata: our own `iamlint.ignore`, and those of cfn_nag, cdk-nag, Guard and checkov as they
 * are written for those tools; the catalogue maps their rule ids to ours.
 */
export function metadataSuppressions(metadata: Node | undefined, logicalId: string): readonly SuppressionMark[] {
  return marksOf(metadata, { kind: 'resource', address: logicalId });
}

/**
 * The suppressions of a resource that a transform made another one of. They are written once and cover all that was made, so
 * they cover the lines of the written resource; in a template of a single line they are repeated for the made resource.
 */
export function suppressionsOfOwner(owner: RawResource, logicalId: string): readonly SuppressionMark[] {
  const metadata = child(owner.body, 'Metadata');
  if (metadata === undefined) return [];
  if (coversLines(owner)) return owner.logicalId === logicalId ? marksOf(metadata, linesOf(owner)) : [];
  return marksOf(metadata, { kind: 'resource', address: logicalId });
}

function coversLines(owner: RawResource): boolean {
  const { from, to } = linesOf(owner);
  return to > from;
}

function linesOf(owner: RawResource): Extract<SuppressionMark['covers'], { kind: 'lines' }> {
  const { source } = owner.origin;
  return { kind: 'lines', from: source.position(owner.origin.start).line, to: source.position(owner.body.end).line };
}

function marksOf(metadata: Node | undefined, covers: SuppressionMark['covers']): readonly SuppressionMark[] {
  if (metadata?.kind !== 'mapping') return [];
  return NOTATIONS.flatMap((notation) => {
    const [tool, list] = notation.path;
    return itemsAt(child(child(metadata, tool), list)).flatMap((item) => markOf(item, notation, covers));
  });
}

function markOf(item: Node, notation: Notation, covers: SuppressionMark['covers']): readonly SuppressionMark[] {
  const written = item.kind === 'scalar' ? item.text : (childText(item, notation.rule) ?? childText(item, 'rule') ?? childText(item, 'id'));
  const rules = (written ?? '').split(',').map((rule) => rule.trim()).filter((rule) => rule !== '');
  if (rules.length === 0) return [];
  const values = itemsAt(child(item, 'values')).flatMap((value) => (value.kind === 'scalar' ? [value.text] : []));
  const mark: SuppressionMark = {
    rules: rules.map((rule) => `${notation.prefix}${rule}`),
    reason: childText(item, notation.reason) ?? childText(item, 'reason'),
    until: childText(item, 'until'),
    values: values.length === 0 ? undefined : values,
    origin: { source: item.source, start: item.start, end: item.end },
    covers,
  };
  return [mark];
}

function itemsAt(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === 'sequence' ? node.items : [node];
}
