import type { Origin } from '../../../core/source.ts';
import { samPolicyTemplate } from '../../../data/sam-policy-templates.ts';
import { child, type Node } from '../../../parse/node.ts';
import { sub, write, type Written } from '../generated.ts';
import { complain, type Expansion, type SamResource } from './expansion.ts';

/**
 * Expands a policy template such as `S3ReadPolicy: {BucketName: !Ref Bucket}` to its document. Everything in it stands at the
 * template's own line, what is given for its parameters where it is given. `undefined` when it names no policy template.
 */
export function expandPolicyTemplate(policy: Node, from: SamResource, expansion: Expansion): Node | undefined {
  const only = policy.kind === 'mapping' && policy.entries.length === 1 ? policy.entries[0] : undefined;
  const template = only === undefined ? undefined : samPolicyTemplate(only.key.text);
  if (only === undefined || template === undefined) return undefined;
  const given = new Map<string, Node>();
  for (const name of template.parameters) {
    const value = child(only.value, name);
    if (value === undefined) complain(expansion, `policy template \`${only.key.text}\` of \`${from.id}\` needs a value for \`${name}\``, only.key);
    given.set(name, value ?? write(only.key, { Ref: `${only.key.text}.${name}` }));
  }
  const statements = template.statements.map((statement): Written => ({
    Effect: 'Allow',
    Action: statement.actions,
    Resource: statement.resources.map((text) => fill(text, given, only.key)),
    Condition: statement.condition === undefined ? undefined : fillCondition(statement.condition, given, only.key),
  }));
  return write(only.key, { Statement: statements });
}

function fillCondition(condition: Readonly<Record<string, Readonly<Record<string, string>>>>, given: ReadonlyMap<string, Node>, at: Origin): Written {
  const operators = Object.entries(condition).map(([operator, keys]) => [operator, Object.fromEntries(Object.entries(keys).map(([key, text]) => [key, fill(text, given, at)]))] as const);
  return Object.fromEntries(operators);
}

/** A text of a template with its parameters filled in; one that is a parameter alone is the given value itself. */
function fill(text: string, given: ReadonlyMap<string, Node>, at: Origin): Node {
  const alone = /^\$\{(\w+)\}$/.exec(text)?.[1];
  const value = alone === undefined ? undefined : given.get(alone);
  if (value !== undefined) return value;
  if (!text.includes('${')) return write(at, text);
  const names: Record<string, Node> = {};
  for (const [name, node] of given) if (text.includes(`\${${name}}`)) names[name] = node;
  return write(at, Object.keys(names).length === 0 ? sub(text) : sub(text, names));
}
