import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Value } from '../../../core/value.ts';
import type { Holder, HolderReader } from '../match/holders.ts';
import { declarationOf, enclosingFunction } from '../typescript/declarations.ts';
import { type ClassFact, type Creation, lastWord, type TypeScriptFile } from '../typescript/file-facts.ts';
import { fold } from '../typescript/fold.ts';
import { type FoldContext, originOf } from '../typescript/fold-context.ts';
import type { TypeScriptProject } from '../typescript/project.ts';
import { libraryName } from './values.ts';

/** One construct of the library that the sources make and that becomes a resource. */
export interface Entity {
  readonly file: TypeScriptFile;
  /** The `new`, or the `super(…)` of a class that extends it. */
  readonly node: TSESTree.NewExpression | TSESTree.CallExpression;
  /** The library's class, e.g. `Role`, `CfnRole`. */
  readonly className: string;
  /** The CloudFormation type it makes. */
  readonly type: string;
  readonly props: TSESTree.Node | undefined;
  /** Unique in its file: the class it stands in and its id, e.g. `AppStack/Role`. */
  readonly address: string;
}

/** Constructs above CloudFormation's own level whose properties `resources.ts` knows. */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ['Role', 'AWS::IAM::Role'],
  ['User', 'AWS::IAM::User'],
  ['Group', 'AWS::IAM::Group'],
  ['Policy', 'AWS::IAM::Policy'],
  ['ManagedPolicy', 'AWS::IAM::ManagedPolicy'],
  ['AccessKey', 'AWS::IAM::AccessKey'],
  ['OpenIdConnectProvider', 'AWS::IAM::OIDCProvider'],
]);

/** Modules of CloudFormation's own constructs (`CfnRole`), with the service's name in resource types. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['iam', 'IAM'], ['s3', 'S3'], ['sqs', 'SQS'], ['sns', 'SNS'], ['kms', 'KMS'], ['secretsmanager', 'SecretsManager'], ['lambda', 'Lambda'], ['ecr', 'ECR'], ['events', 'Events'],
  ['dynamodb', 'DynamoDB'], ['organizations', 'Organizations'], ['sso', 'SSO'], ['ssm', 'SSM'], ['logs', 'Logs'], ['apigateway', 'ApiGateway'], ['efs', 'EFS'], ['backup', 'Backup'],
  ['glue', 'Glue'], ['codeartifact', 'CodeArtifact'], ['opensearchservice', 'OpenSearchService'], ['kinesis', 'Kinesis'], ['ram', 'RAM'], ['rolesanywhere', 'RolesAnywhere'], ['ec2', 'EC2'],
  ['cognito', 'Cognito'], ['identitystore', 'IdentityStore'], ['stepfunctions', 'StepFunctions'], ['ecs', 'ECS'], ['eks', 'EKS'], ['codebuild', 'CodeBuild'],
]);

/** The library module behind a name, e.g. `iam` for `iam.Role` and for `Role` imported from `aws-cdk-lib/aws-iam`. */
export function libraryModule(callee: TSESTree.Node, file: TypeScriptFile, project: TypeScriptProject | undefined): string | undefined {
  const root = callee.type === 'MemberExpression' ? callee.object : callee;
  if (root.type !== 'Identifier') return undefined;
  const declared = declarationOf(root.name, callee, file, project);
  if (declared?.kind !== 'library') return undefined;
  return /^(?:aws-cdk-lib|@aws-cdk)\/aws-([\w-]+)$/.exec(declared.module)?.[1] ?? /^aws_(\w+)$/.exec(declared.name)?.[1];
}

/** Finds entities, and which of them an expression holds. */
export interface EntityReader {
  readonly entitiesIn: (file: TypeScriptFile) => readonly Entity[];
  readonly entitiesOf: (node: TSESTree.Node, file: TypeScriptFile) => readonly Entity[];
}

