import type { Source } from '../core/source.ts';
import { child, childText, type Node } from '../parse/node.ts';
import { parseText } from '../parse/yaml.ts';
import { type ConfigProblem, fileProblem } from './problem.ts';

/**
 * Reads a file of CloudFormation parameters in any shape AWS's tools take: `[{ParameterKey, ParameterValue}]` (create-stack),
 * `{Parameters: {Name: value}}` (CodePipeline, Rain), `["Name=value"]` (deploy --parameter-overrides), and a plain mapping.
 * Sources: https://docs.aws.amazon.com/cli/latest/reference/cloudformation/create-stack.html,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
 */
export function readParameterFile(source: Source): { readonly values: ReadonlyMap<string, string>; readonly problems: readonly ConfigProblem[] } {
  const { root, problems } = parseText(source);
  if (problems.length > 0) return { values: new Map(), problems: problems.map(({ message, origin }) => ({ message, origin })) };
  const values = new Map<string, string>();
  const faults: ConfigProblem[] = [];
  const parameters = child(root, 'Parameters') ?? root;
  if (parameters?.kind === 'sequence') for (const item of parameters.items) readItem(item, values, faults);
  else if (parameters?.kind === 'mapping') for (const { key, value } of parameters.entries) put(key.text, value, values, faults);
  else faults.push(fileProblem(source, 'a parameter file is a list of `ParameterKey` and `ParameterValue`, or a mapping of names to values'));
  return { values, problems: faults };
}

function readItem(item: Node, values: Map<string, string>, faults: ConfigProblem[]): void {
  if (item.kind === 'scalar') {
    const [name, value] = splitAssignment(item.text) ?? [];
    if (name !== undefined && value !== undefined) values.set(name, value);
    else faults.push({ message: 'a parameter is written as `Name=value`', origin: item });
    return;
  }
  const name = childText(item, 'ParameterKey');
  const value = child(item, 'ParameterValue');
  if (name === undefined) faults.push({ message: '`ParameterKey` is missing here', origin: item });
  // Without a value it keeps the deployed one (`UsePreviousValue`), which is not known here.
  else if (value !== undefined) put(name, value, values, faults);
}

function put(name: string, value: Node, values: Map<string, string>, faults: ConfigProblem[]): void {
  const texts = value.kind === 'sequence' ? value.items : [value];
  if (texts.every((one) => one.kind === 'scalar')) values.set(name, texts.map((one) => one.text).join(','));
  else faults.push({ message: `the value of \`${name}\` must be text or a list of texts`, origin: value });
}

/** `Name=value` in its two parts; `undefined` without a name or `=`. */
export function splitAssignment(text: string): readonly [name: string, value: string] | undefined {
  const at = text.indexOf('=');
  return at > 0 ? [text.slice(0, at), text.slice(at + 1)] : undefined;
}
