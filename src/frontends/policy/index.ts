import type { Value } from '../../core/value.ts';
import type { Source } from '../../core/source.ts';
import { child, type Node } from '../../parse/node.ts';
import { parseText } from '../../parse/yaml.ts';
import type { Frontend, FrontendContext, Resource, Template } from '../frontend.ts';

/** Raw IAM policy documents in files of their own. */
export const policy: Frontend = {
  name: 'policy',
  *open(sources: readonly Source[], context: FrontendContext): Iterable<Template> {
    for (const source of sources) {
      const parsed = parseText(source);
      for (const problem of parsed.problems) context.report(problem);
      const root = documentOf(parsed.root);
      if (root === undefined) continue;
      const kind = kindOf(source, root);
      const origin = { source, start: root.start, end: root.start };
      const resource: Resource = {
        type: `policy:${kind}`,
        address: baseName(source.path),
        displayName: baseName(source.path),
        properties: () => ({ kind: 'map', origin: root, entries: [{ key: 'Document', keyOrigin: origin, value: plainValue(root, 0) }] }),
        origin,
        extent: { source, start: root.start, end: root.end },
      };
      const deployment = context.settings.deploymentsOf(source.path)[0];
      yield {
        dialect: 'policy',
        scope: { id: source.path, name: source.path, account: deployment?.account, region: deployment?.region, partition: 'aws' },
        resources: [resource],
        outputs: [],
        suppressions: [],
        problems: [],
      };
    }
  },
};

/** The document itself, or the one that a wrapper such as `{"PolicyDocument": …}` holds. */
function documentOf(root: Node | undefined): Node | undefined {
  if (root === undefined || child(root, 'Statement') !== undefined) return root;
  for (const wrapper of ['document', 'PolicyDocument', 'Document', 'Policy', 'policy']) {
    const inner = child(root, wrapper);
    if (child(inner, 'Statement') !== undefined) return inner;
  }
  return root;
}

/**
 * What a raw document is, by its shape: a `Principal` makes it a trust policy when all it allows is assuming a role, a
 * resource control policy when it only denies everyone, else a resource policy; the name of its folder tells control
 * policies from identity policies, which look alike.
 */
function kindOf(source: Source, root: Node): string {
  const statements = statementsOf(root);
  const path = source.path.toLowerCase();
  if (statements.some((statement) => child(statement, 'Principal') !== undefined || child(statement, 'NotPrincipal') !== undefined)) {
    if (statements.every((statement) => actionsOf(statement).every((action) => action.startsWith('sts:'))) && statements.every((statement) => child(statement, 'Resource') === undefined)) return 'trust';
    if (isControlPath(path, 'rcp|resource.?control')) return 'rcp';
    return /vpc.?e(ndpoint)?/.test(path) ? 'endpoint' : 'resource';
  }
  return isControlPath(path, 'scp|service.?control|guardrail') ? 'scp' : /boundary/.test(path) ? 'boundary' : 'identity';
}

function isControlPath(path: string, words: string): boolean {
  return new RegExp(`(^|[^a-z])(${words})s?([^a-z]|$|.?polic)`).test(path);
}

function statementsOf(root: Node): readonly Node[] {
  const statements = child(root, 'Statement');
  return statements === undefined ? [] : statements.kind === 'sequence' ? statements.items : [statements];
}

function actionsOf(statement: Node): readonly string[] {
  const actions = child(statement, 'Action');
  const items = actions === undefined ? [] : actions.kind === 'sequence' ? actions.items : [actions];
  return items.flatMap((item) => (item.kind === 'scalar' ? [item.text.toLowerCase()] : []));
}

const MAX_DEPTH = 100;

function plainValue(node: Node, depth: number): Value {
  if (depth > MAX_DEPTH) return { kind: 'unknown', reason: 'bound-reached', name: 'too deeply nested', origin: node, shape: 'any' };
  switch (node.kind) {
    case 'sequence':
      return { kind: 'list', items: node.items.map((item) => plainValue(item, depth + 1)), origin: node };
    case 'mapping':
      return { kind: 'map', entries: node.entries.map(({ key, value }) => ({ key: key.text, keyOrigin: key, value: plainValue(value, depth + 1) })), origin: node };
    case 'scalar':
      if (node.style === 'plain' && (node.text === 'null' || node.text === '')) return { kind: 'absent', origin: node };
      return { kind: 'scalar', text: node.text, type: node.style !== 'plain' ? 'string' : node.text === 'true' || node.text === 'false' ? 'boolean' : /^-?\d+$/.test(node.text) ? 'number' : 'string', origin: node };
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
