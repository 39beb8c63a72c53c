import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import type { Resource } from '../../frontend.ts';
import { lastWord, unwrap } from '../typescript/file-facts.ts';
import { type FoldContext, originOf, unknownAt } from '../typescript/fold-context.ts';
import { type LooseAddition, receiverText } from './additions.ts';
import { libraryModule, type Entity, type EntityReader, referenceTo } from './entities.ts';
import { documentOf } from './special.ts';
import { entry, followName, mapping } from './values.ts';

/** The resource that additions to one receiver make: an inline policy, a resource policy, or a role with managed policies. */
export function looseResource(addition: LooseAddition, entities: EntityReader, context: FoldContext): Resource {
  const { file, call } = addition;
  const place = call.callee.type === 'MemberExpression' ? originOf(call.callee.property, file) : originOf(call, file);
  const made = addition.kind === 'identity' ? identityPolicy(addition, entities, context) : addition.kind === 'managed' ? managedRole(addition, context) : resourcePolicy(addition, context);
  return { type: made.type, address: made.address, displayName: made.address, properties: () => made.properties, origin: place, extent: originOf(call, file) };
}

interface Made {
  readonly type: string;
  readonly address: string;
  readonly properties: Value;
}

const OWNERS: ReadonlyMap<string, string> = new Map([['AWS::IAM::Role', 'Roles'], ['AWS::IAM::User', 'Users'], ['AWS::IAM::Group', 'Groups']]);

function identityPolicy(addition: LooseAddition, _entities: EntityReader, context: FoldContext): Made {
  const { entity, receiver, file } = addition;
  const origin = originOf(addition.call, file);
  const document = entry('PolicyDocument', documentOf({ kind: 'list', items: addition.values, origin }, origin));
  const key = entity === undefined ? 'Roles' : (OWNERS.get(entity.type) ?? 'Roles');
  const owner: Value = entity === undefined ? roleOf(addition, context) : referenceTo(entity, '', receiver, { ...context, file });
  return { type: 'AWS::IAM::Policy', address: `${ownerText(addition, entity)}/DefaultPolicy`, properties: mapping([document, entry(key, { kind: 'list', items: [owner], origin })], origin) };
}

/** The name of a role the sources do not spell out: a function's, a task's, an imported one. */
function roleOf({ receiver, file }: LooseAddition, context: FoldContext): Value {
  return { ...unknownAt(receiver, { ...context, file }, 'runtime-attribute'), shape: 'atom', name: `${file.source.path}#role of ${receiverText(receiver, file)}` };
}

function ownerText({ receiver, file }: LooseAddition, entity: Entity | undefined): string {
  return entity?.address ?? receiverText(receiver, file);
}

/** A role whose trust the sources do not show, with what is attached to it. */
function managedRole(addition: LooseAddition, context: FoldContext): Made {
  const { receiver, file } = addition;
  const origin = originOf(addition.call, file);
  const trust: Value = { ...unknownAt(receiver, { ...context, file }, 'runtime-attribute'), shape: 'any' };
  return { type: 'AWS::IAM::Role', address: `${receiverText(receiver, file)} (role)`, properties: mapping([entry('AssumeRolePolicyDocument', trust), entry('ManagedPolicyArns', { kind: 'list', items: addition.values, origin })], origin) };
}

interface ResourcePolicyType {
  readonly type: string;
  readonly document: string;
  readonly target: string | undefined;
  readonly list: boolean;
}

/** Resources with policies of their own, by the service of the receiver's module or of the statement's actions. */
const RESOURCE_POLICIES: ReadonlyMap<string, ResourcePolicyType> = new Map([
  ['s3', { type: 'AWS::S3::BucketPolicy', document: 'PolicyDocument', target: 'Bucket', list: false }],
  ['sqs', { type: 'AWS::SQS::QueuePolicy', document: 'PolicyDocument', target: 'Queues', list: true }],
  ['sns', { type: 'AWS::SNS::TopicPolicy', document: 'PolicyDocument', target: 'Topics', list: true }],
  ['kms', { type: 'AWS::KMS::Key', document: 'KeyPolicy', target: undefined, list: false }],
  ['secretsmanager', { type: 'AWS::SecretsManager::ResourcePolicy', document: 'ResourcePolicy', target: 'SecretId', list: false }],
  ['ecr', { type: 'AWS::ECR::Repository', document: 'RepositoryPolicyText', target: undefined, list: false }],
]);

function resourcePolicy(addition: LooseAddition, context: FoldContext): Made {
  const { receiver, file } = addition;
  const origin = originOf(addition.call, file);
  const document = documentOf({ kind: 'list', items: addition.values, origin }, origin);
  const row = RESOURCE_POLICIES.get(receiverService(addition, context) ?? statementService(addition.values) ?? '');
  const name = receiverText(receiver, file);
  if (row === undefined) return { type: 'policy:resource', address: `${name}/Policy`, properties: mapping([entry('Document', document)], origin) };
  const target: Value = { ...unknownAt(receiver, { ...context, file }, 'runtime-attribute'), shape: 'atom' };
  const held: Value = row.list ? { kind: 'list', items: [target], origin } : target;
  return { type: row.type, address: `${name}/Policy`, properties: mapping([entry(row.document, document), ...(row.target === undefined ? [] : [entry(row.target, held)])], origin) };
}

/** The library module of the construct the receiver is, e.g. `s3` for `new s3.Bucket(…)`. */
function receiverService({ receiver, file }: LooseAddition, context: FoldContext): string | undefined {
  const followed = followName(unwrap(receiver), { ...context, file });
  const { node } = followed;
  if (node.type === 'NewExpression') return libraryModule(node.callee, followed.context.file, context.project);
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && /^from/.test(lastWord(node.callee) ?? '') ? libraryModule(node.callee.object, followed.context.file, context.project) : undefined;
}

function statementService(statements: readonly Value[]): string | undefined {
  for (const statement of statements) {
    for (const action of itemsOf(property(statement, 'Action'))) {
      const text = knownText(action);
      if (text?.includes(':') === true) return text.slice(0, text.indexOf(':')).toLowerCase();
    }
  }
  return undefined;
}
