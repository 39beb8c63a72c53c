import type { Origin } from '../../../core/source.ts';
import { textValue, type Value } from '../../../core/value.ts';
import { managedPolicy } from '../../../data/managed-policies.ts';
import { bodyValue } from '../evaluate/blocks.ts';
import type { Interpreter, ResourceInstance } from '../evaluate/interpreter.ts';
import { attributeOf } from '../syntax/ast.ts';
import { mapValue, unknownValue } from '../values/build.ts';
import { mapOptions } from '../values/choice.ts';
import { scopedName } from '../values/describe.ts';
import { structureOf } from '../values/json-text.ts';
import { concatValues } from '../values/text.ts';
import { namesFrom } from '../evaluate/names.ts';
import { documentValue } from './policy-document.ts';
import { remoteStateOutputs } from './remote-state.ts';
import { instanceFrame } from './variables.ts';

/** Data sources that look up an entity of IAM: what they yield is linked like a resource. */
const ENTITIES: ReadonlySet<string> = new Set(['aws_iam_role', 'aws_iam_user', 'aws_iam_group', 'aws_iam_policy', 'aws_iam_instance_profile', 'aws_iam_openid_connect_provider', 'aws_iam_saml_provider']);

/** Data sources whose values are secrets. */
const SECRETS: ReadonlySet<string> = new Set(['aws_secretsmanager_secret_version', 'aws_kms_secrets', 'aws_secretsmanager_random_password', 'aws_ecr_authorization_token', 'aws_eks_cluster_auth']);

type Reader = (resource: ResourceInstance, name: string, interpreter: Interpreter, at: Origin) => Value | undefined;

/** Data sources whose attributes follow from the configuration or from where it is deployed. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['aws_iam_policy_document', readDocument],
  ['aws_caller_identity', readCaller],
  ['aws_region', readRegion],
  ['aws_partition', readPartition],
  ['aws_iam_policy', readManagedPolicy],
  ['aws_service_principal', readServicePrincipal],
  ['template_file', readTemplateFile],
  ['local_file', readLocalFile],
  ['terraform_remote_state', (resource, name, interpreter, at) => (name === 'outputs' ? remoteStateOutputs(resource, interpreter, at) : undefined)],
  ['null_data_source', (resource, name, interpreter) => (name === 'outputs' ? argument(resource, 'inputs', interpreter) : undefined)],
]);

/** An attribute of a data source: what its type says, what its arguments say, else unknown. */
export function dataAttribute(resource: ResourceInstance, name: string, interpreter: Interpreter, at: Origin): Value {
  const { type } = resource.definition;
  const shown = interpreter.overlay?.attribute(resource.address, name);
  if (shown !== undefined) return shown;
  const read = READERS.get(type)?.(resource, name, interpreter, at);
  if (read !== undefined) return read;
  if (ENTITIES.has(type)) return { kind: 'reference', scope: interpreter.scope.id, address: resource.address, attribute: name, origin: at };
  const given = argument(resource, name, interpreter);
  if (given !== undefined && given.kind !== 'absent') return given;
  const isWord = name === 'id' || name === 'account_id' || name.endsWith('_id');
  return unknownValue(SECRETS.has(type) ? 'secret' : 'data-source', scopedName(interpreter.scope.id, `${resource.address}.${name}`), at, isWord ? 'atom' : 'any');
}

function argument(resource: ResourceInstance, name: string, interpreter: Interpreter): Value | undefined {
  const attribute = attributeOf(resource.definition.block.body, name);
  return attribute === undefined ? undefined : interpreter.evaluate(attribute.value, instanceFrame(resource, interpreter));
}

function readDocument(resource: ResourceInstance, name: string, interpreter: Interpreter): Value | undefined {
  if (name !== 'json' && name !== 'minified_json') return undefined;
  const { block } = resource.definition;
  return documentValue(bodyValue(block.body, instanceFrame(resource, interpreter), block.extent), block.extent);
}

function readCaller(resource: ResourceInstance, name: string, interpreter: Interpreter, at: Origin): Value | undefined {
  if (name !== 'account_id' && name !== 'id') return undefined;
  return accountValue(resource, interpreter, at);
}

