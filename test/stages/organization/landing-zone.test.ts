import { describe, expect, it } from 'vitest';
import { hasHole } from '../../../src/iam/token.ts';
import { controlPolicyLevels } from '../../../src/model/control-policies.ts';
import { textAt } from '../../given.ts';
import { modelOf, open, type Texts } from './given.ts';

const ORGANIZATION = `
enable: true
organizationalUnits:
  - name: Security
  - name: Workloads/Prod
  - name: Parked
    ignore: true
serviceControlPolicies:
  - name: Guard
    policy: scp/guard.json
    type: customerManaged
    deploymentTargets:
      organizationalUnits: [Workloads]
  - name: OnlyEc2
    policy: scp/ec2.json
    strategy: allow-list
    type: customerManaged
    deploymentTargets:
      accounts: [Shop]
resourceControlPolicies:
  - name: Perimeter
    policy: rcp/perimeter.json
    type: customerManaged
    deploymentTargets:
      organizationalUnits: [Root]
taggingPolicies:
  - name: Tags
    policy: tags.json
    deploymentTargets: { organizationalUnits: [Root] }
organizationalUnitIds:
  - name: Root
    id: r-ab12
    arn: arn:aws:organizations::111111111111:root/o-abcde12345/r-ab12
  - name: Workloads/Prod
    id: ou-ab12-prodprod
    arn: arn:aws:organizations::111111111111:ou/o-abcde12345/ou-ab12-prodprod
`;
const ACCOUNTS = `
mandatoryAccounts:
  - { name: Management, email: root@example.com, organizationalUnit: Root }
  - { name: LogArchive, email: log@example.com, organizationalUnit: Security }
  - { name: Audit, email: audit@example.com, organizationalUnit: Security }
workloadAccounts:
  - { name: Shop, email: shop@example.com, organizationalUnit: Workloads/Prod }
  - { name: Old, email: old@example.com, organizationalUnit: Parked }
accountIds:
  - { email: root@example.com, accountId: '111111111111' }
  - { email: LOG@example.com, accountId: '222222222222' }
  - { email: audit@example.com, accountId: '333333333333' }
  - { email: shop@example.com, accountId: '444444444444' }
  - { email: old@example.com, accountId: '555555555555' }
`;
const GLOBAL = `
homeRegion: eu-west-1
managementAccountAccessRole: LandingZoneExecution
controlTower: { enable: false }
`;
const REPLACEMENTS = `
globalReplacements:
  - { key: Team, type: String, value: payments }
  - key: CoreUnits
    type: StringList
    value: [Security, Workloads/Prod]
  - key: PARTNERS
    type: StringList
    value: ['999988887777']
`;
const GUARD = `{ "Version": "2012-10-17", "Statement": [
  { "Sid": "Role", "Effect": "Deny", "Action": "iam:*", "Resource": "arn:\${PARTITION}:iam::*:role/\${ACCELERATOR_PREFIX}*",
    "Condition": { "ArnNotLike": { "aws:PrincipalArn": "arn:\${PARTITION}:iam::*:role/\${MANAGEMENT_ACCOUNT_ACCESS_ROLE}" } } },
  { "Sid": "Partners", "Effect": "Deny", "Action": "s3:*", "Resource": "*",
    "Condition": { "StringNotEquals": { "aws:ResourceAccount": \${ACCEL_LOOKUP::CUSTOM:PARTNERS}, "aws:SourceVpc": [\${ACCEL_LOOKUP::VPC_ID:OU:Security}] } } },
  { "Sid": "Own", "Effect": "Deny", "Action": "s3:Put*", "Resource": "arn:aws:s3:::home/\${aws:username}/*" } ] }`;

const SET: Texts = {
  'lz/organization-config.yaml': ORGANIZATION,
  'lz/accounts-config.yaml': ACCOUNTS,
  'lz/global-config.yaml': GLOBAL,
  'lz/replacements-config.yaml': REPLACEMENTS,
  'lz/scp/guard.json': GUARD,
  'lz/scp/ec2.json': '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "ec2:*", "Resource": "*" }] }',
  'lz/rcp/perimeter.json': '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "${ORG_ID}" } } }] }',
};

