import { Source } from '../../../core/source.ts';
import type { Problem } from '../../../core/problem.ts';
import type { Files } from '../../frontend.ts';
import { nameOf } from '../paths.ts';
import { type Attribute, attributeOf, type Expression } from '../syntax/ast.ts';
import { parseExpressionText, parseHcl } from '../syntax/parse-hcl.ts';
import { parseTfvarsJson } from '../syntax/parse-tf-json.ts';
import type { ModuleDefinition } from './definition.ts';
import { readType } from './type-constraint.ts';

/** A file of variable values. */
export interface VariableFile {
  readonly source: Source;
  readonly attributes: readonly Attribute[];
  readonly problems: readonly Problem[];
  /** Read by Terraform without being named. */
  readonly automatic: boolean;
}

/** The variable files of a folder: those of the run and those Terraform would read there, in the order in which they count. */
export function variableFiles(folder: string, given: readonly Source[], files: Files): readonly VariableFile[] {
  const known = new Set(given.map((source) => nameOf(source.path)));
  const others = files.list(folder).filter((name) => isAutomatic(name) && !known.has(name));
  const read = others.flatMap((name) => {
    const source = files.read(folder === '' ? name : `${folder}/${name}`);
    return typeof source === 'string' ? [] : [source];
  });
  return [...given, ...read].sort((left, right) => compare(rankOf(left), rankOf(right))).map(parseFile);
}

function parseFile(source: Source): VariableFile {
  const { body, problems } = source.path.endsWith('.json') ? parseTfvarsJson(source) : parseHcl(source);
  return { source, attributes: body.attributes, problems, automatic: isAutomatic(nameOf(source.path)) };
}

function isAutomatic(name: string): boolean {
  return /^terraform\.tfvars(\.json)?$/.test(name) || /\.auto\.tfvars(\.json)?$/.test(name);
}

/** `terraform.tfvars` counts least, then its JSON form, then `*.auto.tfvars` by name. */
function rankOf(source: Source): string {
  const name = nameOf(source.path);
  if (name === 'terraform.tfvars') return '0';
  return name === 'terraform.tfvars.json' ? '1' : `2${name}`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The expressions that give a root's variables their values: from its variable files, then from the command line. */
export function rootInputs(definition: ModuleDefinition, files: readonly VariableFile[], given: ReadonlyMap<string, unknown>): ReadonlyMap<string, Expression> {
  const inputs = new Map<string, Expression>();
  for (const file of files) if (file.automatic) for (const attribute of file.attributes) inputs.set(attribute.name, attribute.value);
  for (const [name, value] of given) {
    const block = definition.variables.get(name);
    if (block !== undefined) inputs.set(name, givenExpression(name, value, readType(attributeOf(block.body, 'type')?.value).kind));
  }
  return inputs;
}

/** Text is taken as it stands for strings, and as an expression for every other type, as Terraform does. */
function givenExpression(name: string, value: unknown, type: string): Expression {
  if (typeof value !== 'string') {
    const source = new Source('command line', JSON.stringify({ [name]: value ?? null }));
    const attribute = parseTfvarsJson(source).body.attributes[0];
    return attribute?.value ?? { kind: 'broken', source, start: 0, end: source.text.length };
  }
  const source = new Source('command line', value);
  if (type === 'string' || type === 'any') return { kind: 'literal', type: 'string', text: value, source, start: 0, end: value.length };
  return parseExpressionText(source, value).expression;
}
