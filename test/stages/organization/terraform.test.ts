import { describe, expect, it } from 'vitest';
import { controlPolicyLevels } from '../../../src/model/control-policies.ts';
import type { PermissionModel } from '../../../src/model/model.ts';
import { scan } from '../../../src/scan.ts';

async function modelOf(files: Readonly<Record<string, string>>): Promise<PermissionModel> {
  const { model, notices } = await scan({ files, useConfig: false });
  expect(notices.filter((notice) => notice.code === 'unreadable-input')).toEqual([]);
  return model;
}

const SCP = 'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "iam:CreateUser", Resource = "*" }] })';
const tree = (root: string): string => `
resource "aws_organizations_organizational_unit" "prod" {
  name      = "prod"
  parent_id = ${root}
}
resource "aws_organizations_account" "shop" {
  name      = "shop"
  email     = "shop@example.com"
  parent_id = aws_organizations_organizational_unit.prod.id
}
resource "aws_organizations_policy" "no_users" {
  name    = "no-users"
  content = ${SCP}
}
resource "aws_organizations_policy_attachment" "no_users" {
  policy_id = aws_organizations_policy.no_users.id
  target_id = ${root}
}
`;
const OWN = 'resource "aws_organizations_organization" "o" {\n  enabled_policy_types = ["SERVICE_CONTROL_POLICY"]\n}\n';
const OTHERS = 'data "aws_organizations_organization" "o" {}\n';

function levels(model: PermissionModel): unknown {
  const shop = [...model.organization.accounts.values()].find((account) => account.name === 'shop');
  const { scp, known } = controlPolicyLevels(model.organization, shop?.id ?? '');
  return [scp === 'unknown', known.scp.map((level) => [level.name, ...level.policies.map((policy) => policy.name).toSorted()])];
}
const LEVELS = [
  ['Root', 'FullAWSAccess', 'no-users'],
  ['prod', 'FullAWSAccess'],
  ['shop', 'FullAWSAccess'],
];

