import { both, type Guard } from '../../../core/guard.ts';
import type { Origin } from '../../../core/source.ts';
import { itemsOf, type Mapping, type MappingEntry, property, textValue, type Value } from '../../../core/value.ts';
import { guarded } from '../evaluate/loop.ts';
import { isOpen, listValue, mapValue, unknownValue } from '../values/build.ts';
import { mapOptions, optionsOf } from '../values/choice.ts';
import { structureOf } from '../values/json-text.ts';
import { keyText } from '../values/entries.ts';
import { respell } from '../values/text.ts';

/**
 * The policy document that a `data "aws_iam_policy_document"` makes of its arguments, as a mapping in IAM's own words.
 * Statements of `source_policy_documents` come first; one with the `Sid` of an earlier one takes its place, and so do those of
 * `override_policy_documents`. `origin` stands for what is not written.
 * Behaviour: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function documentValue(body: Value, origin: Origin): Value {
  const own = statementsOf(body);
  const bases = [...documents(body, 'source_json'), ...documents(body, 'source_policy_documents')];
  const overrides = [...documents(body, 'override_policy_documents'), ...documents(body, 'override_json')];
  let statements: readonly Value[] = [];
  for (const base of bases) statements = mergeStatements(statements, statementsIn(base));
  statements = mergeStatements(statements, own);
  for (const override of overrides) statements = mergeStatements(statements, statementsIn(override));
  const version = property(body, 'version') ?? firstKnown([...overrides, ...bases], 'Version') ?? textValue('2012-10-17', origin);
  const id = property(body, 'policy_id') ?? firstKnown([...overrides, ...bases], 'Id');
  const entries: MappingEntry[] = [entry('Version', version)];
  if (id !== undefined && id.kind !== 'absent') entries.push(entry('Id', id));
  entries.push({ key: 'Statement', keyOrigin: origin, value: listValue(statements, origin) });
  return mapValue(entries, origin);
}

function entry(key: string, value: Value, keyOrigin: Origin = value.origin): MappingEntry {
  return { key, keyOrigin, value };
}

/** The documents an argument lists, in order; a text is read as JSON. */
function documents(body: Value, argument: string): readonly Value[] {
  const given = property(body, argument);
  return optionsOf(given ?? { kind: 'list', items: [], origin: body.origin }).flatMap((option) => itemsOf(option.value).map((item) => guarded(structured(item), option.when)));
}

function structured(value: Value): Value {
  return mapOptions(value, (option) => structureOf(option) ?? option);
}

