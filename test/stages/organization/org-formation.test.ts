import { describe, expect, it } from 'vitest';
import { hasHole } from '../../../src/iam/token.ts';
import { controlPolicyLevels } from '../../../src/model/control-policies.ts';
import { detectOrganization } from '../../../src/frontends/organization/detect.ts';
import { textAt } from '../../given.ts';
import { count, modelOf, open } from './given.ts';

const FILE = `
AWSTemplateFormatVersion: '2010-09-09-OC'
Organization:
  Main:
    Type: OC::ORG::MasterAccount
    Properties: { AccountName: Main, AccountId: '111111111111' }
  Root:
    Type: OC::ORG::OrganizationRoot
    Properties:
      DefaultOrganizationAccessRoleName: OrgAdmin
      ServiceControlPolicies: !Ref Regions
  Prod:
    Type: OC::ORG::OrganizationalUnit
    Properties:
      OrganizationalUnitName: prod
      OrganizationalUnits: !Ref Shops
      ServiceControlPolicies: [!Ref NoUsers, { Ref: Regions }]
  Shops:
    Type: OC::ORG::OrganizationalUnit
    Properties: { OrganizationalUnitName: shops, Accounts: [!Ref Shop] }
  Shop:
    Type: OC::ORG::Account
    Properties: { AccountName: Shop, RootEmail: shop@example.com, AccountId: '222222222222' }
  Lab:
    Type: OC::ORG::Account
    Properties: { AccountName: Lab, RootEmail: lab@example.com, ServiceControlPolicies: !Ref NoUsers }
  Regions:
    Type: OC::ORG::ServiceControlPolicy
    Properties:
      PolicyName: regions
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Deny, NotAction: 'iam:*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': eu-west-1 } } }]
  NoUsers:
    Type: OC::ORG::ServiceControlPolicy
    Properties:
      PolicyName: no-users
      PolicyDocument: !Include ./scp/no-users.json
  <<: !Include ./more.yml
`;
const TEXTS = {
  'organization.yml': FILE,
  'scp/no-users.json': '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "iam:CreateUser", "Resource": "*" }] }',
  'more.yml': 'Extra:\n  Type: OC::ORG::Account\n  Properties:\n    AccountName: Extra\n    RootEmail: extra@example.com\n',
};

describe('an org-formation file', () => {
  const model = modelOf(TEXTS);
  const { organization } = model;

  it('gives accounts with and without ids, included ones too', () => {
    expect([...organization.accounts.values()].map((account) => account.name).toSorted()).toEqual(['Extra', 'Lab', 'Main', 'Shop']);
    expect([...organization.accounts.keys()].filter((id) => !hasHole(id)).toSorted()).toEqual(['111111111111', '222222222222']);
    expect(organization.managementAccount).toBe('111111111111');
  });

  it('nests units as the upper ones name the lower; what is in none is in the root', () => {
    expect([...organization.units.values()].map((unit) => unit.path).toSorted()).toEqual(['prod', 'prod/shops']);
    const lab = [...organization.accounts.values()].find((account) => account.name === 'Lab');
    expect(lab?.unit).toBe(organization.root?.id);
  });

  it('attaches policies to the root, to units and to accounts, written any of the three ways', () => {
    const names = (account: string): unknown => {
      const { scp } = controlPolicyLevels(organization, account);
      return scp === 'unknown' ? scp : scp.map((level) => level.policies.map((policy) => policy.name).toSorted());
    };
    expect(names('222222222222')).toEqual([['FullAWSAccess', 'regions'], ['FullAWSAccess', 'no-users', 'regions'], ['FullAWSAccess'], ['FullAWSAccess']]);
    const lab = [...organization.accounts.values()].find((account) => account.name === 'Lab')?.id ?? '';
    expect(names(lab)).toEqual([['FullAWSAccess', 'regions'], ['FullAWSAccess', 'no-users']]);
    expect(names('111111111111')).toEqual([]);
  });

  it('points into the file in which a thing is written', () => {
    const noUsers = model.policies.find((policy) => policy.name === 'no-users');
    expect(noUsers?.document.statements[0]?.action?.patterns[0]?.origin.source.path).toBe('scp/no-users.json');
    const regions = model.policies.find((policy) => policy.name === 'regions');
    expect(regions === undefined ? '' : textAt(regions.from.origin)).toBe('Regions');
  });

  it('makes the role the organization enters accounts with', () => {
    const made = model.principals.filter((principal) => principal.madeBy === 'organizations');
    expect(made).toHaveLength(3);
    expect(made.every((principal) => principal.entity.name === 'OrgAdmin')).toBe(true);
  });
});

describe('a template that includes its organization', () => {
  const template = "AWSTemplateFormatVersion: '2010-09-09-OC'\nOrganization: !Include ./organization.yml\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n";

  it('is seen as both', () => expect(detectOrganization('topic.yml', template)).toBe('org-formation'));

  it('brings the facts in once, however many include them', () => {
    expect(count(open({ ...TEXTS, 'a.yml': template, 'b.yml': template }), 'AWS::Organizations::Account')).toBe(4);
  });

  it('says when the included file is not there', () => {
    expect(open({ 'a.yml': template }).problems.map((problem) => [problem.code, problem.origin.source.path])).toEqual([['missing-file', 'a.yml']]);
  });
});

describe('several files of one organization', () => {
  it('are one: accounts by address, units by path', () => {
    const { organization } = modelOf({ ...TEXTS, 'copy/organization.yml': FILE, 'copy/scp/no-users.json': TEXTS['scp/no-users.json'], 'copy/more.yml': TEXTS['more.yml'] });
    expect(organization.accounts.size).toBe(4);
    expect(organization.units.size).toBe(2);
    expect(organization.conflicts).toEqual([]);
  });

  it('that contradict each other say so', () => {
    const moved = FILE.replace('Accounts: [!Ref Shop]', 'Accounts: []');
    const { organization } = modelOf({ ...TEXTS, 'copy/organization.yml': moved, 'copy/scp/no-users.json': TEXTS['scp/no-users.json'], 'copy/more.yml': TEXTS['more.yml'] });
    expect(organization.conflicts?.map((conflict) => conflict.message)).toEqual(['account Shop stands elsewhere in the organization by another source']);
  });
});

it('findings in a file are suppressed by comments in it', () => {
  const [template] = open({ ...TEXTS, 'organization.yml': FILE.replace('  Regions:\n', '  # iamlint-ignore scp-missing-deny: reviewed\n  Regions:\n') }).templates;
  expect(template?.suppressions).toMatchObject([{ rules: ['scp-missing-deny'], reason: 'reviewed' }]);
});

it('includes that go in circles end', () => {
  expect(() => open({ 'organization.yml': FILE, 'more.yml': 'A: !Include ./more.yml\n' })).not.toThrow();
});
