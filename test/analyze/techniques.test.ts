import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze/index.ts';
import { principalNodeId } from '../../src/analyze/nodes.ts';
import { type Technique, type TechniquePermission, techniques } from '../../src/data/techniques.ts';
import type { Organization, PermissionModel } from '../../src/model/model.ts';
import { FULL_ACCESS } from '../../src/model/full-access.ts';
import { resourceTypeNames, resourceTypeRow } from '../../src/data/resource-types.ts';
import { cfnIdentity } from '../../src/data/cfn-identity.ts';
import { modelOf, NO_ORGANIZATION } from '../given.ts';

const ACCOUNT = '111111111111';
const MEMBER = '222222222222';

/** A world in which the technique works: an actor that holds its permissions, and everything it could be aimed at. */
interface World {
  readonly statements?: readonly object[];
  readonly boundary?: boolean;
  readonly condition?: object;
  readonly service?: string | null;
  readonly scp?: readonly object[];
}

const allow = (actions: readonly string[], condition?: object): object => ({ Effect: 'Allow', Action: actions, Resource: '*', ...(condition === undefined ? {} : { Condition: condition }) });
const trust = (principal: object, action: string | readonly string[] = 'sts:AssumeRole'): object => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: action }] });
const inline = (statements: readonly object[]): object => ({ Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }] });

function permissionsOf(technique: Technique): readonly TechniquePermission[] {
  return [...technique.permissions.all, ...(technique.permissions.anyOf?.[0] ?? [])];
}

function worldOf(technique: Technique, world: World): PermissionModel {
  const actions = permissionsOf(technique).map(({ action }) => action);
  const statements = [allow(actions, world.condition), ...(world.statements ?? [])];
  const more = {
    ...inline(technique.effect === 'changes-own-tags' || technique.effect === 'becomes-target-with-chosen-tags' ? [...statements, tagged()] : statements),
    ...(world.boundary === true || technique.effect === 'sheds-boundary' ? { PermissionsBoundary: { Ref: 'Boundary' } } : {}),
    ManagedPolicyArns: [{ Ref: 'Held' }, ...(technique.id.includes('detach') || technique.id === 'iam-025' ? [{ Ref: 'Denying' }] : [])],
  };
  const denies = technique.effect === 'sheds-deny' && !technique.id.includes('detach') && technique.id !== 'iam-025' && !technique.id.includes('group');
  const actor = technique.actor === 'user' ? { Type: 'AWS::IAM::User', Properties: { UserName: 'actor', Groups: [{ Ref: 'OwnGroup' }], ...more } } : { Type: 'AWS::IAM::Role', Properties: { RoleName: 'actor', AssumeRolePolicyDocument: trust({ Service: 'workmail.amazonaws.com' }), ...more } };
  if (denies) Object.assign(actor.Properties, { Policies: [...policiesOf(actor.Properties), { PolicyName: 'deny', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:GetObject', Resource: '*' }] } }] });
  const resources: Record<string, object> = {
    Actor: actor,
    Boundary: managed(world.boundary === true ? [allow(['s3:GetObject'])] : [allow(['*'])]),
    Held: managed([allow(['s3:ListAllMyBuckets'])]),
    Denying: managed([{ Effect: 'Deny', Action: 's3:GetObject', Resource: '*' }]),
    Target: { Type: 'AWS::IAM::Role', Properties: { RoleName: technique.id === 'organizations-account-access-role' ? 'OrganizationAccountAccessRole' : 'target', AssumeRolePolicyDocument: targetTrust(technique, world), ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess', { Ref: 'TargetPolicy' }], ...(technique.effect === 'becomes-target-with-chosen-tags' ? inline([tagged()]) : {}), ...(technique.id === 'iam-023' ? { PermissionsBoundary: { Ref: 'Boundary' } } : {}) } },
    TargetPolicy: managed([allow(['s3:ListAllMyBuckets'])]),
    Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Target' }] } },
    OwnGroup: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'own', ...inline(technique.id.includes('group') ? [{ Effect: 'Deny', Action: 's3:GetObject', Resource: '*' }] : []), ...(technique.id.includes('detach-own-group') ? { ManagedPolicyArns: [{ Ref: 'Denying' }] } : {}) } },
    AdminGroup: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'admins', ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } },
    Victim: { Type: 'AWS::IAM::User', Properties: { UserName: 'victim', ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'], ...(technique.id === 'iam-006' ? { LoginProfile: { Password: '{{resolve:secretsmanager:x}}' } } : {}) } },
    Saml: { Type: 'AWS::IAM::SAMLProvider', Properties: { Name: 'saml', SamlMetadataDocument: 'x' } },
    Oidc: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: 'https://idp.example.com', ClientIdList: ['x'], ThumbprintList: [] } },
    ...existing(technique),
  };
  const model = modelOf({ 't.json': JSON.stringify({ Resources: resources }) }, { account: technique.requires?.includes('member-account') === true ? MEMBER : ACCOUNT, region: 'eu-west-1' });
  return { ...model, organization: organization(world.scp), coverage: { ...model.coverage, organization: true, controlPolicies: true } };
}

function policiesOf(properties: object): readonly object[] {
  return 'Policies' in properties && Array.isArray(properties.Policies) ? properties.Policies : [];
}

const tagged = (): object => allow(['s3:GetObject'], { StringEquals: { 'aws:PrincipalTag/team': 'admin' } });
const managed = (statements: readonly object[]): object => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement: statements } } });

