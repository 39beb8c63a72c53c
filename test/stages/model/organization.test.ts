import { describe, expect, it } from 'vitest';
import { accountRelation } from '../../../src/model/organization.ts';
import { controlPolicyLevels, isExemptFromControlPolicies } from '../../../src/model/control-policies.ts';
import type { Organization, OrganizationalUnit, PermissionModel } from '../../../src/model/model.ts';
import { modelOf, NO_ORGANIZATION } from '../../given.ts';

const TREE = `
Resources:
  Org: { Type: AWS::Organizations::Organization, Properties: { FeatureSet: ALL } }
  Workloads: { Type: AWS::Organizations::OrganizationalUnit, Properties: { Name: workloads, ParentId: !GetAtt Org.RootId } }
  Prod: { Type: AWS::Organizations::OrganizationalUnit, Properties: { Name: prod, ParentId: !Ref Workloads } }
  Shop: { Type: AWS::Organizations::Account, Properties: { AccountName: shop, Email: shop@example.com, ParentIds: [!Ref Prod] } }
  Lab: { Type: AWS::Organizations::Account, Properties: { AccountName: lab, Email: lab@example.com } }
  NoUsers:
    Type: AWS::Organizations::Policy
    Properties:
      Name: no-users
      Type: SERVICE_CONTROL_POLICY
      TargetIds: [!Ref Workloads]
      Content: { Version: '2012-10-17', Statement: [{ Effect: Deny, Action: 'iam:CreateUser', Resource: '*' }] }
  Perimeter:
    Type: AWS::Organizations::Policy
    Properties:
      Name: perimeter
      Type: RESOURCE_CONTROL_POLICY
      TargetIds: [!GetAtt Org.RootId]
      Content: { Version: '2012-10-17', Statement: [{ Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*' }] }
  Tags: { Type: AWS::Organizations::Policy, Properties: { Name: tags, Type: TAG_POLICY, TargetIds: [!GetAtt Org.RootId], Content: { tags: {} } } }
`;
const HOME = { account: '999999999999', region: 'eu-west-1' };

function named(model: PermissionModel, name: string): string {
  return [...model.organization.accounts.values()].find((account) => account.name === name)?.id ?? 'missing';
}

function levels(model: PermissionModel, account: string, kind: 'scp' | 'rcp' = 'scp'): unknown {
  const found = controlPolicyLevels(model.organization, account)[kind];
  return found === 'unknown' ? found : found.map((level) => [level.name, ...level.policies.map((policy) => policy.name).toSorted()]);
}

describe('an organization declared by a template', () => {
  const model = modelOf({ 'org.yaml': TREE }, HOME);

  it('has its units and accounts, in the root where no parent is written', () => {
    const { organization } = model;
    expect([...organization.units.values()].map((unit) => unit.path).toSorted()).toEqual(['workloads', 'workloads/prod']);
    expect([...organization.accounts.values()].map((account) => [account.name ?? account.id, organization.units.get(account.unit ?? '')?.path ?? account.unit])).toEqual([
      ['lab', organization.root?.id],
      ['shop', 'workloads/prod'],
      // The account that the template is deployed to: only the management account makes an organization.
      ['999999999999', undefined],
    ]);
    expect(organization.managementAccount).toBe('999999999999');
  });

  it('limits accounts by AND across levels, each with the policy that allows everything', () => {
    expect(levels(model, named(model, 'shop'))).toEqual([
      ['Root', 'FullAWSAccess'],
      ['workloads', 'FullAWSAccess', 'no-users'],
      ['prod', 'FullAWSAccess'],
      ['shop', 'FullAWSAccess'],
    ]);
    expect(levels(model, named(model, 'lab'), 'rcp')).toEqual([
      ['Root', 'RCPFullAWSAccess', 'perimeter'],
      ['lab', 'RCPFullAWSAccess'],
    ]);
    expect(model.coverage).toMatchObject({ organization: true, controlPolicies: true, unknowns: [] });
  });

  it('calls its accounts its own, known by digits or not', () => {
    expect(accountRelation(model.organization, named(model, 'shop'), '999999999999')).toBe('organization');
    expect(accountRelation(model.organization, '888888888888', '999999999999')).toBe('unknown-account');
  });

  it('knows nothing of what limits an account outside of it', () => {
    expect(controlPolicyLevels(model.organization, '888888888888')).toMatchObject({ scp: 'unknown', rcp: 'unknown', known: { scp: [], rcp: [] } });
  });
});

