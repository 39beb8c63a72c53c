import { nodeName } from '../../analyze/explain-path.ts';
import type { Analysis, Edge, Node } from '../../analyze/index.ts';
import { displayText } from '../../iam/token.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { textOf } from '../option.ts';
import { analysisOf } from './model-of.ts';

/** `iamlint model [paths...]`: principals and the edges between them. */
export async function modelCommand({ operands, values }: Invocation, context: CliContext): Promise<number> {
  const analysis = await analysisOf(operands, context);
  const format = textOf(values, 'format') ?? 'json';
  await context.stdout.write(`${format === 'dot' ? dot(analysis) : format === 'mermaid' ? mermaid(analysis) : JSON.stringify(record(analysis), undefined, 2)}\n`);
  return 0;
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly techniques: readonly string[];
  readonly verdict: string;
}

/** One arrow for each pair of nodes, with all techniques that lead along it. */
function arrowsOf({ graph }: Analysis): readonly Arrow[] {
  const edges = graph();
  const arrows = new Map<string, { from: Node; to: Node; techniques: Set<string>; verdict: string }>();
  for (const node of edges.nodes.values()) {
    if (node.kind !== 'principal') continue;
    const all: readonly Edge[] = [...edges.edgesFrom(node.id), ...edges.edgesFrom(edges.classOf(node.id) ?? '')];
    for (const { to, technique, verdict } of all) {
      const key = `${node.id}\u0000${to.id}`;
      const known = arrows.get(key);
      if (known === undefined) arrows.set(key, { from: node, to, techniques: new Set([technique]), verdict });
      else {
        known.techniques.add(technique);
        if (verdict === 'yes') known.verdict = verdict;
      }
    }
  }
  return [...arrows.values()].map(({ from, to, techniques, verdict }) => ({ from: nodeName(from), to: nodeName(to), techniques: [...techniques], verdict }));
}

function record(analysis: Analysis) {
  const { model } = analysis;
  return {
    version: 1,
    accounts: [...model.organization.accounts.values()].map(({ id, name, unit }) => ({ id: displayText(id), name: name ?? null, unit: unit ?? null })),
    principals: model.principals.map(({ entity, kind, boundary, policies, groups }) => ({ arn: displayText(entity.arn), kind, account: displayText(entity.account), name: displayText(entity.name), file: entity.from.origin.source.path, line: entity.from.origin.source.position(entity.from.origin.start).line, policies: policies.map(({ policy }) => displayText(policy.name)), groups: groups.map((group) => displayText(group.entity.name)), boundary: boundary === undefined ? null : displayText(boundary.at.text) })),
    edges: arrowsOf(analysis),
    coverage: { ...model.coverage, completeAccounts: [...model.coverage.completeAccounts] },
  };
}

function dot(analysis: Analysis): string {
  const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  return ['digraph access {', '  rankdir=LR;', ...arrowsOf(analysis).map(({ from, to, techniques, verdict }) => `  ${quote(from)} -> ${quote(to)} [label=${quote(label(techniques))}${verdict === 'yes' ? '' : ', style=dashed'}];`), '}'].join('\n');
}

function mermaid(analysis: Analysis): string {
  const ids = new Map<string, string>();
  const node = (name: string): string => {
    const known = ids.get(name);
    if (known !== undefined) return known;
    const id = `n${ids.size}`;
    ids.set(name, id);
    return `${id}["${name.replaceAll('"', '#quot;')}"]`;
  };
  return ['graph LR', ...arrowsOf(analysis).map(({ from, to, techniques, verdict }) => `  ${node(from)} ${verdict === 'yes' ? '-->' : '-.->'}|"${label(techniques)}"| ${node(to)}`)].join('\n');
}

function label(techniques: readonly string[]): string {
  return techniques.length > 3 ? `${techniques.slice(0, 3).join(', ')} and ${techniques.length - 3} more` : techniques.join(', ');
}