describe('a landing zone configuration set', () => {
  const model = modelOf(SET);
  const { organization } = model;

  it('gives the organization, its root and its units, those above included', () => {
    expect(organization.id).toBe('o-abcde12345');
    expect(organization.root?.id).toBe('r-ab12');
    expect([...organization.units.values()].map((unit) => unit.path).toSorted()).toEqual(['Parked', 'Security', 'Workloads', 'Workloads/Prod']);
    expect(organization.units.get('ou-ab12-prodprod')?.path).toBe('Workloads/Prod');
  });

  it('gives the accounts with the ids that stand beside their addresses', () => {
    expect([...organization.accounts].map(([id, account]) => [id, account.name]).toSorted()).toEqual([
      ['111111111111', 'Management'],
      ['222222222222', 'LogArchive'],
      ['333333333333', 'Audit'],
      ['444444444444', 'Shop'],
      ['555555555555', 'Old'],
    ]);
    expect(organization.managementAccount).toBe('111111111111');
    expect(organization.accounts.get('444444444444')?.unit).toBe('ou-ab12-prodprod');
    expect(organization.accounts.get('111111111111')?.unit).toBe('r-ab12');
  });

  it('limits an account by the policies of every level above it', () => {
    const { scp, rcp, unknowns } = controlPolicyLevels(organization, '444444444444');
    expect(unknowns).toEqual([]);
    expect(scp === 'unknown' ? scp : scp.map((level) => [level.name, level.policies.map((policy) => policy.name).toSorted()])).toEqual([
      ['Root', ['FullAWSAccess']],
      ['Workloads', ['FullAWSAccess', 'Guard']],
      ['Prod', ['FullAWSAccess']],
      ['Shop', ['OnlyEc2']],
    ]);
    expect(rcp === 'unknown' ? rcp : rcp.map((level) => level.policies.map((policy) => policy.name).toSorted())).toEqual([['Perimeter', 'RCPFullAWSAccess'], ['RCPFullAWSAccess'], ['RCPFullAWSAccess'], ['RCPFullAWSAccess']]);
  });

  it('fills in what its own files tell and leaves the rest open', () => {
    const guard = model.policies.find((policy) => policy.name === 'Guard');
    const [role, partners, own] = guard?.document.statements ?? [];
    expect(role?.conditions[0]?.values[0]?.text).toBe('arn:aws:iam::*:role/LandingZoneExecution');
    const prefix = role?.resource?.patterns[0]?.text ?? '';
    expect(prefix.startsWith('arn:aws:iam::*:role/') && hasHole(prefix) && prefix.endsWith('*')).toBe(true);
    expect(partners?.conditions.map((condition) => condition.values.map((value) => (hasHole(value.text) ? 'open' : value.text)))).toEqual([['999988887777'], ['open']]);
    expect(own?.resource?.patterns[0]?.text).toBe('arn:aws:s3:::home/${aws:username}/*');
    const perimeter = model.policies.find((policy) => policy.name === 'Perimeter');
    expect(perimeter?.document.statements[0]?.conditions[0]?.values[0]?.text).toBe('o-abcde12345');
  });

  it('keeps the places of what it read', () => {
    const guard = model.policies.find((policy) => policy.name === 'Guard');
    const sid = guard?.document.statements[1]?.sid;
    expect(sid?.origin.source.path).toBe('lz/scp/guard.json');
    expect(sid === undefined ? '' : textAt(sid.origin)).toBe('Partners');
    const shop = organization.accounts.get('444444444444');
    expect(shop?.origin === undefined ? '' : textAt(shop.origin)).toBe('Shop');
  });

  it('makes the role that the management account uses in every other account', () => {
    const made = model.principals.filter((principal) => principal.madeBy === 'organizations');
    expect(made.map((principal) => principal.entity.arn).toSorted()).toEqual(['222222222222', '333333333333', '444444444444', '555555555555'].map((id) => `arn:aws:iam::${id}:role/LandingZoneExecution`));
    expect(made[0]?.trust?.document.statements[0]?.principal?.entries[0]?.text).toBe('arn:aws:iam::111111111111:root');
  });

  it('leaves the layer unknown where Control Tower has a hand in it, but keeps what it denies', () => {
    const { organization: shared } = modelOf({ ...SET, 'lz/global-config.yaml': 'homeRegion: eu-west-1\ncontrolTower:\n  enable: true\n' });
    const { scp, known, unknowns } = controlPolicyLevels(shared, '444444444444');
    expect(scp).toBe('unknown');
    expect(known.scp.flatMap((level) => level.policies).map((policy) => policy.name)).toContain('Guard');
    expect(unknowns.some((reason) => reason.includes('Control Tower'))).toBe(true);
  });

  it('leaves the layer unknown when a policy file is missing, and says so', () => {
    const { 'lz/scp/guard.json': _missing, ...rest } = SET;
    const opened = open(rest);
    expect(opened.problems.map((problem) => problem.code)).toEqual(['missing-file']);
    const { scp, unknowns } = controlPolicyLevels(modelOf(rest).organization, '444444444444');
    expect(scp).toBe('unknown');
    expect(unknowns).toEqual(['the document of policy `Guard` is not known']);
    expect(controlPolicyLevels(modelOf(rest).organization, '222222222222').scp).not.toBe('unknown');
  });

  it('has no organization to limit anyone when it manages none', () => {
    const { organization: none } = modelOf({ ...SET, 'lz/organization-config.yaml': 'enable: false\norganizationalUnits: []\nserviceControlPolicies: []\n' });
    expect(none.accounts.size).toBe(5);
    expect(controlPolicyLevels(none, '444444444444').scp).toBe('unknown');
    expect(controlPolicyLevels(none, '111111111111').scp).toBe('unknown');
  });
});

