import { child, type MappingNode, type Node } from '../../../parse/node.ts';
import { includedEntries } from '../include.ts';
import { entry, mapping, write } from '../generated.ts';
import type { RawResource } from '../context.ts';
import { type ApiModel, defineCondition, type Expansion, samResource, type SamResource, serverlessType, type SamEvent } from './expansion.ts';
import { canonical, conditionalOf, entriesOf, field, isGiven, isMapping, isNoValue, itemsOf, literalText, referredId } from './nodes.ts';
import { eventsOf } from './event.ts';

/** An event type and the API it is added to when it names none. */
interface ImplicitApi {
  readonly event: string;
  readonly type: 'Api' | 'HttpApi';
  readonly reference: string;
  readonly id: string;
}

/** REST APIs and the events that belong to them. */
export const REST: ImplicitApi = { event: 'Api', type: 'Api', reference: 'RestApiId', id: 'ServerlessRestApi' };
/** HTTP APIs and the events that belong to them. */
export const HTTP: ImplicitApi = { event: 'HttpApi', type: 'HttpApi', reference: 'ApiId', id: 'ServerlessHttpApi' };

const ANY_METHOD = 'x-amazon-apigateway-any-method';
/** The path that takes every request no other path takes. */
export const DEFAULT_PATH = '$default';

/**
 * Collects the template's APIs with their paths: explicit ones, and those that events without an API belong to.
 * An implicit API exists when one of the functions behind it does. Gives the ids of implicit ones: what is written under
 * such an id is replaced.
 */
export function collectApis(written: readonly SamResource[], globals: Node | undefined, expansion: Expansion): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const resource of written) if (resource.type === 'Api' || resource.type === 'HttpApi') expansion.apis.set(resource.id, modelOf(resource, expansion));
  for (const kind of [REST, HTTP]) {
    const events = written.filter((resource) => resource.type === 'Function' || resource.type === 'StateMachine').flatMap((resource) => eventsOf(resource, expansion).filter((event) => event.type === kind.event && (kind === HTTP || event.properties.entries.length > 0)));
    const implicit = events.filter((event) => field(event.properties, kind.reference) === undefined);
    const first = implicit[0];
    if (first !== undefined) {
      ids.add(kind.id);
      expansion.apis.set(kind.id, implicitApi(kind, implicit, first, globals, expansion));
    }
    for (const event of events) addPath(event, kind, expansion);
  }
  return ids;
}

/** The API an event belongs to. */
export function apiOf(event: SamEvent, kind: ImplicitApi, expansion: Expansion): ApiModel | undefined {
  const reference = field(event.properties, kind.reference);
  const id = reference === undefined ? kind.id : referredId(reference);
  return id === undefined ? undefined : expansion.apis.get(id);
}

/** The path of an API event; an HTTP event without path and method is for `$default`. */
export function eventPath(event: SamEvent): string {
  const path = literalText(field(event.properties, 'Path'));
  return path ?? (event.type === HTTP.event && field(event.properties, 'Method') === undefined ? DEFAULT_PATH : '/');
}

/** The method of an API event in lower case; `any` when none is given. */
export function eventMethod(event: SamEvent): string {
  return (literalText(field(event.properties, 'Method')) ?? 'any').toLowerCase();
}

/** Does SAM write the API's definition? */
export function isManaged(api: ApiModel): boolean {
  return api.definition === undefined && !isGiven(field(api.resource.properties, 'DefinitionBody')) && !isGiven(field(api.resource.properties, 'DefinitionUri'));
}

function modelOf(resource: SamResource, expansion: Expansion): ApiModel {
  const definition = definitionOf(resource, expansion);
  const policy = field(definition, 'x-amazon-apigateway-policy');
  const written = field(policy, 'Statement');
  const statements = written === undefined ? [] : [...itemsOf(written)];
  return { resource, definition, paths: pathsOf(definition), statements, held: new Set(statements.map(canonical)), defaults: new Set() };
}

/** The definition in the template, the file that `AWS::Include` names in its place. */
function definitionOf(resource: SamResource, expansion: Expansion): MappingNode | undefined {
  const body = field(resource.properties, 'DefinitionBody');
  if (body?.kind !== 'mapping') return undefined;
  if (child(body, 'Fn::Transform') === undefined) return isMapping(body) ? body : undefined;
  const included = includedEntries(body, expansion.context);
  return included.kind === 'entries' ? { ...body, entries: included.entries } : undefined;
}

function pathsOf(definition: Node | undefined): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const { key, value } of entriesOf(field(definition, 'paths'))) {
    paths.set(key.text, contentsOf(value).flatMap((item) => entriesOf(item).map((method) => method.key.text)));
  }
  return paths;
}

/** What a part of a definition may be: itself, or the branches of its `Fn::If`. */
export function contentsOf(node: Node): readonly Node[] {
  const conditional = conditionalOf(node);
  return conditional === undefined ? [node] : [conditional.then, conditional.otherwise].filter((branch) => !isNoValue(branch));
}

function addPath(event: SamEvent, kind: ImplicitApi, expansion: Expansion): void {
  const api = apiOf(event, kind, expansion);
  if (api !== undefined && kind === HTTP && eventPath(event) === DEFAULT_PATH) api.defaults.add(event.from);
  if (api === undefined || !isManaged(api)) return;
  const method = eventMethod(event) === 'any' ? ANY_METHOD : eventMethod(event);
  const path = eventPath(event);
  const methods = api.paths.get(path) ?? [];
  if (!methods.includes(method)) methods.push(method);
  api.paths.set(path, methods);
}

function implicitApi(kind: ImplicitApi, events: readonly SamEvent[], first: SamEvent, globals: Node | undefined, expansion: Expansion): ApiModel {
  const at = first.at;
  const condition = implicitCondition(kind, events, expansion);
  const body = mapping(at, [
    entry(at, 'Type', write(at, `AWS::Serverless::${kind.type}`)),
    ...(condition === undefined ? [] : [entry(at, 'Condition', write(at, condition))]),
    entry(at, 'Properties', write(at, kind === REST ? { StageName: 'Prod' } : {})),
  ]);
  const raw: RawResource = { logicalId: kind.id, type: `AWS::Serverless::${kind.type}`, origin: { source: at.source, start: at.start, end: at.end }, body, context: expansion.context, owner: first.from.raw };
  return modelOf(samResource(raw, serverlessType(raw) ?? kind.type, globals), expansion);
}

/** With a condition on every function behind it, an implicit API exists when one of them holds. */
function implicitCondition(kind: ImplicitApi, events: readonly SamEvent[], expansion: Expansion): string | undefined {
  const conditions = new Set(events.map((event) => literalText(field(event.from.raw.body, 'Condition'))));
  const names = [...conditions].filter((name) => name !== undefined).sort();
  const [only] = names;
  const first = events[0];
  if (conditions.has(undefined) || only === undefined || first === undefined) return undefined;
  return names.length === 1 ? only : defineCondition(expansion, `${kind.id}Condition`, { 'Fn::Or': names.map((name) => ({ Condition: name })) }, first.at);
}