describe('what is not known', () => {
  it('without any organization is both layers', () => {
    const model = modelOf({ 'a.yaml': 'Resources: { T: { Type: AWS::SNS::Topic } }' }, HOME);
    expect(levels(model, HOME.account)).toBe('unknown');
    expect(model.coverage).toMatchObject({ organization: false, controlPolicies: false, unknowns: ['nothing tells which organization the accounts belong to'] });
  });

  it('is the layer when a template attaches a policy but does not declare the organization; what it denies stays known', () => {
    const scp = `
Resources:
  NoUsers:
    Type: AWS::Organizations::Policy
    Properties: { Name: no-users, Type: SERVICE_CONTROL_POLICY, TargetIds: ['222222222222'], Content: { Version: '2012-10-17', Statement: [{ Effect: Deny, Action: 'iam:CreateUser', Resource: '*' }] } }
`;
    const configured: Organization = { ...NO_ORGANIZATION, accounts: new Map([['222222222222', { id: '222222222222', name: 'shop', unit: undefined, origin: undefined }]]) };
    const found = controlPolicyLevels(modelOf({ 'scp.yaml': scp }, HOME, configured).organization, '222222222222');
    expect(found.scp).toBe('unknown');
    expect(found.known.scp.at(-1)?.policies.map((policy) => policy.name)).toContain('no-users');
  });

  it('is the layer when a policy hangs on a parameter, or only under a condition', () => {
    const target = TREE.replace('TargetIds: [!Ref Workloads]', 'TargetIds: [!Ref Where]') + 'Parameters: { Where: { Type: String } }\n';
    expect(levels(modelOf({ 'org.yaml': target }, HOME), named(modelOf({ 'org.yaml': target }, HOME), 'lab'))).toBe('unknown');
    const sometimes = TREE.replace('  NoUsers:\n', '  NoUsers:\n    Condition: Strict\n') + "Parameters: { Strict: { Type: String } }\nConditions: { Strict: !Equals [!Ref Strict, 'yes'] }\n";
    const model = modelOf({ 'org.yaml': sometimes }, HOME);
    expect(levels(model, named(model, 'shop'))).toBe('unknown');
    expect(levels(model, named(model, 'lab'))).not.toBe('unknown');
  });

  it('is the way up when a unit hangs on something unknown, or on itself', () => {
    const open = TREE.replace('ParentId: !GetAtt Org.RootId', 'ParentId: !Ref Above') + 'Parameters: { Above: { Type: String } }\n';
    const model = modelOf({ 'org.yaml': open }, HOME);
    expect(controlPolicyLevels(model.organization, named(model, 'shop')).unknowns).toEqual(['the organizational unit of `workloads` is not known']);
    const circle = modelOf({ 'org.yaml': TREE.replace('ParentId: !GetAtt Org.RootId', 'ParentId: !Ref Prod') }, HOME);
    expect(levels(circle, named(circle, 'shop'))).toBe('unknown');
  });

  it('is nothing for the management account, and for roles only services can assume', () => {
    const configured: Organization = { ...NO_ORGANIZATION, managementAccount: '111111111111' };
    const model = modelOf({ 'a.yaml': 'Resources: { R: { Type: AWS::IAM::Role, Properties: { RoleName: AWSServiceRoleForX, Path: /aws-service-role/x.amazonaws.com/, AssumeRolePolicyDocument: {} } } }' }, HOME, configured);
    expect(controlPolicyLevels(model.organization, '111111111111')).toEqual({ scp: [], rcp: [], known: { scp: [], rcp: [] }, unknowns: [] });
    const [role] = model.principals;
    expect(role === undefined ? undefined : isExemptFromControlPolicies(model.organization, role.entity)).toBe(true);
  });
});

