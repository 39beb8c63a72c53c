import { describe, expect, it } from 'vitest';
import { displayText } from '../../../src/iam/token.ts';
import { hasOpenHole, isFixed } from '../../../src/iam/token.ts';
import { modelOf, NO_ORGANIZATION } from '../../given.ts';

const HOME = { account: '999999999999', region: 'eu-west-1' };
const trust = (principal: string): string => `{ Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', Principal: ${principal} }] }`;

describe('Identity Center', () => {
  const SSO = `
Resources:
  Viewer:
    Type: AWS::SSO::PermissionSet
    Properties:
      Name: Viewer
      InstanceArn: arn:aws:sso:::instance/ssoins-1111111111111111
      ManagedPolicies: [arn:aws:iam::aws:policy/ReadOnlyAccess]
      InlinePolicy: { Version: '2012-10-17', Statement: [{ Effect: Deny, Action: 's3:GetObject', Resource: '*' }] }
      CustomerManagedPolicyReferences: [{ Name: TeamExtra }]
      PermissionsBoundary: { CustomerManagedPolicyReference: { Name: TeamExtra } }
  Auditors: { Type: AWS::IdentityStore::Group, Properties: { DisplayName: auditors, IdentityStoreId: d-1 } }
  Ann: { Type: AWS::IdentityStore::User, Properties: { UserName: ann, IdentityStoreId: d-1 } }
  AnnAudits: { Type: AWS::IdentityStore::GroupMembership, Properties: { IdentityStoreId: d-1, GroupId: !GetAtt Auditors.GroupId, MemberId: { UserId: !GetAtt Ann.UserId } } }
  One: { Type: AWS::SSO::Assignment, Properties: { InstanceArn: arn:aws:sso:::instance/ssoins-1111111111111111, PermissionSetArn: !GetAtt Viewer.PermissionSetArn, PrincipalType: GROUP, PrincipalId: !GetAtt Auditors.GroupId, TargetType: AWS_ACCOUNT, TargetId: '222222222222' } }
  Two: { Type: AWS::SSO::Assignment, Properties: { InstanceArn: arn:aws:sso:::instance/ssoins-1111111111111111, PermissionSetArn: !GetAtt Viewer.PermissionSetArn, PrincipalType: USER, PrincipalId: u-9, TargetType: AWS_ACCOUNT, TargetId: '222222222222' } }
  Three: { Type: AWS::SSO::Assignment, Properties: { InstanceArn: arn:aws:sso:::instance/ssoins-1111111111111111, PermissionSetArn: !GetAtt Viewer.PermissionSetArn, PrincipalType: USER, PrincipalId: u-9, TargetType: AWS_ACCOUNT, TargetId: '333333333333' } }
`;
  const model = modelOf({ 'sso.yaml': SSO }, HOME);
  const made = model.principals.filter((principal) => principal.madeBy === 'identity-center');

  it('makes one role for each set and account, however many are assigned to it', () => {
    expect(made.map((role) => role.entity.account)).toEqual(['222222222222', '333333333333']);
    expect(model.assignments.map((assignment) => assignment.role === made[0])).toEqual([true, true, false]);
  });

  it('names the role as AWS does, but for the hash', () => {
    const [first, second] = made;
    expect(displayText(first?.entity.arn ?? '')).toMatch(/^arn:aws:iam::222222222222:role\/aws-reserved\/sso\.amazonaws\.com\/eu-west-1\/AWSReservedSSO_Viewer_\$\{.*\}$/);
    expect(isFixed(first?.entity.name ?? '')).toBe(true);
    expect(first?.entity.name).not.toBe(second?.entity.name);
  });

  it('leaves the region of the path open where it is not known', () => {
    const elsewhere = modelOf({ 'sso.yaml': SSO });
    expect(hasOpenHole(elsewhere.principals.find((principal) => principal.madeBy === 'identity-center')?.entity.path ?? '')).toBe(true);
  });

  it('gives the role what the set has, and says what each account must add', () => {
    const [role] = made;
    expect(role?.policies.map((attached) => attached.policy.name).toSorted()).toEqual(['ReadOnlyAccess', 'Viewer']);
    expect(role?.unknownAttachments.map((text) => text.text)).toEqual(['TeamExtra']);
    expect(role?.boundary).toMatchObject({ at: { text: 'TeamExtra' }, policy: undefined });
    expect(role?.trust?.document.statements[0]).toMatchObject({ effect: 'Allow', principal: { entries: [{ type: 'Federated' }] }, action: { patterns: [{ text: 'sts:AssumeRoleWithSAML' }, { text: 'sts:TagSession' }] } });
  });

  it('does not take a customer-managed policy of another account for that of the role', () => {
    const extra = (account: string): { readonly [path: string]: string } => ({ [`${account}.yaml`]: `Resources: { P: { Type: AWS::IAM::ManagedPolicy, Properties: { ManagedPolicyName: TeamExtra, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 'sqs:*', Resource: '*' }] } } } }` });
    const own = modelOf({ 'sso.yaml': SSO, ...extra('x') }, HOME).principals.find((principal) => principal.madeBy === 'identity-center');
    expect(own?.unknownAttachments).toHaveLength(1);
  });

  it('knows who is in which group', () => {
    const group = model.assignments[0]?.principal;
    expect(group?.entity).toBe('identity-center-group');
    expect(model.identityCenter.members.get(group?.id ?? '')?.map((user) => user.name)).toEqual(['ann']);
    expect(model.assignments[1]?.principal).toBeUndefined();
  });

  it('keeps the role that is deployed when the inputs show it', () => {
    const live = `
Resources:
  Deployed: { Type: AWS::IAM::Role, Properties: { RoleName: AWSReservedSSO_Viewer_0123456789abcdef, Path: /aws-reserved/sso.amazonaws.com/eu-west-1/, AssumeRolePolicyDocument: ${trust("{ Federated: 'arn:aws:iam::222222222222:saml-provider/AWSSSO_x_DO_NOT_DELETE' }")} } }
`;
    const both = modelOf({ 'sso.yaml': SSO.replaceAll('222222222222', '999999999999'), 'live.yaml': live }, HOME);
    const roles = both.principals.filter((principal) => principal.entity.name.startsWith('AWSReservedSSO_Viewer') && principal.entity.account === '999999999999');
    expect(roles.map((role) => [role.entity.name, role.madeBy, role.policies.length])).toEqual([['AWSReservedSSO_Viewer_0123456789abcdef', 'identity-center', 2]]);
  });
});