const IAM = `
providers:
  - { name: Corp, metadataDocument: saml.xml }
policySets:
  - deploymentTargets: { organizationalUnits: [Root] }
    policies:
      - { name: Boundary, policy: iam/boundary.json }
roleSets:
  - deploymentTargets:
      organizationalUnits: [Security, Workloads/Prod]
      excludedAccounts: [Audit]
    path: /team/
    roles:
      - name: "{{ Team }}-deploy"
        instanceProfile: true
        assumedBy:
          - { type: service, principal: ec2.amazonaws.com }
          - { type: account, principal: Management }
        externalIds: ['abc-1']
        policies:
          awsManaged: [ReadOnlyAccess]
          customerManaged: [Boundary, Elsewhere]
        boundaryPolicy: Boundary
  - deploymentTargets: { organizationalUnits: [Root] }
    roles:
      - name: Console
        assumedBy: [{ type: provider, principal: Corp }]
groupSets:
  - deploymentTargets: { accounts: [Management] }
    groups:
      - { name: Admins, policies: { awsManaged: [AdministratorAccess] } }
userSets:
  - deploymentTargets: { accounts: [Management] }
    users:
      - { username: breakglass, group: Admins, boundaryPolicy: Boundary }
identityCenter:
  name: center
  delegatedAdminAccount: Audit
  identityCenterPermissionSets:
    - name: Viewer
      policies:
        awsManaged: [ReadOnlyAccess]
        acceleratorManaged: [Boundary]
        inlinePolicy: iam/inline.json
        permissionsBoundary: { customerManagedPolicy: { name: Boundary } }
  identityCenterAssignments:
    - name: Auditors
      permissionSetName: Viewer
      principals: [{ type: GROUP, name: auditors }]
      deploymentTargets: { organizationalUnits: [Security] }
`;
const FULL: Texts = {
  ...SET,
  'lz/iam-config.yaml': IAM,
  'lz/iam/boundary.json': '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${ACCOUNT_ID}-data/*" }] }',
  'lz/iam/inline.json': '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*" }] }',
};

describe('what a configuration set deploys to accounts', () => {
  const model = modelOf(FULL);
  const roles = model.principals.filter((principal) => principal.kind === 'role' && principal.madeBy === undefined);

  it('reaches the accounts that stand in the units named, without those excluded and those of ignored units', () => {
    expect(roles.filter((role) => role.entity.name === 'payments-deploy').map((role) => role.entity.arn).toSorted()).toEqual(['arn:aws:iam::222222222222:role/team/payments-deploy', 'arn:aws:iam::444444444444:role/team/payments-deploy']);
    expect(roles.filter((role) => role.entity.name === 'Console').map((role) => role.entity.account).toSorted()).toEqual(['111111111111', '222222222222', '333333333333', '444444444444']);
  });

  it('gives roles their trust, policies, boundary and instance profile', () => {
    const deploy = roles.find((role) => role.entity.arn === 'arn:aws:iam::444444444444:role/team/payments-deploy');
    const statements = deploy?.trust?.document.statements ?? [];
    expect(statements.flatMap((statement) => statement.principal?.entries.map((entry) => `${entry.typeText} ${entry.text}`) ?? [])).toEqual(['Service ec2.amazonaws.com', 'AWS arn:aws:iam::111111111111:root']);
    expect(statements.every((statement) => statement.conditions.some((condition) => condition.key.text === 'sts:ExternalId'))).toBe(true);
    expect(deploy?.policies.map((attached) => attached.policy.name).toSorted()).toEqual(['Boundary', 'ReadOnlyAccess']);
    expect(deploy?.unknownAttachments.map((text) => text.text)).toEqual(['arn:aws:iam::444444444444:policy/Elsewhere']);
    expect(deploy?.boundary?.policy?.account).toBe('444444444444');
    expect(model.bindings.find((binding) => binding.resource?.entity === 'instance-profile' && binding.resource.account === '444444444444')?.role?.arn).toBe(deploy?.entity.arn);
  });

  it('reads a document anew where it speaks of its own account', () => {
    const resources = model.policies.filter((policy) => policy.name === 'Boundary').map((policy) => policy.document.statements[0]?.resource?.patterns[0]?.text);
    expect(new Set(resources)).toEqual(new Set(['111111111111', '222222222222', '333333333333', '444444444444'].map((id) => `arn:aws:s3:::${id}-data/*`)));
  });

  it('puts users into their groups', () => {
    const user = model.principals.find((principal) => principal.kind === 'user');
    expect(user?.groups.map((group) => group.entity.arn)).toEqual(['arn:aws:iam::111111111111:group/Admins']);
  });

  it('expands assignments to a role in each account, with the policies that the account has', () => {
    const made = model.principals.filter((principal) => principal.madeBy === 'identity-center');
    expect(made.map((role) => role.entity.account).toSorted()).toEqual(['222222222222', '333333333333']);
    const [role] = made;
    expect(role?.entity.name.startsWith('AWSReservedSSO_Viewer_')).toBe(true);
    expect(role?.policies.map((attached) => `${attached.policy.name} of ${attached.policy.account}`).toSorted()).toEqual([`Boundary of ${role?.entity.account ?? ''}`, 'ReadOnlyAccess of aws', 'Viewer of 333333333333']);
    expect(role?.boundary?.policy?.account).toBe(role?.entity.account);
    expect(role?.trust?.document.statements[0]?.principal?.entries[0]?.type).toBe('Federated');
    expect(model.assignments.map((assignment) => assignment.principal?.from.displayName)).toEqual(['auditors', 'auditors']);
  });

  it('names the delegated administrator', () => {
    expect(model.organization.accounts.get('333333333333')?.delegatedFor).toEqual(['sso.amazonaws.com']);
  });

  it('links roles to the identity provider that opens them', () => {
    const saml = model.federation.filter((link) => link.via === 'saml' && link.role?.name === 'Console');
    expect(saml.map((link) => link.source?.arn).toSorted()).toEqual(['111111111111', '222222222222', '333333333333', '444444444444'].map((id) => `arn:aws:iam::${id}:saml-provider/Corp`));
    expect(saml[0]?.claims).toMatchObject([{ claim: 'aud', operator: 'StringEquals' }]);
  });

  it('says that accounts are not known when their file is missing, and still shows what is deployed', () => {
    const { 'lz/accounts-config.yaml': _accounts, ...rest } = FULL;
    const opened = open(rest);
    expect(opened.problems.some((problem) => problem.code === 'missing-file' && problem.message.includes('accounts-config.yaml'))).toBe(true);
    const without = modelOf(rest).principals.filter((principal) => principal.entity.name === 'Console');
    expect(without).toHaveLength(1);
    expect(hasHole(without[0]?.entity.account ?? '')).toBe(true);
  });
});