describe('configuration', () => {
  const unit = (id: string, parent?: string): [string, OrganizationalUnit] => [id, { id, name: id.slice(id.lastIndexOf('/') + 1), parent, controlPolicies: [] }];
  const account = (id: string, name: string, at: string | undefined): [string, { id: string; name: string; unit: string | undefined; origin: undefined }] => [id, { id, name, unit: at, origin: undefined }];
  const configured: Organization = {
    ...NO_ORGANIZATION,
    id: 'o-abcde12345',
    managementAccount: '111111111111',
    units: new Map([unit('workloads'), unit('workloads/prod', 'workloads')]),
    accounts: new Map([account('111111111111', 'main', undefined), account('222222222222', 'shop', 'workloads/prod'), account('333333333333', 'lab', undefined)]),
    controlPolicies: 'complete',
  };

  it('gives ids to accounts that a template only names, everywhere in the model', () => {
    const role = `
  Reader:
    Type: AWS::IAM::Role
    Properties: { RoleName: reader, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', Principal: { AWS: !Sub 'arn:aws:iam::\${Shop.AccountId}:root' } }] } }
`;
    const model = modelOf({ 'org.yaml': TREE + role }, HOME, configured);
    const trust = model.principals.find((principal) => principal.entity.name === 'reader')?.trust;
    expect(trust?.document.statements[0]?.principal?.entries[0]?.text).toBe('arn:aws:iam::222222222222:root');
    expect([...model.organization.accounts.keys()].toSorted()).toEqual(['111111111111', '222222222222', '333333333333']);
    expect(levels(model, '222222222222')).toEqual([
      ['Root', 'FullAWSAccess'],
      ['workloads', 'FullAWSAccess', 'no-users'],
      ['prod', 'FullAWSAccess'],
      ['shop', 'FullAWSAccess'],
    ]);
  });

  it('that says another place than a template is believed, and contradicted aloud', () => {
    const moved: Organization = { ...configured, accounts: new Map([...configured.accounts, account('222222222222', 'shop', 'workloads')]) };
    const model = modelOf({ 'org.yaml': TREE }, { account: '111111111111', region: undefined }, moved);
    expect(model.organization.accounts.get('222222222222')?.unit).toBe('workloads');
    expect(model.organization.conflicts?.map((conflict) => [conflict.code, conflict.message, conflict.origin.source.path])).toEqual([['conflicting-facts', 'account shop stands elsewhere in the organization by another source', 'org.yaml']]);
  });

  it('that calls another account the management account than where a template makes the organization is contradicted too', () => {
    const model = modelOf({ 'org.yaml': TREE }, HOME, configured);
    expect(model.organization.managementAccount).toBe('111111111111');
    expect(model.organization.conflicts?.map((conflict) => conflict.message)).toEqual(['the management account is `999999999999` here but `111111111111` elsewhere']);
  });

  it('alone leaves the layer unknown unless it says that all policies are told', () => {
    const template = { 'a.yaml': 'Resources: { T: { Type: AWS::SNS::Topic } }' };
    expect(levels(modelOf(template, HOME, configured), '222222222222')).toHaveLength(4);
    expect(levels(modelOf(template, HOME, { ...configured, controlPolicies: 'unknown' }), '222222222222')).toBe('unknown');
    // Without a unit nobody knows what lies above the account.
    expect(levels(modelOf(template, HOME, configured), '333333333333')).toBe('unknown');
  });

  it('does not care about the order of its inputs', () => {
    const both = { 'b.yaml': TREE, 'a.yaml': TREE.replaceAll('example.com', 'EXAMPLE.com') };
    const first = modelOf(both, HOME, configured).organization;
    const second = modelOf({ 'a.yaml': both['a.yaml'], 'b.yaml': both['b.yaml'] }, HOME, configured).organization;
    expect([...first.accounts].toSorted()).toEqual([...second.accounts].toSorted());
    expect([...first.units.keys()].toSorted()).toEqual([...second.units.keys()].toSorted());
  });
});

describe('roles that AWS makes', () => {
  it('are the administrator role of each new account, trusting the management account', () => {
    const model = modelOf({ 'org.yaml': TREE.replace('AccountName: lab,', 'AccountName: lab, RoleName: enter,') }, HOME, { ...NO_ORGANIZATION, managementAccount: '111111111111' });
    const made = model.principals.filter((principal) => principal.madeBy === 'organizations');
    expect(made.map((principal) => principal.entity.name).toSorted()).toEqual(['OrganizationAccountAccessRole', 'enter']);
    expect(made.every((principal) => principal.policies[0]?.policy.name === 'AdministratorAccess')).toBe(true);
    expect(made[0]?.trust?.document.statements[0]?.principal?.entries[0]?.text).toBe('arn:aws:iam::111111111111:root');
    expect(model.entityByArn(made[0]?.entity.arn ?? '')).toBe(made[0]?.entity);
  });
});
