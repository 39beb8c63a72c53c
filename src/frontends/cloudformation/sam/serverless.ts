import { child, type MappingNode } from '../../../parse/node.ts';
import type { RawResource } from '../context.ts';
import { mapping } from '../generated.ts';
import type { Transform } from '../transform.ts';
import { collectApis } from './api-model.ts';
import { embeddedConnectors, expandConnector } from './connector.ts';
import { expandDeployments } from './deployment.ts';
import { complain, type Expansion, samResource, type SamResource, serverlessType } from './expansion.ts';
import { expandFunction } from './function.ts';
import { expandGraphqlApi } from './graphql-api.ts';
import { expandHttpApi, expandWebSocketApi } from './http-api.ts';
import { field } from './nodes.ts';
import { expandRestApi } from './rest-api.ts';
import { expandApplication, expandCapacityProvider, expandLayer, expandTable } from './simple-resources.ts';
import { expandStateMachine } from './state-machine.ts';

type Expand = (from: SamResource, expansion: Expansion) => void;

/** Functions and state machines come before the APIs that their events add to; connectors see what was made of all. */
const ORDER: readonly (readonly [type: string, expand: Expand])[] = [
  ['Function', expandFunction],
  ['StateMachine', expandStateMachine],
  ['WebSocketApi', expandWebSocketApi],
  ['SimpleTable', expandTable],
  ['LayerVersion', expandLayer],
  ['Application', expandApplication],
  ['CapacityProvider', expandCapacityProvider],
  ['GraphQLApi', expandGraphqlApi],
];

const OTHERS: ReadonlySet<string> = new Set(['Api', 'HttpApi', 'Connector']);

/**
 * The serverless transform: derives the resources that SAM makes of its own types, as far as they matter to access: roles and
 * policies, permissions, resource policies, and what these refer to. Everything made stands at the line that causes it.
 * Source: AWS SAM Developer Guide; checked against the transform's published test outputs.
 */
export const serverless: Transform = {
  name: 'AWS::Serverless-2016-10-31',
  applies: (resources) => resources.some((resource) => serverlessType(resource) !== undefined || child(resource.body, 'Connectors') !== undefined),
  expand: (written, root, context) => {
    const globals = child(root, 'Globals');
    const expansion: Expansion = { context, resources: new Map(), partition: context.stack.scope.partition, apis: new Map(), events: new Map(), deployments: [] };
    const serverlessResources: SamResource[] = [];
    for (const raw of written) {
      const type = serverlessType(raw);
      if (type === undefined) expansion.resources.set(raw.logicalId, raw);
      else serverlessResources.push(samResource(raw, type, globals));
    }
    const implicit = collectApis(serverlessResources, globals, expansion);
    const remaining = serverlessResources.filter((resource) => !implicit.has(resource.id));
    expandAll(remaining, expansion);
    expandConnectors(written, remaining, expansion);
    return [...expansion.resources.values()];
  },
};

function expandAll(resources: readonly SamResource[], expansion: Expansion): void {
  for (const [type, expand] of ORDER) for (const resource of resources) if (resource.type === type) expand(resource, expansion);
  for (const api of expansion.apis.values()) {
    if (api.resource.type === 'Api') expandRestApi(api, expansion);
    else expandHttpApi(api, expansion);
  }
  expandDeployments(expansion);
  const known = new Set([...ORDER.map(([type]) => type), ...OTHERS]);
  for (const resource of resources) {
    if (!known.has(resource.type)) complain(expansion, `\`AWS::Serverless::${resource.type.slice(0, 60)}\` is not known; what SAM makes of \`${resource.id}\` is not judged`, resource.at);
  }
}

function expandConnectors(written: readonly RawResource[], resources: readonly SamResource[], expansion: Expansion): void {
  for (const raw of written) {
    for (const connector of embeddedConnectors(raw.body)) {
      const from: SamResource = { raw: { ...raw, body: connector.body }, id: `${raw.logicalId}${connector.name}`, type: 'Connector', properties: mappingOf(connector.properties), at: connector.at };
      expandConnector(from, from.id, connector.properties, raw.logicalId, connector.at, expansion);
    }
  }
  for (const resource of resources) if (resource.type === 'Connector') expandConnector(resource, resource.id, field(resource.raw.body, 'Properties') ?? resource.properties, undefined, resource.at, expansion);
}

function mappingOf(properties: MappingNode | ReturnType<typeof embeddedConnectors>[number]['properties']): MappingNode {
  return properties.kind === 'mapping' ? properties : mapping(properties, []);
}

