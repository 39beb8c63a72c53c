import { knownText, type Unknown, type Value } from '../../core/value.ts';
import { child, type MappingNode, type Node, type NodeEntry } from '../../parse/node.ts';
import { parseText } from '../../parse/yaml.ts';
import { resolve, type TemplateContext, unknownHere } from './context.ts';

/**
 * `Fn::Transform`: a local `AWS::Include` is read and resolved in place; any other macro runs only in AWS,
 * so what it makes is unknown.
 */
export function include(argument: Node, context: TemplateContext, at: Node): Value {
  const found = includedNode(argument, context, at);
  if (found.kind === 'unknown') return found.value;
  const value = resolve(found.node, context);
  found.close();
  return value;
}

type Included = { readonly kind: 'node'; readonly node: Node; readonly close: () => void } | { readonly kind: 'unknown'; readonly value: Unknown };

/** The tree of the file an `AWS::Include` names. Yields `missing-file`, `path-outside-root`, `cyclic-reference`. */
function includedNode(argument: Node, context: TemplateContext, at: Node): Included {
  const name = child(argument, 'Name');
  const location = child(child(argument, 'Parameters'), 'Location');
  const macro = name === undefined ? undefined : knownText(resolve(name, context));
  if (macro !== 'AWS::Include' || location === undefined) return { kind: 'unknown', value: unknownHere('macro', `macro ${macro ?? ''}`, at, context) };
  const written = knownText(resolve(location, context));
  const missing: Included = { kind: 'unknown', value: unknownHere('missing-file', written ?? 'AWS::Include', at, context) };
  if (written === undefined || isRemote(written)) return missing;
  const path = resolvePath(at.source.path, written);
  const { includes } = context.stack.memo;
  const known = includes.get(path);
  if (known === 'open') {
    context.stack.report({ code: 'cyclic-reference', message: `included file \`${path}\` includes itself`, origin: location });
    return missing;
  }
  const parsed = known ?? readIncluded(path, location, context);
  const root = parsed?.root;
  if (parsed === undefined || root === undefined) return missing;
  includes.set(path, 'open');
  return { kind: 'node', node: root, close: () => void includes.set(path, parsed) };
}

function readIncluded(path: string, location: Node, context: TemplateContext): ReturnType<typeof parseText> | undefined {
  const file = context.stack.files.read(path);
  if (typeof file === 'string') {
    const code = file === 'outside-root' ? 'path-outside-root' : file === 'too-large' ? 'input-too-large' : 'missing-file';
    context.stack.report({ code, message: `included file \`${path}\` cannot be read (${file})`, origin: location });
    return undefined;
  }
  const parsed = parseText(file);
  for (const problem of parsed.problems) context.stack.report(problem);
  return parsed;
}

type IncludedEntries = { readonly kind: 'entries'; readonly entries: readonly NodeEntry[] } | { readonly kind: 'unknown'; readonly value: Unknown };

/** A mapping's entries with those of the files that `Fn::Transform: AWS::Include` beside them names. */
export function includedEntries(node: MappingNode, context: TemplateContext): IncludedEntries {
  const entries: NodeEntry[] = [];
  for (const one of node.entries) {
    if (one.key.text !== 'Fn::Transform') {
      entries.push(one);
      continue;
    }
    for (const call of one.value.kind === 'sequence' ? one.value.items : [one.value]) {
      const found = includedNode(call, context, call);
      if (found.kind === 'unknown') return found;
      if (found.node.kind === 'mapping') {
        const inner = includedEntries(found.node, context);
        if (inner.kind === 'entries') entries.push(...inner.entries);
      }
      found.close();
    }
  }
  return { kind: 'entries', entries };
}

/** Does a path name a place outside the project: a URL, a bucket? */
export function isRemote(path: string): boolean {
  return /^[a-z0-9]+:\/\//i.test(path);
}

/** A path named in a file, relative to the project root. */
export function resolvePath(from: string, path: string): string {
  const folder = from.includes('/') ? from.slice(0, from.lastIndexOf('/')) : '';
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
