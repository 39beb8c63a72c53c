import { sub } from '../generated.ts';
import { apiOf, contentsOf, DEFAULT_PATH, eventMethod, eventPath, HTTP, isManaged, REST } from './api-model.ts';
import { arnPathOf, httpArnPath } from './api-paths.ts';
import { type EventHandler, type EventTarget, makePermission } from './event.ts';
import type { ApiModel, Expansion, SamEvent } from './expansion.ts';
import { entriesOf, field, isGiven, isMapping, literalText, referredId } from './nodes.ts';
import { addResourcePolicy } from './resource-policy.ts';

/** API Gateway drops a trailing slash. */
function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** The suffix of an API's permissions: its stage's name, or a word for one that is not written out. */
function stageSuffix(event: SamEvent, api: ApiModel | undefined, expansion: Expansion): string {
  if (api !== undefined) return literalText(field(api.resource.properties, 'StageName')) ?? 'Stage';
  return expansion.resources.has(referredId(field(event.properties, 'RestApiId')) ?? '') ? 'Stage' : 'AllStages';
}

/** A path and method of a REST API. */
const restEvent: EventHandler = (event, target, expansion) => {
  const api = apiOf(event, REST, expansion);
  const method = eventMethod(event) === 'any' ? '*' : eventMethod(event).toUpperCase();
  const source = sub(`arn:${expansion.partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/${method}${arnPathOf(withoutSlash(eventPath(event)))}`, {
    __ApiId__: field(event.properties, 'RestApiId') ?? { Ref: REST.id },
    __Stage__: '*',
  });
  const suffix = stageSuffix(event, api, expansion);
  makePermission(expansion, event, target, 'apigateway.amazonaws.com', { SourceArn: source }, suffix);
  addEventPolicy(event, api, suffix);
};

/** The resource policy that an event adds for its own path, where SAM writes the definition or is asked to. */
export function addEventPolicy(event: SamEvent, api: ApiModel | undefined, stage: string | undefined): void {
  const auth = field(event.properties, 'Auth');
  const policy = field(auth, 'ResourcePolicy');
  if (api === undefined || policy === undefined || (!isManaged(api) && !isGiven(field(auth, 'OverrideApiAuth')))) return;
  addResourcePolicy(api, policy, [eventPath(event)], stage ?? { Ref: 'AWS::NoValue' });
}

/** A path and method of an HTTP API; a function's `$default` path covers its other paths on the same API. */
const httpEvent: EventHandler = (event, target, expansion) => {
  const api = apiOf(event, HTTP, expansion);
  const path = eventPath(event);
  if (path !== DEFAULT_PATH && isCoveredByDefault(event, target, api)) return;
  const method = ['any', 'x-amazon-apigateway-any-method'].includes(eventMethod(event)) || (path === DEFAULT_PATH && field(event.properties, 'Method') === undefined) ? '*' : eventMethod(event).toUpperCase();
  const source = sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}${pathPart(path, method)}`, {
    __ApiId__: field(event.properties, 'ApiId') ?? { Ref: HTTP.id },
    __Stage__: '*',
  });
  makePermission(expansion, event, target, 'apigateway.amazonaws.com', { SourceArn: source });
};

/** Method and path as ARNs have them; `/$default` with any method stands without one. */
function pathPart(path: string, method: string): string {
  if (path === DEFAULT_PATH) return `/${method}`;
  return method === '*' && path === `/${DEFAULT_PATH}` ? path : `/${method}${httpArnPath(withoutSlash(path))}`;
}

function isCoveredByDefault(event: SamEvent, target: EventTarget, api: ApiModel | undefined): boolean {
  if (api === undefined || target.isAlias || isGiven(field(api.resource.properties, 'DefinitionUri'))) return false;
  return api.defaults.has(event.from) || definitionCallsFunction(api, event.from.id);
}

/** Does the definition itself send its `$default` path to the function? */
function definitionCallsFunction(api: ApiModel, functionId: string): boolean {
  const path = entriesOf(field(api.definition, 'paths')).find(({ key }) => key.text === DEFAULT_PATH)?.value;
  const methods = path === undefined ? [] : contentsOf(path).flatMap((item) => (isMapping(item) ? [field(item, 'x-amazon-apigateway-any-method')] : []));
  const uris = methods.flatMap((method) => (method === undefined ? [] : contentsOf(method))).map((method) => field(field(method, 'x-amazon-apigateway-integration'), 'uri'));
  return uris.length > 0 && uris.every((uri) => uri !== undefined && contentsOf(uri).every((content) => /([A-Za-z0-9]+)\.Arn/.exec(subText(content) ?? '')?.[1] === functionId));
}

function subText(node: Parameters<typeof field>[0]): string | undefined {
  if (node?.kind === 'scalar') return node.tag === '!Sub' ? node.text : undefined;
  return literalText(field(node, 'Fn::Sub'));
}

/** Paths of APIs that call the function. */
export const API_EVENTS: ReadonlyMap<string, EventHandler> = new Map([
  [REST.event, restEvent],
  [HTTP.event, httpEvent],
]);
