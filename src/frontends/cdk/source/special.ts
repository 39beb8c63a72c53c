import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Value } from '../../../core/value.ts';
import { lastWord, unwrap } from '../typescript/file-facts.ts';
import { fold } from '../typescript/fold.ts';
import { deploymentValue, type FoldContext, joinValues, originOf } from '../typescript/fold-context.ts';
import { attributeOf, type EntityReader, referenceTo } from './entities.ts';
import { callsOn, isStatement, readStatement } from './statements.ts';
import { entry, followName, libraryName, mapping, text, writtenObject } from './values.ts';

/**
 * What folding alone does not know: policy documents and statements as the JSON they become, managed policies as their ARNs,
 * constructs of the sources as references. `seen` collects the statements met on the way.
 */
export function createSpecial(entities: EntityReader, seen: Set<TSESTree.Node>): NonNullable<FoldContext['special']> {
  return (node, context) => {
    switch (node.type) {
      case 'NewExpression':
        if (isStatement(node, context)) return readStatement(noted(node), context);
        return libraryName(node.callee, context) === 'PolicyDocument' ? readDocument(node, context) : readEntity(node, context);
      case 'CallExpression':
        return isStatement(node, context) ? readStatement(noted(node), context) : readFactory(node, context);
      case 'Identifier':
        return readNamed(node, context);
      case 'MemberExpression':
        return readMember(node, context);
      default:
        return undefined;
    }
  };

  function noted(node: TSESTree.Node): TSESTree.Node {
    seen.add(node);
    return node;
  }

  /** A name of a statement or a document, with what code adds to it later; a name of a construct is its ARN where a principal stands. */
  function readNamed(node: TSESTree.Identifier, context: FoldContext): Value | undefined {
    const followed = followName(node, context);
    if (isStatement(followed.node, followed.context)) {
      noted(followed.node);
      return readStatement(node, context);
    }
    if (followed.node.type !== 'NewExpression' || libraryName(followed.node.callee, followed.context) !== 'PolicyDocument') return undefined;
    const document = readDocument(followed.node, followed.context);
    const later = callsOn(node, context).filter((call) => lastWord(call.callee) === 'addStatements');
    const added = later.flatMap((call) => call.arguments.map((one) => fold(one.type === 'SpreadElement' ? one.argument : one, followed.context)));
    return added.length === 0 ? document : withStatements(document, added);
  }

  /** A construct where a value stands: a principal or a managed policy, which its ARN names. */
  function readEntity(node: TSESTree.NewExpression, context: FoldContext): Value | undefined {
    const [entity] = entities.entitiesOf(node, context.file);
    if (entity === undefined) return undefined;
    return referenceTo(entity, PRINCIPAL_TYPES.has(entity.type) ? 'Arn' : '', node, context);
  }

  function readMember(node: TSESTree.MemberExpression, context: FoldContext): Value | undefined {
    const [entity] = entities.entitiesOf(node.object, context.file);
    const attribute = entity === undefined ? undefined : attributeOf(node, entity.type);
    return entity === undefined || attribute === undefined ? undefined : referenceTo(entity, attribute, node, context);
  }
}

const PRINCIPAL_TYPES: ReadonlySet<string> = new Set(['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group']);

/** `new PolicyDocument({ statements: […] })`. */
function readDocument(node: TSESTree.NewExpression, context: FoldContext): Value {
  const [given] = node.arguments;
  const written = writtenObject(given?.type === 'SpreadElement' ? undefined : given, context)?.properties.get('statements');
  const origin = originOf(node, context.file);
  const statements: Value = written === undefined ? { kind: 'list', items: [], origin } : fold(written.node, { ...context, file: written.file });
  return documentOf(statements, origin);
}

/** A policy document of the current version. */
export function documentOf(statements: Value, origin: Value['origin']): Value {
  return mapping([entry('Version', text('2012-10-17', origin)), entry('Statement', statements)], origin);
}

/** A document with more statements. */
export function withStatements(document: Value, added: readonly Value[]): Value {
  const known = document.kind === 'map' ? document.entries.find((one) => one.key === 'Statement')?.value : undefined;
  const before = known?.kind === 'list' ? known.items : known === undefined ? [] : [known];
  const statements: Value = { kind: 'list', items: [...before, ...added], origin: document.origin };
  return document.kind === 'map' ? mapping([...document.entries.filter((one) => one.key !== 'Statement'), entry('Statement', statements)], document.origin) : documentOf(statements, document.origin);
}

/** Static makers: `PolicyDocument.fromJson(…)`, `ManagedPolicy.fromAwsManagedPolicyName('…')` and their kin. */
function readFactory(node: TSESTree.CallExpression, context: FoldContext): Value | undefined {
  if (node.callee.type !== 'MemberExpression') return undefined;
  const holder = lastWord(unwrap(node.callee.object));
  const given = node.arguments.map((one) => (one.type === 'SpreadElement' ? one.argument : one));
  const last = given.at(-1);
  if (last === undefined) return undefined;
  switch (`${holder ?? ''}.${lastWord(node.callee) ?? ''}`) {
    case 'PolicyDocument.fromJson':
      return fold(last, context);
    case 'ManagedPolicy.fromAwsManagedPolicyName':
      return policyArn('aws', last, node, context);
    case 'ManagedPolicy.fromManagedPolicyName':
      return policyArn(undefined, last, node, context);
    case 'ManagedPolicy.fromManagedPolicyArn':
    case 'Role.fromRoleArn':
      return fold(given[2] ?? last, context);
    default:
      return undefined;
  }
}

/** The ARN of a managed policy by name; its place is the name. */
function policyArn(account: 'aws' | undefined, name: TSESTree.Node, node: TSESTree.Node, context: FoldContext): Value {
  const named = fold(name, context);
  const prefix = (written: string): Value => text(written, named.origin);
  const owner = account === undefined ? deploymentValue('AccountId', node, context) : prefix(account);
  return joinValues([prefix('arn:aws:iam::'), owner, prefix(':policy/'), named], named.origin);
}