describe('federation', () => {
  const IDP = `
Resources:
  GitHub: { Type: AWS::IAM::OIDCProvider, Properties: { Url: https://token.actions.githubusercontent.com, ClientIdList: [sts.amazonaws.com] } }
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      RoleName: deploy
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: sts:AssumeRoleWithWebIdentity
            Principal: { Federated: !Ref GitHub }
            Condition:
              StringEquals: { 'token.actions.githubusercontent.com:aud': sts.amazonaws.com }
              StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/shop:*' }
              Bool: { 'aws:SecureTransport': 'true' }
          - { Effect: Deny, Action: sts:AssumeRoleWithWebIdentity, Principal: { Federated: !Ref GitHub } }
  Visitor:
    Type: AWS::IAM::Role
    Properties: { RoleName: visitor, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: cognito-identity.amazonaws.com }, Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': !Ref Pool } } }] } }
  Pool: { Type: AWS::Cognito::IdentityPool, Properties: { AllowUnauthenticatedIdentities: true } }
  PoolRoles:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties:
      IdentityPoolId: !Ref Pool
      Roles: { unauthenticated: !GetAtt Visitor.Arn }
      RoleMappings: { any: { Type: Rules, RulesConfiguration: { Rules: [{ Claim: 'custom:team', MatchType: Equals, Value: ops, RoleARN: !GetAtt Deploy.Arn }] } } }
  Pods: { Type: AWS::EKS::PodIdentityAssociation, Properties: { ClusterName: main, Namespace: shop, ServiceAccount: web, RoleArn: !GetAtt Pod.Arn } }
  Pod:
    Type: AWS::IAM::Role
    Properties: { RoleName: pod, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: pods.eks.amazonaws.com }, Condition: { StringEquals: { 'aws:RequestTag/kubernetes-namespace': shop } } }] } }
  Entry: { Type: AWS::EKS::AccessEntry, Properties: { ClusterName: main, PrincipalArn: !GetAtt Deploy.Arn, AccessPolicies: [{ PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', AccessScope: { Type: cluster } }] } }
  Outside: { Type: AWS::RolesAnywhere::Profile, Properties: { Name: plant, RoleArns: [!GetAtt Machine.Arn] } }
  Machine:
    Type: AWS::IAM::Role
    Properties: { RoleName: machine, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', Principal: { Service: rolesanywhere.amazonaws.com }, Condition: { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': press } } }] } }
`;
  const links = modelOf({ 'idp.yaml': IDP }, HOME).federation;
  const of = (via: string, role: string): (typeof links)[number] | undefined => links.find((link) => link.via === via && link.role?.name === role);
  const claims = (link: (typeof links)[number] | undefined): unknown => link?.claims.map(({ claim, operator, values }) => [claim, operator, ...values.map((value) => displayText(value.text))]);

  it('links providers to the statements that name them, claims without the provider', () => {
    const deploy = of('oidc', 'deploy');
    expect(deploy).toMatchObject({ issuer: 'github-actions', source: { entity: 'oidc-provider' }, trust: { statement: { index: 0 } } });
    expect(claims(deploy)).toEqual([
      ['aud', 'StringEquals', 'sts.amazonaws.com'],
      ['sub', 'StringLike', 'repo:acme/shop:*'],
    ]);
    expect(links.filter((link) => link.via === 'oidc')).toHaveLength(1);
  });

  it('knows providers that need no declaration', () => {
    expect(of('web-identity', 'visitor')).toMatchObject({ sourceText: 'cognito-identity.amazonaws.com', source: undefined });
    expect(claims(of('web-identity', 'visitor'))).toMatchObject([['aud', 'StringEquals', expect.any(String)]]);
  });

  it('links identity pools to the roles that their visitors get', () => {
    expect(claims(of('identity-pool', 'visitor'))).toEqual([['amr', undefined, 'unauthenticated']]);
    expect(claims(of('identity-pool', 'deploy'))).toEqual([['custom:team', undefined, 'ops']]);
  });

  it('links pods, cluster access and certificates', () => {
    expect(of('pod-identity', 'pod')).toMatchObject({ sourceText: 'main', trust: { statement: { index: 0 } } });
    expect(claims(of('pod-identity', 'pod'))).toEqual([
      ['kubernetes-namespace', undefined, 'shop'],
      ['kubernetes-service-account', undefined, 'web'],
      ['aws:RequestTag/kubernetes-namespace', 'StringEquals', 'shop'],
    ]);
    expect(claims(of('access-entry', 'deploy'))).toEqual([['access-policy', undefined, 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy']]);
    expect(claims(of('roles-anywhere', 'machine'))).toEqual([['aws:PrincipalTag/x509Subject/CN', 'StringEquals', 'press']]);
  });
});

describe('shares', () => {
  it('reach accounts, units and the organization', () => {
    const template = `
Resources:
  Org: { Type: AWS::Organizations::Organization, Properties: { FeatureSet: ALL } }
  Prod: { Type: AWS::Organizations::OrganizationalUnit, Properties: { Name: prod, ParentId: !GetAtt Org.RootId } }
  Shop: { Type: AWS::Organizations::Account, Properties: { AccountName: shop, Email: shop@example.com, ParentIds: [!Ref Prod] } }
  Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: q } }
  Share: { Type: AWS::RAM::ResourceShare, Properties: { Name: s, ResourceArns: [!GetAtt Queue.Arn], Principals: ['888888888888', !GetAtt Prod.Arn, 'arn:aws:organizations::999999999999:organization/o-abcde12345'] } }
`;
    const model = modelOf({ 'share.yaml': template }, HOME, { ...NO_ORGANIZATION, accounts: new Map([['222222222222', { id: '222222222222', name: 'shop', unit: undefined, origin: undefined }]]) });
    const [share] = model.shares;
    expect(share?.grantees.map((grantee) => [grantee.kind, ...grantee.accounts])).toEqual([['account', '888888888888'], ['unit', '222222222222'], ['organization', '222222222222', '999999999999']]);
    expect(share?.resources.map((resource) => resource.name)).toEqual(['q']);
  });
});

describe('bindings', () => {
  const ROLES = `
  App: { Type: AWS::IAM::Role, Properties: { RoleName: app, AssumeRolePolicyDocument: ${trust("{ Service: ec2.amazonaws.com }")} } }
  Unnamed: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust("{ Service: lambda.amazonaws.com }")} } }
  Named: { Type: AWS::IAM::InstanceProfile, Properties: { InstanceProfileName: other-name, Roles: [!Ref App] } }
  Nameless: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [app] } }
`;
  const roleOf = (resource: string): string | undefined => {
    const model = modelOf({ 'app.yaml': `Resources:\n${ROLES}  It: ${resource}\n` }, HOME);
    const binding = model.bindings.find((found) => found.declaration.from.address === 'It');
    return binding?.role === undefined ? undefined : binding.role.from.address;
  };

  it.each([
    ['an ARN', '{ Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Unnamed.Arn, Code: {} } }', 'Unnamed'],
    ['a written ARN', "{ Type: AWS::Lambda::Function, Properties: { Role: 'arn:aws:iam::999999999999:role/app', Code: {} } }", 'App'],
    ['a name', '{ Type: AWS::IAM::InstanceProfile, Properties: { Roles: [app] } }', 'App'],
    ['a generated name', '{ Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Unnamed] } }', 'Unnamed'],
    ['an instance profile', '{ Type: AWS::EC2::Instance, Properties: { IamInstanceProfile: !Ref Named } }', 'App'],
    ['an instance profile by its own name', '{ Type: AWS::EC2::Instance, Properties: { IamInstanceProfile: other-name } }', 'App'],
    ['an instance profile without a name', '{ Type: AWS::EC2::Instance, Properties: { IamInstanceProfile: !Ref Nameless } }', 'App'],
    ['an instance profile by ARN', '{ Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: !GetAtt Named.Arn } } } }', 'App'],
  ])('find a role by %s', (_how, resource, expected) => expect(roleOf(resource)).toBe(expected));

  it.each([
    ['of another account', "{ Type: AWS::Lambda::Function, Properties: { Role: 'arn:aws:iam::888888888888:role/app', Code: {} } }"],
    ['that is a profile of the same name', "{ Type: AWS::EC2::Instance, Properties: { IamInstanceProfile: app } }"],
    ['that is not there', "{ Type: AWS::Lambda::Function, Properties: { Role: 'arn:aws:iam::999999999999:role/none', Code: {} } }"],
  ])('find no role %s', (_what, resource) => expect(roleOf(resource)).toBeUndefined());
});
