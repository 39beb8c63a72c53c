import { describe, expect, it } from 'vitest';
import { detectOrganization } from '../../../src/frontends/organization/detect.ts';
import { controlPolicyLevels, organizationPath } from '../../../src/model/control-policies.ts';
import { modelOf, open, type Texts } from './given.ts';

const ORG = 'arn:aws:organizations::111111111111';
const json = (value: unknown): string => JSON.stringify(value, null, 2);
const policy = (id: string, type: string, name: string): unknown => ({ Id: id, Arn: `${ORG}:policy/o-abcde12345/x/${id}`, Name: name, Type: type, AwsManaged: id.startsWith('p-Full') });
const FULL = policy('p-FullAWSAccess', 'SERVICE_CONTROL_POLICY', 'FullAWSAccess');
const RCP_FULL = policy('p-RCPFullAWSAccess', 'RESOURCE_CONTROL_POLICY', 'RCPFullAWSAccess');
const GUARD = policy('p-guard12345', 'SERVICE_CONTROL_POLICY', 'Guard');

/** What a person gets who asks for one thing after the other. */
const EXPORT: Texts = {
  'org/describe-organization.json': json({ Organization: { Id: 'o-abcde12345', Arn: `${ORG}:organization/o-abcde12345`, FeatureSet: 'ALL', MasterAccountId: '111111111111', MasterAccountEmail: 'root@example.com' } }),
  'org/list-roots.json': json({ Roots: [{ Id: 'r-ab12', Arn: `${ORG}:root/o-abcde12345/r-ab12`, Name: 'Root', PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }] }),
  'org/list-organizational-units-for-parent-r-ab12.json': json({ OrganizationalUnits: [{ Id: 'ou-ab12-11111111', Arn: `${ORG}:ou/o-abcde12345/ou-ab12-11111111`, Name: 'prod' }] }),
  'org/list-accounts.json': json({
    Accounts: [
      { Id: '111111111111', Arn: `${ORG}:account/o-abcde12345/111111111111`, Email: 'root@example.com', Name: 'Main', Status: 'ACTIVE' },
      { Id: '222222222222', Arn: `${ORG}:account/o-abcde12345/222222222222`, Email: 'shop@example.com', Name: 'Shop', Status: 'ACTIVE' },
      { Id: '333333333333', Arn: `${ORG}:account/o-abcde12345/333333333333`, Email: 'lab@example.com', Name: 'Lab', Status: 'SUSPENDED', Paths: ['o-abcde12345/r-ab12/333333333333/'] },
    ],
  }),
  'org/list-accounts-for-parent-ou-ab12-11111111.json': json({ Accounts: [{ Id: '222222222222', Arn: `${ORG}:account/o-abcde12345/222222222222`, Email: 'shop@example.com', Name: 'Shop', Status: 'ACTIVE' }] }),
  'org/describe-policy.json': json({ Policy: { PolicySummary: GUARD, Content: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iam:CreateUser","Resource":"*"}]}' } }),
  'org/list-policies-for-target-r-ab12.json': json({ Policies: [FULL] }),
  'org/list-policies-for-target-ou-ab12-11111111.json': json({ Policies: [FULL, GUARD] }),
  'org/list-policies-for-target-222222222222.json': json({ Policies: [FULL] }),
  'org/list-delegated-administrators.json': json({ DelegatedAdministrators: [{ Id: '222222222222', Arn: `${ORG}:account/o-abcde12345/222222222222`, Email: 'shop@example.com', Name: 'Shop', Status: 'ACTIVE', DelegationEnabledDate: '2024-01-01T00:00:00Z' }] }),
  'org/list-delegated-services-for-account-222222222222.json': json({ DelegatedServices: [{ ServicePrincipal: 'sso.amazonaws.com', DelegationEnabledDate: '2024-01-01T00:00:00Z' }] }),
};

describe('outputs of `aws organizations`', () => {
  it('are told from other JSON', () => {
    for (const [path, text] of Object.entries(EXPORT)) expect([path, detectOrganization(path, text)]).toEqual([path, 'aws-cli']);
    expect(detectOrganization('a.json', '{"Accounts": [{"name": "x"}]}')).toBeUndefined();
    expect(detectOrganization('a.json', '{"Policies": ["x"], "Resources": {}}')).toBeUndefined();
    expect(detectOrganization('package.json', '{"name": "x"}')).toBeUndefined();
    expect(detectOrganization('a.json', '{"Policy": {"PolicyName": "p", "Arn": "arn:aws:iam::111111111111:policy/p"}}')).toBeUndefined();
  });

  const { organization } = modelOf(EXPORT);

  it('give the tree from what each was asked for', () => {
    expect(organization).toMatchObject({ id: 'o-abcde12345', managementAccount: '111111111111', root: { id: 'r-ab12' } });
    expect([...organization.units.values()].map((unit) => [unit.id, unit.path])).toEqual([['ou-ab12-11111111', 'prod']]);
    expect([...organization.accounts.values()].map((account) => [account.id, account.unit]).toSorted()).toEqual([
      ['111111111111', undefined],
      ['222222222222', 'ou-ab12-11111111'],
      ['333333333333', 'r-ab12'],
    ]);
    expect(organization.accounts.get('222222222222')?.delegatedFor).toEqual(['', 'sso.amazonaws.com']);
  });

  it('give the layer in full where every level was listed', () => {
    const { scp, rcp } = controlPolicyLevels(organization, '222222222222');
    expect(scp === 'unknown' ? scp : scp.map((level) => level.policies.map((one) => one.name))).toEqual([['FullAWSAccess'], ['FullAWSAccess', 'Guard'], ['FullAWSAccess']]);
    // Resource control policies are not among the types that the root has enabled.
    expect(rcp).toEqual([]);
  });

  it('leave the layer unknown where one level was not', () => {
    const { scp, unknowns } = controlPolicyLevels(organization, '333333333333');
    expect(scp).toBe('unknown');
    expect(unknowns).toEqual(['nothing says that all service control policies are in the run']);
  });

  it('do not assume the policy that allows everything where AWS did not list it', () => {
    const levels = controlPolicyLevels(modelOf({ ...EXPORT, 'org/list-policies-for-target-222222222222.json': json({ Policies: [GUARD] }) }).organization, '222222222222');
    expect(levels.scp === 'unknown' ? [] : levels.scp.at(-1)?.policies.map((one) => one.name)).toEqual(['Guard']);
  });

  it('ask for the document of a policy that only a list names', () => {
    const { 'org/describe-policy.json': _document, ...rest } = EXPORT;
    const { scp, unknowns } = controlPolicyLevels(modelOf(rest).organization, '222222222222');
    expect([scp, unknowns]).toEqual(['unknown', ['the document of policy `Guard` is not known']]);
  });

  it('are complete as well when all policies and all their targets were listed', () => {
    const { 'org/list-policies-for-target-r-ab12.json': _a, 'org/list-policies-for-target-ou-ab12-11111111.json': _b, 'org/list-policies-for-target-222222222222.json': _c, ...tree } = EXPORT;
    const texts = {
      ...tree,
      'org/list-policies-scp.json': json({ Policies: [FULL, GUARD] }),
      'org/list-targets-for-policy-p-guard12345.json': json({ Targets: [{ TargetId: 'ou-ab12-11111111', Arn: `${ORG}:ou/o-abcde12345/ou-ab12-11111111`, Name: 'prod', Type: 'ORGANIZATIONAL_UNIT' }] }),
    };
    const levels = (account: string): unknown => {
      const { scp } = controlPolicyLevels(modelOf(texts).organization, account);
      return scp === 'unknown' ? scp : scp.map((level) => level.policies.map((one) => one.name));
    };
    expect(levels('222222222222')).toEqual([['FullAWSAccess'], ['FullAWSAccess', 'Guard'], ['FullAWSAccess']]);
    expect(levels('333333333333')).toEqual([['FullAWSAccess'], ['FullAWSAccess']]);
  });

  it('say so when the answer does not tell what was asked', () => {
    const { problems } = open({ 'org/list-policies-for-target.json': json({ Policies: [FULL] }), 'org/targets.json': json({ Targets: [{ TargetId: 'r-ab12', Type: 'ROOT' }] }) });
    expect(problems.map((problem) => problem.code)).toEqual(['unresolved-value', 'unresolved-value']);
  });

  it('take the question from beside the answer as well', () => {
    const { organization: told } = modelOf({ ...EXPORT, 'org/extra.json': json({ ParentId: 'ou-ab12-11111111', Accounts: [{ Id: '444444444444', Arn: `${ORG}:account/o-abcde12345/444444444444`, Email: 'x@example.com', Name: 'X' }] }) });
    expect(told.accounts.get('444444444444')?.unit).toBe('ou-ab12-11111111');
  });

  it('may be what a query leaves of them', () => {
    const bare = json([
      { Id: '222222222222', Arn: `${ORG}:account/o-abcde12345/222222222222`, Email: 'shop@example.com', Name: 'Shop' },
      { Id: '333333333333', Arn: `${ORG}:account/o-abcde12345/333333333333`, Email: 'lab@example.com', Name: 'Lab' },
    ]);
    const { organization: told } = modelOf({ 'accounts-in-ou-ab12-11111111.json': bare });
    expect([...told.accounts.values()].map((account) => [account.id, account.name])).toEqual([['222222222222', 'Shop'], ['333333333333', 'Lab']]);
    expect(detectOrganization('a.json', '[{"Id": "1", "Arn": "arn:aws:iam::111111111111:role/x"}]')).toBeUndefined();
  });

  it('give the path of an account as conditions compare it', () => {
    expect(organizationPath(organization, '222222222222')).toBe('o-abcde12345/r-ab12/ou-ab12-11111111/');
    expect(organizationPath(organization, '333333333333')).toBe('o-abcde12345/r-ab12/');
    expect(organizationPath(organization, '111111111111')).toBeUndefined();
  });

  it('with resource control policies list them too', () => {
    const texts = {
      ...EXPORT,
      'org/list-roots.json': json({ Roots: [{ Id: 'r-ab12', Arn: `${ORG}:root/o-abcde12345/r-ab12`, Name: 'Root', PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }, { Type: 'RESOURCE_CONTROL_POLICY', Status: 'ENABLED' }] }] }),
      'org/rcp/list-policies-for-target-r-ab12.json': json({ Policies: [RCP_FULL] }),
    };
    expect(controlPolicyLevels(modelOf(texts).organization, '222222222222').rcp).toBe('unknown');
    const more = { ...texts, 'org/rcp/list-policies-for-target-ou-ab12-11111111.json': json({ Policies: [RCP_FULL] }), 'org/rcp/list-policies-for-target-222222222222.json': json({ Policies: [RCP_FULL] }) };
    const { rcp } = controlPolicyLevels(modelOf(more).organization, '222222222222');
    expect(rcp === 'unknown' ? rcp : rcp.map((level) => level.policies.map((one) => one.name))).toEqual([['RCPFullAWSAccess'], ['RCPFullAWSAccess'], ['RCPFullAWSAccess']]);
  });
});

describe('outputs of `aws sso-admin` and `aws identitystore`', () => {
  const SET = 'arn:aws:sso:::permissionSet/ssoins-1111111111111111/ps-1234567890abcdef';
  const texts: Texts = {
    'sso/describe-permission-set.json': json({ PermissionSet: { Name: 'Viewer', PermissionSetArn: SET, SessionDuration: 'PT1H' } }),
    'sso/get-inline-policy-ps-1234567890abcdef.json': json({ InlinePolicy: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}' }),
    'sso/list-managed-policies-ps-1234567890abcdef.json': json({ AttachedManagedPolicies: [{ Name: 'ReadOnlyAccess', Arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] }),
    'sso/list-account-assignments.json': json({ AccountAssignments: [{ AccountId: '222222222222', PermissionSetArn: SET, PrincipalType: 'GROUP', PrincipalId: 'g-1' }] }),
    'sso/list-groups.json': json({ Groups: [{ GroupId: 'g-1', DisplayName: 'auditors', IdentityStoreId: 'd-1234567890' }] }),
    'sso/list-users.json': json({ Users: [{ UserName: 'ann', UserId: 'u-1', IdentityStoreId: 'd-1234567890' }] }),
    'sso/list-group-memberships.json': json({ GroupMemberships: [{ IdentityStoreId: 'd-1234567890', MembershipId: 'm-1', GroupId: 'g-1', MemberId: { UserId: 'u-1' } }] }),
  };

  it('put a permission set together from the calls that each tell a part', () => {
    const model = modelOf(texts);
    const [role] = model.principals.filter((principal) => principal.madeBy === 'identity-center');
    expect(role?.entity.account).toBe('222222222222');
    expect(role?.policies.map((attached) => attached.policy.name).toSorted()).toEqual(['ReadOnlyAccess', 'Viewer']);
    expect(role?.policies.find((attached) => attached.policy.name === 'Viewer')?.policy.document.statements[0]?.action?.patterns[0]?.text).toBe('s3:*');
  });

  it('tell who is behind an assignment', () => {
    const model = modelOf(texts);
    const group = model.assignments[0]?.principal;
    expect(group?.from.displayName).toBe('auditors');
    expect(model.identityCenter.members.get(group?.id ?? '')?.map((user) => user.name)).toEqual(['ann']);
  });
});

describe('`aws iam get-account-authorization-details`', () => {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
  const details = {
    UserDetailList: [{ Path: '/', UserName: 'ann', UserId: 'AIDAEXAMPLE', Arn: 'arn:aws:iam::222222222222:user/ann', GroupList: ['ops'], AttachedManagedPolicies: [], UserPolicyList: [{ PolicyName: 'own', PolicyDocument: encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] })) }] }],
    GroupDetailList: [{ Path: '/', GroupName: 'ops', Arn: 'arn:aws:iam::222222222222:group/ops', GroupPolicyList: [], AttachedManagedPolicies: [{ PolicyName: 'Custom', PolicyArn: 'arn:aws:iam::222222222222:policy/team/Custom' }] }],
    RoleDetailList: [
      {
        Path: '/app/',
        RoleName: 'web',
        Arn: 'arn:aws:iam::222222222222:role/app/web',
        AssumeRolePolicyDocument: trust,
        InstanceProfileList: [{ Path: '/', InstanceProfileName: 'web-profile', Arn: 'arn:aws:iam::222222222222:instance-profile/web-profile', Roles: [] }],
        RolePolicyList: [{ PolicyName: 'inline', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] } }],
        AttachedManagedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
        PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: 'arn:aws:iam::222222222222:policy/team/Custom' },
      },
    ],
    Policies: [
      {
        PolicyName: 'Custom',
        Arn: 'arn:aws:iam::222222222222:policy/team/Custom',
        Path: '/team/',
        DefaultVersionId: 'v2',
        PolicyVersionList: [
          { VersionId: 'v1', IsDefaultVersion: false, Document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
          { VersionId: 'v2', IsDefaultVersion: true, Document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }] } },
        ],
      },
    ],
    IsTruncated: false,
  };
  const texts = { 'live/222222222222.json': json(details) };

  it('gives principals with everything that hangs on them, policies in their default version', () => {
    const model = modelOf(texts);
    const by = (name: string) => model.principals.find((principal) => principal.entity.name === name);
    expect(by('web')?.entity.arn).toBe('arn:aws:iam::222222222222:role/app/web');
    expect(by('web')?.policies.map((attached) => attached.policy.name).toSorted()).toEqual(['ReadOnlyAccess', 'inline']);
    expect(by('web')?.boundary?.policy?.document.statements[0]?.action?.patterns[0]?.text).toBe('sns:Publish');
    expect(by('web')?.trust?.document.statements).toHaveLength(1);
    expect(by('ann')?.groups.map((group) => group.entity.name)).toEqual(['ops']);
    expect(by('ann')?.policies[0]?.policy.document.statements[0]?.action?.patterns[0]?.text).toBe('sqs:*');
    expect(by('ops')?.policies[0]?.policy.name).toBe('Custom');
    expect(model.bindings.find((binding) => binding.resource?.entity === 'instance-profile')?.role?.name).toBe('web');
  });

  it('makes the account known in full, unless a page is missing', () => {
    expect([...modelOf(texts).coverage.completeAccounts]).toEqual(['222222222222']);
    expect([...modelOf({ 'live/a.json': json({ ...details, IsTruncated: true, Marker: 'x' }) }).coverage.completeAccounts]).toEqual([]);
    expect(open({ 'live/a.json': json({ ...details, IsTruncated: true }) }).problems.map((problem) => problem.code)).toEqual(['unresolved-value']);
    const { Policies: _policies, ...parts } = details;
    expect([...modelOf({ 'live/a.json': json(parts) }).coverage.completeAccounts]).toEqual([]);
  });

  it('gives way to a template that declares the same role', () => {
    const template = JSON.stringify({
      Resources: {
        Web: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'web', Path: '/app/', AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'new', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }] } }] } },
      },
    });
    const model = modelOf({ ...texts, 'stack.json': template }, { deployments: { 'stack.json': { account: '222222222222', region: undefined } } });
    const webs = model.principals.filter((principal) => principal.entity.name === 'web');
    expect(webs.map((web) => web.policies.map((attached) => attached.policy.name))).toEqual([['new']]);
    expect(model.bindings.find((binding) => binding.resource?.entity === 'instance-profile')?.role).toBe(webs[0]?.entity);
    const elsewhere = modelOf({ ...texts, 'stack.json': template }, { deployments: { 'stack.json': { account: '333333333333', region: undefined } } });
    expect(elsewhere.principals.filter((principal) => principal.entity.name === 'web')).toHaveLength(2);
  });

  it('of any size is read without places, which are found when asked for', () => {
    const padded = JSON.stringify({ Padding: 'x'.repeat(1_100_000), ...details });
    expect(detectOrganization('live/big.json', padded)).toBeUndefined();
    const big = JSON.stringify({ ...details, Padding: 'x'.repeat(1_100_000) });
    const model = modelOf({ 'live/big.json': big });
    const web = model.principals.find((principal) => principal.entity.name === 'web');
    expect(web?.policies.map((attached) => attached.policy.name).toSorted()).toEqual(['ReadOnlyAccess', 'inline']);
    expect(web?.entity.from.origin.pointer).toEqual(['RoleDetailList', 0, 'RoleName']);
  });
});

it('outputs in YAML are read as well', () => {
  const model = modelOf({ 'org/list-accounts.yaml': "Accounts:\n- Arn: arn:aws:organizations::111111111111:account/o-abcde12345/222222222222\n  Email: shop@example.com\n  Id: '222222222222'\n  Name: Shop\n  Status: ACTIVE\n" });
  expect(model.organization.accounts.get('222222222222')?.name).toBe('Shop');
});

it('JSON of other kinds and broken outputs do no harm', () => {
  expect(() => open({ 'a.json': '{"UserDetailList": [1, null, {"UserName": 3}], "RoleDetailList": "x", "__proto__": {"x": 1}}', 'b.json': '{"RoleDetailList": [' })).not.toThrow();
});