/** The account a resource's provider works in; one and the same unknown wherever it is not known. */
export function accountValue(resource: ResourceInstance, interpreter: Interpreter, at: Origin): Value {
  const facts = interpreter.providerFacts(resource.module, resource.definition);
  if (facts.account !== undefined) return textValue(facts.account, at);
  return unknownValue('deployment-account', placeName(interpreter, facts.name, 'account'), at, 'atom');
}

function readRegion(resource: ResourceInstance, name: string, interpreter: Interpreter, at: Origin): Value | undefined {
  if (name !== 'name' && name !== 'id' && name !== 'region') return undefined;
  const given = argument(resource, 'region', interpreter) ?? argument(resource, 'name', interpreter);
  if (given !== undefined && given.kind !== 'absent') return given;
  const facts = interpreter.providerFacts(resource.module, resource.definition);
  if (facts.region !== undefined) return textValue(facts.region, at);
  return unknownValue('deployment-region', placeName(interpreter, facts.name, 'region'), at, 'atom');
}

/** `scope#account` for the default provider, with the provider's name in between for others. */
function placeName(interpreter: Interpreter, provider: string, what: 'account' | 'region'): string {
  const isDefault = !provider.includes('.');
  return isDefault ? `${interpreter.scope.id}#${what}` : `${interpreter.scope.id}#provider.${provider}#${what}`;
}

function readPartition(_resource: ResourceInstance, name: string, interpreter: Interpreter, at: Origin): Value | undefined {
  const { partition } = interpreter.scope;
  const china = partition === 'aws-cn';
  if (name === 'partition' || name === 'id') return textValue(partition, at);
  if (name === 'dns_suffix') return textValue(china ? 'amazonaws.com.cn' : 'amazonaws.com', at);
  return name === 'reverse_dns_prefix' ? textValue(china ? 'cn.com.amazonaws' : 'com.amazonaws', at) : undefined;
}

/** A managed policy looked up by ARN, or by the name of one of AWS's own; customers' policies are linked like resources. */
function readManagedPolicy(resource: ResourceInstance, name: string, interpreter: Interpreter, at: Origin): Value | undefined {
  const arn = argument(resource, 'arn', interpreter);
  const isArn = name === 'arn' || name === 'id';
  if (isArn && arn !== undefined && arn.kind !== 'absent') return arn;
  const wanted = arn ?? argument(resource, 'name', interpreter);
  const managed = wanted?.kind === 'scalar' && (isArn || name === 'policy') ? managedPolicy(wanted.text) : undefined;
  if (managed === undefined) return undefined;
  return isArn ? textValue(managed.arn.replace(/^arn:aws:/, `arn:${interpreter.scope.partition}:`), at) : structureOf(textValue(JSON.stringify(managed.document), at));
}

function readServicePrincipal(resource: ResourceInstance, name: string, interpreter: Interpreter, at: Origin): Value | undefined {
  const service = argument(resource, 'service_name', interpreter);
  if (service === undefined || (name !== 'name' && name !== 'id')) return undefined;
  return concatValues([service, textValue('.amazonaws.com', at)], at);
}

/** `template_file` renders its template with `vars`. */
function readTemplateFile(resource: ResourceInstance, name: string, interpreter: Interpreter, at: Origin): Value | undefined {
  if (name !== 'rendered') return undefined;
  const template = argument(resource, 'template', interpreter);
  if (template === undefined) return undefined;
  const names = namesFrom(argument(resource, 'vars', interpreter) ?? mapValue([], at));
  return mapOptions(template, (option) => (option.kind === 'scalar' ? interpreter.evaluateTemplate(option, names, instanceFrame(resource, interpreter)) : option));
}

function readLocalFile(resource: ResourceInstance, name: string, interpreter: Interpreter, at: Origin): Value | undefined {
  const path = argument(resource, 'filename', interpreter);
  if (name !== 'content' || path?.kind !== 'scalar') return undefined;
  const source = interpreter.readFile(path.text);
  if (typeof source !== 'string') return { kind: 'scalar', text: source.text, type: 'string', origin: { source, start: 0, end: source.text.length } };
  return unknownValue('missing-file', scopedName(interpreter.scope.id, path.text), at, 'text');
}
