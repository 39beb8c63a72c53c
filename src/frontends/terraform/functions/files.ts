import type { Source } from '../../../core/source.ts';
import type { Scalar, Value } from '../../../core/value.ts';
import { namesFrom } from '../evaluate/names.ts';
import { folderOf, joinPath, nameOf } from '../paths.ts';
import { booleanValue, listValue, unknownValue } from '../values/build.ts';
import { scopedName } from '../values/describe.ts';
import { type Call, type FunctionTable, textArgument, textResult, type TerraformFunction } from './function.ts';

/** Functions that read files, under the root of the run only. */
export const FILE_FUNCTIONS: FunctionTable = new Map<string, TerraformFunction>([
  ['file', ([path], call) => (path?.kind === 'scalar' ? fileText(path, call) : undefined)],
  ['templatefile', templateFile],
  ['templatestring', templateString],
  ['fileexists', fileExists],
  ['fileset', fileSet],
  ['basename', (args, call) => onPath(args, call, nameOf)],
  ['dirname', (args, call) => onPath(args, call, (path) => folderOf(path) || '.')],
  ['abspath', ([path]) => path],
  ['pathexpand', ([path]) => path],
]);

function onPath(args: readonly Value[], call: Call, change: (path: string) => string): Value | undefined {
  const path = textArgument(args, 0);
  return path === undefined ? undefined : textResult(change(path), call);
}

/** The text of a file as a value whose place is the file; unknown with a notice when it cannot be had. */
function fileText(path: Scalar, call: Call): Value {
  const source = call.frame.interpreter.readFile(path.text);
  if (typeof source === 'string') return unreadable(path, source, call);
  return { kind: 'scalar', text: source.text, type: 'string', origin: { source, start: 0, end: source.text.length } };
}

function unreadable(path: Scalar, why: Exclude<ReturnType<Call['frame']['interpreter']['readFile']>, Source>, call: Call): Value {
  const { interpreter } = call.frame;
  const key = `file:${path.text}`;
  if (!interpreter.budget.reached.has(key)) {
    interpreter.budget.reached.add(key);
    const shown = path.text.length > 200 ? `${path.text.slice(0, 200)}...` : path.text;
    if (why === 'outside-root') interpreter.report({ code: 'path-outside-root', message: `\`${shown}\` lies outside the root and is not read`, origin: call.origin });
    else if (why === 'too-large') interpreter.report({ code: 'input-too-large', message: `\`${shown}\` is too large to be read`, origin: call.origin });
    else interpreter.report({ code: 'missing-file', message: `\`${shown}\` is not there`, origin: call.origin });
  }
  return unknownValue('missing-file', scopedName(interpreter.scope.id, path.text), call.origin, 'text');
}

function templateFile([path, variables]: readonly Value[], call: Call): Value | undefined {
  if (path?.kind !== 'scalar') return undefined;
  const text = fileText(path, call);
  return text.kind === 'scalar' ? render(text, variables, call) : text;
}

function templateString([text, variables]: readonly Value[], call: Call): Value | undefined {
  return text?.kind === 'scalar' ? render(text, variables, call) : undefined;
}

function render(text: Scalar, variables: Value | undefined, call: Call): Value {
  const names = variables === undefined ? undefined : namesFrom(variables);
  return call.frame.interpreter.evaluateTemplate(text, names, call.frame);
}

function fileExists([path]: readonly Value[], call: Call): Value | undefined {
  if (path?.kind !== 'scalar') return undefined;
  const found = call.frame.interpreter.readFile(path.text);
  return found === 'outside-root' ? undefined : booleanValue(found !== 'missing', call.origin);
}

const MAX_FILES = 1000;
const MAX_FOLDERS = 200;

/** Files below a folder that match a glob, sorted. Folders are told from files by their having entries. */
function fileSet(args: readonly Value[], call: Call): Value | undefined {
  const folder = textArgument(args, 0);
  const pattern = textArgument(args, 1);
  if (folder === undefined || pattern === undefined || pattern.length > 200) return undefined;
  const matches = globPattern(pattern);
  const found: string[] = [];
  const open = [''];
  for (let visited = 0; open.length > 0 && visited < MAX_FOLDERS; visited += 1) {
    const here = open.pop() ?? '';
    for (const name of call.frame.interpreter.listFiles(joinPath(folder, here))) {
      const path = here === '' ? name : `${here}/${name}`;
      if (matches.test(path)) found.push(path);
      else if (pattern.includes('/') && !name.includes('.')) open.push(path);
    }
    if (found.length > MAX_FILES) return undefined;
  }
  return listValue(found.sort().map((path) => textResult(path, call)), call.origin);
}

function globPattern(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[^*?{]/g, (token) => {
    if (token === '**/') return '(?:[^/]+/)*';
    if (token === '**' || token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (token.startsWith('{') && token.endsWith('}')) return `(?:${token.slice(1, -1).split(',').map(escapePattern).join('|')})`;
    return escapePattern(token);
  });
  return new RegExp(`^${source}$`);
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