function targetTrust(technique: Technique, world: World): object {
  if (technique.effect === 'becomes-any-role-trusting-provider') {
    return technique.id.includes('saml') ? trust({ Federated: { 'Fn::GetAtt': ['Saml', 'Arn'] } }, 'sts:AssumeRoleWithSAML') : trust({ Federated: { 'Fn::GetAtt': ['Oidc', 'Arn'] } }, 'sts:AssumeRoleWithWebIdentity');
  }
  const service = world.service === undefined ? technique.trustedService : world.service;
  if (service === 'cognito-identity.amazonaws.com') return trust({ Federated: service }, 'sts:AssumeRoleWithWebIdentity');
  if (technique.kind === 'pass-role') return service === null ? trust({ AWS: `arn:aws:iam::${ACCOUNT}:role/nobody` }) : trust({ Service: service });
  if (technique.kind === 'existing-role') return trust({ Service: technique.resourceKinds?.includes('cloudformation:stack') === true ? 'cloudformation.amazonaws.com' : 'lambda.amazonaws.com' });
  return world.service === null ? trust({ Service: 'ec2.amazonaws.com' }) : trust({ AWS: `arn:aws:iam::${ACCOUNT}:root` }, ['sts:AssumeRole', 'sts:TagSession']);
}

/** A resource of the technique's kind that runs as the target: its role property is found in the table of types. */
function existing(technique: Technique): Record<string, object> {
  const resources: Record<string, object> = {};
  for (const kind of technique.resourceKinds ?? []) {
    const type = resourceTypeNames('cloudformation').find((name) => (resourceTypeRow('cloudformation', name)?.identity?.resource ?? cfnIdentity(name)?.resource) === kind && resourceTypeRow('cloudformation', name)?.roleUses?.some((use) => use.code === true) === true);
    if (type === undefined) continue;
    const use = resourceTypeRow('cloudformation', type)?.roleUses?.find((one) => one.code === true);
    const value = use?.holds.startsWith('instance-profile') === true ? { [use.holds === 'instance-profile-arn' ? 'Fn::GetAtt' : 'Ref']: use.holds === 'instance-profile-arn' ? ['Profile', 'Arn'] : 'Profile' } : use?.holds === 'role-name' ? { Ref: 'Target' } : { 'Fn::GetAtt': ['Target', 'Arn'] };
    resources['Existing'] = { Type: type, Properties: nest(use?.path ?? '', value) };
    break;
  }
  return resources;
}