describe('placeholders of a configuration set', () => {
  it('stand for several items of a list, even where they break YAML', () => {
    const opened = open({ ...SET, 'lz/organization-config.yaml': ORGANIZATION.replace('organizationalUnits: [Workloads]', 'organizationalUnits: [{{CoreUnits}}]') });
    expect(opened.problems).toEqual([]);
    const { organization } = modelOf({ ...SET, 'lz/organization-config.yaml': ORGANIZATION.replace('organizationalUnits: [Workloads]', 'organizationalUnits: [{{CoreUnits}}]') });
    const holding = [...organization.units.values()].filter((unit) => unit.controlPolicies.some((policy) => policy.name === 'Guard'));
    expect(holding.map((unit) => unit.path).toSorted()).toEqual(['Security', 'Workloads/Prod']);
  });

  it('that nothing fills make a target unknown, and with it every layer', () => {
    const { organization } = modelOf({ ...SET, 'lz/organization-config.yaml': ORGANIZATION.replace('organizationalUnits: [Workloads]', 'organizationalUnits: ["{{ Nowhere }}"]') });
    const { scp, unknowns } = controlPolicyLevels(organization, '222222222222');
    expect(scp).toBe('unknown');
    expect(unknowns).toEqual(['policy `Guard` hangs on a target that is not known']);
  });

  it('may name an account by its name', () => {
    const { organization } = modelOf({ ...SET, 'lz/organization-config.yaml': ORGANIZATION.replace('accounts: [Shop]', 'accounts: ["Shop"]') });
    expect(organization.attached?.get('444444444444')?.scp.policies.map((policy) => policy.name)).toEqual(['OnlyEc2']);
  });

  it('do not fool with the private characters they are hidden behind', () => {
    expect(() => open({ 'organization-config.yaml': 'enable: true\norganizationalUnits:\n  - name: "\uE010\uE010x\uE011\uE011"\n  - name: "\uE000=a#b#c\uE001"\n' })).not.toThrow();
  });
});

describe('hostile sets', () => {
  it('cannot include themselves without end, nor leave the project', () => {
    const opened = open({ 'organization-config.yaml': 'enable: true\norganizationalUnits: !include organization-config.yaml\nserviceControlPolicies:\n  - name: x\n    policy: ../../secret.json\n    deploymentTargets: { organizationalUnits: [Root] }\n', 'iam-config.yaml': 'roleSets: !include iam-config.yaml\n' });
    expect(opened.problems.map((problem) => problem.code)).toContain('path-outside-root');
  });
});
