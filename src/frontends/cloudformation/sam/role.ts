import type { Origin } from '../../../core/source.ts';
import { once } from '../../../data/load.ts';
import { managedPolicy, managedPolicyNames } from '../../../data/managed-policies.ts';
import type { Node } from '../../../parse/node.ts';
import { isIntrinsic } from '../intrinsics.ts';
import { write, type Written } from '../generated.ts';
import { awsPolicyArn, complain, type Expansion, make, type Recipe, type SamResource } from './expansion.ts';
import { canonical, conditionalOf, field, isGiven, isNoValue, itemsOf, literalText } from './nodes.ts';
import { expandPolicyTemplate } from './policy-templates.ts';
import { tagList } from './tags.ts';

/** A role while its policies are being collected. */
export interface RoleDraft {
  readonly id: string;
  readonly trust: Node;
  readonly managed: Node[];
  readonly policies: Node[];
  /** What the lists above hold, as texts of equal meaning. */
  readonly held: Set<string>;
}

/** A role without policies. */
export function createRole(id: string, trust: Node): RoleDraft {
  return { id, trust, managed: [], policies: [], held: new Set() };
}

/** The trust policy that lets one service assume the role. */
export function serviceTrust(service: string, at: Origin): Node {
  return write(at, { Version: '2012-10-17', Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } }] });
}

/** An inline policy of one statement. */
export function inlinePolicy(name: string, action: Written, resource: Written): Written {
  return { PolicyName: name, PolicyDocument: { Statement: [{ Action: action, Effect: 'Allow', Resource: resource }] } };
}

/** The managed policy for X-Ray, which goes by its older name in the first partition. */
export function tracingPolicyArn(expansion: Expansion): string {
  return awsPolicyArn(expansion, expansion.partition === 'aws' ? 'AWSXrayWriteOnlyAccess' : 'AWSXRayDaemonWriteAccess');
}

/** Adds a managed policy unless the role has it. */
export function addManaged(draft: RoleDraft, arn: Node): void {
  const text = canonical(arn);
  if (draft.held.has(text)) return;
  draft.held.add(text);
  draft.managed.push(arn);
}

/** Adds an inline policy. */
export function addPolicy(draft: RoleDraft, policy: Node): void {
  draft.held.add(documentText(policy));
  draft.policies.push(policy);
}

/** Adds an inline policy unless the role has one with the same document. */
export function addPolicyOnce(draft: RoleDraft, policy: Node): void {
  if (!draft.held.has(documentText(policy))) addPolicy(draft, policy);
}

function documentText(policy: Node): string {
  return `document ${canonical(field(policy, 'PolicyDocument') ?? policy)}`;
}

/**
 * Adds what `Policies` says: names and ARNs of managed policies, policy documents, and policy templates, each possibly in a
 * branch of `Fn::If`. Source: AWS SAM Developer Guide, `Policies` of AWS::Serverless::Function.
 */
export function addPolicies(draft: RoleDraft, policies: Node | undefined, from: SamResource, expansion: Expansion): void {
  if (!isGiven(policies)) return;
  itemsOf(policies).forEach((policy, index) => {
    const managed = convert(policy, (item) => managedArn(item, expansion));
    if (managed !== undefined) addManaged(draft, managed);
    const inline = convert(policy, (item) => inlineDocument(item, expansion, from, `${draft.id}Policy${index}`));
    if (inline !== undefined) addPolicy(draft, inline);
    if (managed === undefined && inline === undefined && !isNoValue(policy)) complain(expansion, `policy ${index} of \`${from.id}\` is no managed policy, policy document or policy template; it is not read`, policy);
  });
}

/** Applies a conversion, within the branches of `Fn::If` too; a branch of another kind yields nothing. */
function convert(policy: Node, apply: (policy: Node) => Node | undefined, depth = 0): Node | undefined {
  const conditional = depth > 10 ? undefined : conditionalOf(policy);
  if (conditional === undefined) return isNoValue(policy) ? undefined : apply(policy);
  const then = convert(conditional.then, apply, depth + 1);
  const otherwise = convert(conditional.otherwise, apply, depth + 1);
  if (then === undefined && otherwise === undefined) return undefined;
  const none: Written = { Ref: 'AWS::NoValue' };
  return write(policy, { 'Fn::If': [conditional.condition, then ?? none, otherwise ?? none] });
}

/** A name becomes the ARN of the AWS managed policy it names; any other text or function is taken as it is. */
function managedArn(policy: Node, expansion: Expansion): Node | undefined {
  const text = literalText(policy);
  if (text === undefined) return isIntrinsic(policy) ? policy : undefined;
  if (text.startsWith('arn:')) return policy;
  const path = pathOfManagedPolicy(text);
  return path === undefined ? policy : write(policy, `arn:${expansion.partition}:iam::aws:policy${path}${text}`);
}

/** Looking a name up reads through all policies, and templates use the same few names. */
const knownPaths = once(() => new Map<string, string | undefined>());
const knownNames = once(() => new Set(managedPolicyNames()));

function pathOfManagedPolicy(name: string): string | undefined {
  if (!knownNames().has(name)) return undefined;
  const known = knownPaths();
  if (!known.has(name)) known.set(name, managedPolicy(name)?.path);
  return known.get(name);
}

function inlineDocument(policy: Node, expansion: Expansion, from: SamResource, name: string): Node | undefined {
  if (policy.kind !== 'mapping' || isIntrinsic(policy)) return undefined;
  const document = field(policy, 'Statement') === undefined ? expandPolicyTemplate(policy, from, expansion) : policy;
  return document === undefined ? undefined : write(document, { PolicyName: name, PolicyDocument: document });
}

/** Adds the role resource. */
export function makeRole(expansion: Expansion, from: SamResource, draft: RoleDraft, options: Partial<Pick<Recipe, 'at' | 'condition'>> = {}): void {
  const { properties } = from;
  const role: Written = {
    AssumeRolePolicyDocument: draft.trust,
    ManagedPolicyArns: draft.managed,
    Policies: draft.policies.length === 0 ? undefined : draft.policies,
    Path: field(properties, 'RolePath'),
    PermissionsBoundary: field(properties, 'PermissionsBoundary'),
    Tags: tagList(field(properties, 'Tags')),
  };
  make(expansion, from, { id: draft.id, type: 'AWS::IAM::Role', properties: role, ...options });
}