describe('an organization in Terraform', () => {
  it.each(['aws_organizations_organization.o.roots[0].id', 'one(aws_organizations_organization.o.roots[*].id)', 'element(aws_organizations_organization.o.roots, 0).id', '"r-ab12"'])('finds its root by %s', async (root) => {
    expect(levels(await modelOf({ 'main.tf': OWN + tree(root) }))).toEqual([false, LEVELS]);
  });

  it('is not declared by whoever only looks it up', async () => {
    const model = await modelOf({ 'main.tf': OTHERS + tree('data.aws_organizations_organization.o.roots[0].id') });
    expect(levels(model)).toEqual([true, LEVELS]);
    expect(model.coverage.controlPolicies).toBe(false);
  });

  it('has no resource control policies when their type is not enabled', async () => {
    const model = await modelOf({ 'main.tf': OWN + tree('aws_organizations_organization.o.roots[0].id') });
    const [account] = model.organization.accounts.keys();
    expect(controlPolicyLevels(model.organization, account ?? '').rcp).toEqual([]);
  });

  it('is told with its ids by a state', async () => {
    const resource = (type: string, name: string, values: object): object => ({ mode: 'managed', type, name, provider: 'provider["registry.terraform.io/hashicorp/aws"]', instances: [{ schema_version: 0, attributes: values }] });
    const state = JSON.stringify({
      version: 4,
      terraform_version: '1.9.8',
      serial: 1,
      lineage: 'x',
      outputs: {},
      resources: [
        resource('aws_organizations_organization', 'o', { id: 'o-abcde12345', arn: 'arn:aws:organizations::111111111111:organization/o-abcde12345', master_account_id: '111111111111', feature_set: 'ALL', enabled_policy_types: ['SERVICE_CONTROL_POLICY'], roots: [{ id: 'r-ab12', name: 'Root' }] }),
        resource('aws_organizations_organizational_unit', 'prod', { id: 'ou-ab12-11111111', name: 'prod', parent_id: 'r-ab12' }),
        resource('aws_organizations_account', 'shop', { id: '222222222222', name: 'shop', email: 'shop@example.com', parent_id: 'ou-ab12-11111111' }),
        resource('aws_organizations_policy', 'no_users', { id: 'p-abcdefgh', name: 'no-users', type: 'SERVICE_CONTROL_POLICY', content: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iam:CreateUser","Resource":"*"}]}' }),
        resource('aws_organizations_policy_attachment', 'no_users', { id: 'r-ab12:p-abcdefgh', policy_id: 'p-abcdefgh', target_id: 'r-ab12' }),
      ],
    });
    const model = await modelOf({ 'terraform.tfstate': state });
    expect(model.organization).toMatchObject({ id: 'o-abcde12345', managementAccount: '111111111111', root: { id: 'r-ab12' } });
    expect([...model.organization.accounts.keys()].toSorted()).toEqual(['111111111111', '222222222222']);
    expect(levels(model)).toEqual([false, LEVELS]);
  });
});

describe('Identity Center in Terraform', () => {
  const SSO = `
resource "aws_ssoadmin_permission_set" "ro" {
  name         = "ReadOnly"
  instance_arn = "arn:aws:sso:::instance/ssoins-1111111111111111"
}
resource "aws_ssoadmin_managed_policy_attachment" "ro" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1111111111111111"
  managed_policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
  permission_set_arn = aws_ssoadmin_permission_set.ro.arn
}
resource "aws_ssoadmin_customer_managed_policy_attachment" "ro" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1111111111111111"
  permission_set_arn = aws_ssoadmin_permission_set.ro.arn
  customer_managed_policy_reference { name = "extra" }
}
resource "aws_ssoadmin_permissions_boundary_attachment" "ro" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1111111111111111"
  permission_set_arn = aws_ssoadmin_permission_set.ro.arn
  permissions_boundary { managed_policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess" }
}
resource "aws_identitystore_group" "auditors" {
  display_name      = "auditors"
  identity_store_id = "d-1"
}
resource "aws_ssoadmin_account_assignment" "a" {
  for_each           = toset(["222222222222", "333333333333"])
  instance_arn       = "arn:aws:sso:::instance/ssoins-1111111111111111"
  permission_set_arn = aws_ssoadmin_permission_set.ro.arn
  principal_id       = aws_identitystore_group.auditors.group_id
  principal_type     = "GROUP"
  target_id          = each.value
  target_type        = "AWS_ACCOUNT"
}
`;
  it('puts permission sets together from the resources around them', async () => {
    const model = await modelOf({ 'sso.tf': SSO });
    const made = model.principals.filter((principal) => principal.madeBy === 'identity-center');
    expect(made.map((role) => [role.entity.account, role.policies.map((attached) => attached.policy.name), role.boundary?.policy?.name, role.unknownAttachments.map((text) => text.text)])).toEqual([
      ['222222222222', ['ReadOnlyAccess'], 'PowerUserAccess', ['extra']],
      ['333333333333', ['ReadOnlyAccess'], 'PowerUserAccess', ['extra']],
    ]);
    expect(model.assignments.map((assignment) => assignment.principal?.entity)).toEqual(['identity-center-group', 'identity-center-group']);
  });
});

describe('shares in Terraform', () => {
  it('are put together from their associations', async () => {
    const model = await modelOf({
      'share.tf': `
resource "aws_ram_resource_share" "s" { name = "s" }
resource "aws_sqs_queue" "q" { name = "q" }
resource "aws_ram_resource_association" "q" {
  resource_arn       = aws_sqs_queue.q.arn
  resource_share_arn = aws_ram_resource_share.s.arn
}
resource "aws_ram_principal_association" "p" {
  principal          = "222222222222"
  resource_share_arn = aws_ram_resource_share.s.arn
}
`,
    });
    const [share] = model.shares.filter((one) => one.grantees.length > 0);
    expect([share?.grantees.map((grantee) => grantee.accounts), share?.resources.map((resource) => resource.name)]).toEqual([[['222222222222']], ['q']]);
  });
});