function firstKnown(from: readonly Value[], key: string): Value | undefined {
  for (const document of from) {
    const found = property(document, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The statements of a document; of one that is not known, the unknown itself stands for them. */
function statementsIn(document: Value): readonly Value[] {
  switch (document.kind) {
    case 'map':
      return itemsOf(property(document, 'Statement'));
    case 'choice':
      return document.options.flatMap((option) => statementsIn(option.value).map((statement) => guarded(statement, option.when)));
    case 'absent':
      return [];
    case 'scalar':
      return document.text.trim() === '' ? [] : [unknownValue('invalid-template', 'a policy document that is no JSON', document.origin)];
    default:
      return [document];
  }
}

/** Statements with a `Sid` that is there already replace the earlier one. */
function mergeStatements(base: readonly Value[], more: readonly Value[]): readonly Value[] {
  const merged = [...base];
  for (const statement of more) {
    const sid = sidOf(statement);
    const known = sid === undefined ? -1 : merged.findIndex((one) => sidOf(one) === sid);
    if (known === -1) merged.push(statement);
    else merged[known] = statement;
  }
  return merged;
}

function sidOf(statement: Value): string | undefined {
  const sid = property(statement, 'Sid');
  return sid?.kind === 'scalar' && sid.text !== '' ? sid.text : undefined;
}

function statementsOf(body: Value): readonly Value[] {
  const blocks = property(body, 'statement');
  const statements = itemsOf(blocks).flatMap((block) => (block.kind === 'absent' ? [] : [mapOptions(block, statementOf)]));
  const open = blocks?.kind === 'list' && isOpen(blocks) && statements.length === 0;
  return open ? [unknownValue('known-after-apply', 'statement', blocks.origin)] : statements;
}

/** One `statement` block in IAM's own words. */
export function statementOf(block: Value): Value {
  if (block.kind !== 'map') return block;
  const entries: MappingEntry[] = [];
  const sid = entryOf(block, 'sid');
  if (sid !== undefined && !isEmpty(sid.value)) entries.push({ ...sid, key: 'Sid' });
  const effect = entryOf(block, 'effect');
  entries.push(effect === undefined || isEmpty(effect.value) ? entry('Effect', textValue('Allow', block.origin)) : { ...effect, key: 'Effect' });
  addList(entries, block, { from: 'actions', key: 'Action', variables: false });
  addList(entries, block, { from: 'not_actions', key: 'NotAction', variables: false });
  addList(entries, block, { from: 'resources', key: 'Resource', variables: true });
  addList(entries, block, { from: 'not_resources', key: 'NotResource', variables: true });
  addPrincipals(entries, block, 'principals', 'Principal');
  addPrincipals(entries, block, 'not_principals', 'NotPrincipal');
  addConditions(entries, block);
  return mapValue(entries, block.origin);
}

function entryOf(block: Mapping, key: string): MappingEntry | undefined {
  const found = block.entries.find((one) => one.key === key);
  return found === undefined || found.value.kind === 'absent' ? undefined : found;
}

function isEmpty(value: Value): boolean {
  return value.kind === 'absent' || (value.kind === 'scalar' && value.text === '') || (value.kind === 'list' && value.items.length === 0 && !isOpen(value));
}

function addList(entries: MappingEntry[], block: Mapping, { from, key, variables }: { readonly from: string; readonly key: string; readonly variables: boolean }): void {
  const found = entryOf(block, from);
  if (found === undefined || isEmpty(found.value)) return;
  entries.push({ key, keyOrigin: found.keyOrigin, value: oneOrMany(variables ? withVariables(found.value) : found.value) });
}

/** A list of one is written as a string. */
function oneOrMany(value: Value): Value {
  const only = value.kind === 'list' && value.items.length === 1 && !isOpen(value) ? value.items[0] : undefined;
  return only ?? value;
}

/** `&{aws:username}` stands for the policy variable `${aws:username}`, which Terraform would take for its own. */
function withVariables(value: Value): Value {
  switch (value.kind) {
    case 'scalar':
      return value.text.includes('&{') ? respell(value, value.text.replaceAll('&{', '${')) : value;
    case 'list':
      return { ...value, items: value.items.map(withVariables) };
    case 'concat':
      return { ...value, parts: value.parts.map(withVariables) };
    case 'choice':
      return mapOptions(value, withVariables);
    default:
      return value;
  }
}

interface Grouped {
  readonly key: string;
  readonly keyOrigin: Origin;
  readonly values: Value[];
  readonly when: Guard;
}

function addPrincipals(entries: MappingEntry[], block: Mapping, from: string, key: string): void {
  const found = entryOf(block, from);
  if (found === undefined) return;
  const groups: Grouped[] = [];
  const unread: Value[] = [];
  eachBlock(found.value, [], (principal, when) => {
    if (principal.kind !== 'map') {
      unread.push(principal);
      return;
    }
    const type = property(principal, 'type') ?? unknownValue('invalid-template', 'type', principal.origin, 'text');
    addGroup(groups, { name: type, values: itemsOf(withVariables(property(principal, 'identifiers') ?? listValue([], principal.origin))), when });
  });
  const only = unread[0];
  if (groups.length === 0) {
    if (only !== undefined) entries.push({ key, keyOrigin: found.keyOrigin, value: only });
    return;
  }
  entries.push({ key, keyOrigin: found.keyOrigin, value: anyone(groups) ?? mapValue(groupEntries(groups), found.value.origin) });
}

/** `type = "*"` with the identifier `*` is the bare `"*"`. */
function anyone(groups: readonly Grouped[]): Value | undefined {
  const only = groups[0];
  const value = only?.values[0];
  return groups.length === 1 && only?.key === '*' && only.values.length === 1 && only.when.length === 0 ? value : undefined;
}

function addConditions(entries: MappingEntry[], block: Mapping): void {
  const found = entryOf(block, 'condition');
  if (found === undefined) return;
  const operators = new Map<string, { readonly origin: Origin; readonly groups: Grouped[] }>();
  const unread: Value[] = [];
  eachBlock(found.value, [], (condition, when) => {
    const test = property(condition, 'test');
    const variable = property(condition, 'variable');
    if (test === undefined || variable === undefined) {
      unread.push(condition);
      return;
    }
    const name = keyText(test);
    const operator = operators.get(name) ?? { origin: test.origin, groups: [] };
    operators.set(name, operator);
    const values = withVariables(property(condition, 'values') ?? listValue([], condition.origin));
    addGroup(operator.groups, { name: variable, values: values.kind === 'list' ? values.items : [values], when });
  });
  const only = unread[0];
  if (operators.size > 0) {
    const made = [...operators].map(([key, { origin, groups }]): MappingEntry => ({ key, keyOrigin: origin, value: mapValue(groupEntries(groups), origin) }));
    entries.push({ key: 'Condition', keyOrigin: found.keyOrigin, value: mapValue(made, found.value.origin) });
  } else if (only !== undefined) entries.push({ key: 'Condition', keyOrigin: found.keyOrigin, value: only });
}

/** Each block of a list, with the guard under which it is there. */
function eachBlock(value: Value, when: Guard, visit: (block: Value, when: Guard) => void): void {
  if (value.kind === 'list') for (const item of value.items) eachBlock(item, when, visit);
  else if (value.kind === 'choice') {
    for (const option of value.options) {
      const guard = both(when, option.when);
      if (guard !== undefined) eachBlock(option.value, guard, visit);
    }
  } else if (value.kind !== 'absent') visit(value, when);
}

function addGroup(groups: Grouped[], { name, values, when }: { readonly name: Value; readonly values: readonly Value[]; readonly when: Guard }): void {
  const key = keyText(name);
  const known = groups.find((group) => group.key === key);
  if (known === undefined) groups.push({ key, keyOrigin: name.origin, values: [...values], when });
  else known.values.push(...values.map((value) => guarded(value, when)));
}

function groupEntries(groups: readonly Grouped[]): readonly MappingEntry[] {
  return groups.map(({ key, keyOrigin, values, when }) => ({
    key,
    keyOrigin,
    value: oneOrMany(listValue(values, values[0]?.origin ?? keyOrigin)),
    ...(when.length === 0 ? {} : { when }),
  }));
}