function nest(path: string, value: object): object {
  return path.split('.').reduceRight<object>((inner, step) => (step.endsWith('[]') ? { [step.slice(0, -2)]: [inner] } : step.endsWith('{}') ? { [step.slice(0, -2)]: { x: inner } } : { [step]: inner }), value);
}

function organization(denied: readonly object[] | undefined): Organization {
  const text = { ...FULL_ACCESS.scp };
  const policies = denied === undefined ? [text] : [text, ...denied.map((statement) => policyOf(statement))];
  const attached = new Map([ACCOUNT, MEMBER, 'r-root'].map((id) => [id, { scp: { policies: id === 'r-root' ? policies : [text], unknowns: [] }, rcp: { policies: [FULL_ACCESS.rcp], unknowns: [] } }]));
  const account = (id: string) => ({ id, name: undefined, unit: 'r-root', origin: undefined });
  return { ...NO_ORGANIZATION, id: 'o-example', managementAccount: '999999999999', accounts: new Map([[ACCOUNT, account(ACCOUNT)], [MEMBER, account(MEMBER)]]), root: { id: 'r-root', name: 'Root', parent: undefined, controlPolicies: [] }, controlPolicies: 'complete', attached };
}

function policyOf(statement: object) {
  const [policy] = modelOf({ 's.json': JSON.stringify({ Resources: { P: { Type: 'AWS::Organizations::Policy', Properties: { Name: 'scp', Type: 'SERVICE_CONTROL_POLICY', Content: { Version: '2012-10-17', Statement: [statement] } } } } }) }).policies;
  if (policy === undefined) throw new Error('no policy');
  return policy;
}

/** Verdict of the best edge that the technique gives the actor. */
function verdictIn(technique: Technique, world: World): string {
  const model = worldOf(technique, world);
  const org = technique.requires?.includes('management-account') === true ? { ...model, organization: { ...model.organization, managementAccount: ACCOUNT } } : model;
  const analysis = analyze(org);
  const actor = analysis.foundation.principalNamed('actor');
  if (actor === undefined) throw new Error('no actor');
  const id = principalNodeId(actor);
  const graph = analysis.graph();
  const edges = [...graph.edgesFrom(id), ...graph.edgesFrom(graph.classOf(id) ?? '')].filter((edge) => edge.technique === technique.id);
  return edges.some((edge) => edge.verdict === 'yes') ? 'yes' : edges.length > 0 ? 'unknown' : 'no';
}

for (const technique of techniques()) {
  describe(technique.id, () => {
    const actions = permissionsOf(technique).map(({ action }) => action);
    it('is found', () => expect(verdictIn(technique, {})).not.toBe('no'));
    it('is not found under a Deny', () => expect(verdictIn(technique, { statements: [{ Effect: 'Deny', Action: actions, Resource: '*' }] })).toBe('no'));
    it('is not found under a condition that cannot hold', () => expect(verdictIn(technique, { condition: { StringEquals: { 'aws:PrincipalAccount': '333333333333' } } })).toBe('no'));
    it('is unsure under a condition that may hold', () => expect(verdictIn(technique, { condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })).toBe('unknown'));
    it('is not found outside the boundary', () => expect(verdictIn(technique, { boundary: true })).toBe('no'));
    it.runIf(technique.kind === 'pass-role')('is not found when the role does not trust the service', () => expect(verdictIn(technique, { service: null })).toBe('no'));
    it.runIf(technique.kind === 'pass-role')('is not found when the role may be passed to another service only', () => expect(verdictIn(technique, { condition: { StringEquals: { 'iam:PassedToService': 'nothing.amazonaws.com' } } })).toBe('no'));
    it.skipIf(technique.requires?.includes('management-account') === true)('is not found under a service control policy', () => expect(verdictIn(technique, { scp: [{ Effect: 'Deny', Action: actions, Resource: '*' }] })).toBe('no'));
  });
}
