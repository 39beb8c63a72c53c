import { knownText, type Value } from '../../core/value.ts';
import { child, type Node } from '../../parse/node.ts';
import { parseText } from '../../parse/yaml.ts';
import { type TemplateContext, unknown } from './context.ts';
import { resolve } from './resolve.ts';

/**
 * `Fn::Transform`: a local `AWS::Include` is read and resolved in place; any other macro runs only in AWS,
 * so what it makes is unknown.
 */
export function include(argument: Node, context: TemplateContext, at: Node): Value {
  const name = child(argument, 'Name');
  const location = child(child(argument, 'Parameters'), 'Location');
  if (name?.kind !== 'scalar' || name.text !== 'AWS::Include' || location === undefined) return unknown('macro', `${context.scope.id}#macro ${name?.kind === 'scalar' ? name.text : ''}`, at);
  const path = knownText(resolve(location, context));
  if (path === undefined || /^[a-z0-9]+:\/\//i.test(path)) return unknown('missing-file', `${context.scope.id}#${path ?? 'AWS::Include'}`, at);
  const file = context.files.read(resolvePath(context.source.path, path));
  if (typeof file === 'string') {
    context.report({ code: file === 'outside-root' ? 'path-outside-root' : 'missing-file', message: `included file \`${path}\` cannot be read (${file})`, origin: location });
    return unknown('missing-file', `${context.scope.id}#${path}`, at);
  }
  const parsed = parseText(file);
  for (const problem of parsed.problems) context.report(problem);
  return parsed.root === undefined ? unknown('missing-file', path, at) : resolve(parsed.root, context);
}

/** A path named in a file, relative to the project root. */
export function resolvePath(from: string, path: string): string {
  const folder = from.includes('/') ? from.slice(0, from.lastIndexOf('/')) : '';
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