export function createEntityReader(project: TypeScriptProject, holders: HolderReader): EntityReader {
  const known = new Map<TypeScriptFile, readonly Entity[]>();
  const entitiesIn = (file: TypeScriptFile): readonly Entity[] => {
    const list = known.get(file) ?? collect(file, project);
    known.set(file, list);
    return list;
  };
  const ofClass = (fact: ClassFact): readonly Entity[] => entitiesIn(fact.file).filter(({ node }) => node.callee.type === 'Super' && node.range[0] > fact.node.range[0] && node.range[1] <= fact.node.range[1]);
  const ofCreation = (creation: Creation): readonly Entity[] => {
    const made = creation.node.type === 'CallExpression' ? (holders.madeBy(creation) ?? creation) : creation;
    const direct = entitiesIn(made.file).filter((entity) => entity.node === made.node);
    return direct.length > 0 ? direct : holders.classesOf(made).flatMap(ofClass);
  };
  const ofHolder = (holder: Holder): readonly Entity[] => {
    if (holder.kind === 'app') return [];
    return holder.kind === 'class' ? holders.chainOf(holder.fact).flatMap(ofClass) : ofCreation(holder.creation);
  };
  return { entitiesIn, entitiesOf: (node, file) => [...new Set(holders.holdersOf(node, file).flatMap(ofHolder))] };
}

function collect(file: TypeScriptFile, project: TypeScriptProject): readonly Entity[] {
  const context: FoldContext = { file, project, scopeId: file.source.path, bound: new Map(), depth: 0, budget: { left: 20_000 } };
  const entities: Entity[] = [];
  const taken = new Map<string, number>();
  const add = (node: Entity['node'], callee: TSESTree.Node, owner: string | undefined): void => {
    const className = libraryName(callee, context);
    const type = className === undefined ? undefined : typeOf(className, callee, file, project);
    if (className === undefined || type === undefined) return;
    const [, id, props] = node.arguments;
    const name = node.callee.type === 'Super' ? '' : idText(id, context);
    const base = [owner ?? '', name].filter((part) => part !== '').join('/');
    const count = (taken.get(base) ?? 0) + 1;
    taken.set(base, count);
    entities.push({ file, node, className, type, props: props?.type === 'SpreadElement' ? undefined : props, address: count === 1 ? base : `${base}#${count}` });
  };
  for (const node of file.news) add(node, node.callee, ownerName(node));
  for (const node of file.calls) {
    const owner = node.callee.type === 'Super' ? ownerClass(node) : undefined;
    if (owner?.superClass != null) add(node, owner.superClass, owner.id?.name);
  }
  return entities;
}

function typeOf(className: string, callee: TSESTree.Node, file: TypeScriptFile, project: TypeScriptProject): string | undefined {
  const module = libraryModule(callee, file, project);
  if (module === undefined) return undefined;
  if (!className.startsWith('Cfn')) return module === 'iam' ? CLASSES.get(className) : undefined;
  const service = SERVICES.get(module);
  return service === undefined || className.length < 5 ? undefined : `AWS::${service}::${className.slice('Cfn'.length)}`;
}

function idText(id: TSESTree.Node | undefined, context: FoldContext): string {
  if (id === undefined || id.type === 'SpreadElement') return '';
  return flat(fold(id, context));
}

function flat(value: Value): string {
  switch (value.kind) {
    case 'scalar':
      return value.text;
    case 'concat':
      return value.parts.map(flat).join('');
    default:
      return '*';
  }
}

function ownerClass(node: TSESTree.Node): TSESTree.ClassDeclaration | TSESTree.ClassExpression | undefined {
  for (let above: TSESTree.Node | undefined = node.parent; above !== undefined; above = above.parent) {
    if (above.type === 'ClassDeclaration' || above.type === 'ClassExpression') return above;
  }
  return undefined;
}

function ownerName(node: TSESTree.Node): string | undefined {
  const owner = ownerClass(node)?.id?.name;
  if (owner !== undefined) return owner;
  const around = enclosingFunction(node);
  return around?.type === 'FunctionDeclaration' ? around.id?.name : undefined;
}

/** The reference to an entity's attribute: '' is what `Ref` gives. */
export function referenceTo(entity: Entity, attribute: string, node: TSESTree.Node, context: FoldContext): Value {
  return { kind: 'reference', scope: entity.file.source.path, address: entity.address, attribute, origin: originOf(node, context.file) };
}

/** Members of constructs that name them: `role.roleArn`, `user.userName`. */
export function attributeOf(member: TSESTree.MemberExpression, type: string): string | undefined {
  const name = lastWord(member) ?? '';
  if (name === 'ref') return '';
  if (name === 'attrArn') return 'Arn';
  if (/^(role|user|group|policy|accessKey)Name$|^accessKeyId$|^managedPolicyArn$|^openIdConnectProviderArn$/.test(name)) return '';
  if (name === 'secretAccessKey') return 'SecretAccessKey';
  return /^(role|user|group)Arn$/.test(name) && type !== 'AWS::IAM::Policy' ? 'Arn' : undefined;
}
