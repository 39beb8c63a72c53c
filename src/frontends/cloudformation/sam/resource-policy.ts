import type { Origin } from '../../../core/source.ts';
import type { Node } from '../../../parse/node.ts';
import { sub, write, type Written } from '../generated.ts';
import { arnPathOf } from './api-paths.ts';
import { type ApiModel, resolvedText } from './expansion.ts';
import { canonical, field, isGiven, itemsOf } from './nodes.ts';

/**
 * Adds the statements of `Auth.ResourcePolicy` for some paths of an API: accounts that may or may not call it, addresses and
 * networks it may be called from, and statements as they are. Source: AWS SAM Developer Guide, ResourcePolicyStatement.
 */
export function addResourcePolicy(api: ApiModel, policy: Node, paths: readonly string[], stage: Written): void {
  for (const path of paths) addForPath(api, policy, invocations(api, path, stage), policy);
  for (const statement of itemsOf(field(policy, 'CustomStatements'))) addOnce(api, statement);
}

/** What the policy as a whole is written as; `undefined` without statements. */
export function policyDocument(api: ApiModel, at: Origin): Node | undefined {
  return api.statements.length === 0 ? undefined : write(at, { Version: '2012-10-17', Statement: api.statements });
}

function addForPath(api: ApiModel, policy: Node, resources: Written, at: Origin): void {
  const accounts = (key: string, effect: string): void => {
    const listed = field(policy, key);
    if (isGiven(listed)) add(api, write(listed, { Effect: effect, Action: 'execute-api:Invoke', Resource: resources, Principal: { AWS: itemsOf(listed) } }));
  };
  const within = (condition: Written, origin: Origin): void => {
    const invoke = { Action: 'execute-api:Invoke', Resource: resources, Principal: '*' };
    addOnce(api, write(origin, { Effect: 'Allow', ...invoke }));
    addOnce(api, write(origin, { Effect: 'Deny', ...invoke, Condition: condition }));
  };
  const addresses = (key: string, operator: string): void => {
    const listed = field(policy, key);
    if (isGiven(listed)) within({ [operator]: { 'aws:SourceIp': itemsOf(listed) } }, listed);
  };
  const networks = (list: string, operator: string): void => {
    const named = itemsOf(field(policy, `SourceVpc${list}`));
    const isEndpoint = (item: Node): boolean => resolvedText(item, api.resource)?.startsWith('vpce-') === true;
    const vpcs = [...named.filter((item) => !isEndpoint(item)), ...itemsOf(field(policy, `IntrinsicVpc${list}`))];
    const endpoints = [...named.filter(isEndpoint), ...itemsOf(field(policy, `IntrinsicVpce${list}`))];
    if (vpcs.length + endpoints.length === 0) return;
    within({ [operator]: { 'aws:SourceVpc': vpcs.length === 0 ? undefined : vpcs, 'aws:SourceVpce': endpoints.length === 0 ? undefined : endpoints } }, at);
  };
  accounts('AwsAccountWhitelist', 'Allow');
  accounts('AwsAccountBlacklist', 'Deny');
  addresses('IpRangeWhitelist', 'NotIpAddress');
  addresses('IpRangeBlacklist', 'IpAddress');
  networks('Blacklist', 'StringEquals');
  networks('Whitelist', 'StringNotEquals');
}

function add(api: ApiModel, statement: Node): void {
  api.held.add(canonical(statement));
  api.statements.push(statement);
}

function addOnce(api: ApiModel, statement: Node): void {
  const text = canonical(statement);
  if (!api.held.has(text)) add(api, statement);
}

function invocations(api: ApiModel, path: string, stage: Written): Written {
  return (api.paths.get(path) ?? []).map((method) => {
    const verb = ['any', 'x-amazon-apigateway-any-method'].includes(method.toLowerCase()) ? '*' : method.toUpperCase();
    return sub(`execute-api:/\${__Stage__}/${verb}${arnPathOf(path)}`, { __Stage__: stage });
  });
}
