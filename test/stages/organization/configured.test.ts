import { describe, expect, it } from 'vitest';
import { controlPolicyLevels } from '../../../src/model/control-policies.ts';
import { scan } from '../../../src/scan.ts';

const FILES = {
  'scp/no-users.json': '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "iam:CreateUser", "Resource": "*" }] }',
  'rcp/perimeter.json': '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*" }] }',
};
const CONFIG = `
organization:
  id: o-abcde12345
  managementAccount: "111111111111"
  accounts:
    - { id: "222222222222", name: shop, ou: workloads/prod }
    - { id: "333333333333", name: lab, ou: root }
  controlPolicies:
    - { file: scp/no-users.json, targets: [workloads, lab] }
    - { file: rcp/perimeter.json, type: rcp, targets: root }
`;

async function levelsOf(account: string, config: string, kind: 'scp' | 'rcp' = 'scp'): Promise<unknown> {
  const { model, configProblems } = await scan({ files: FILES, config });
  expect(configProblems).toEqual([]);
  const found = controlPolicyLevels(model.organization, account);
  return found[kind] === 'unknown' ? found.unknowns : found[kind].map((level) => [level.name, ...level.policies.map((policy) => policy.name).toSorted()]);
}

describe('control policies of the configuration', () => {
  const complete = `${CONFIG}  controlPoliciesComplete: true\n`;

  it('hang on units, accounts and the root', async () => {
    expect(await levelsOf('222222222222', complete)).toEqual([['Root', 'FullAWSAccess'], ['workloads', 'FullAWSAccess', 'no-users.json'], ['prod', 'FullAWSAccess'], ['shop', 'FullAWSAccess']]);
    expect(await levelsOf('333333333333', complete)).toEqual([['Root', 'FullAWSAccess'], ['lab', 'FullAWSAccess', 'no-users.json']]);
    expect(await levelsOf('333333333333', complete, 'rcp')).toEqual([['Root', 'RCPFullAWSAccess', 'perimeter.json'], ['lab', 'RCPFullAWSAccess']]);
  });

  it('are not all there are unless it says so', async () => {
    expect(await levelsOf('222222222222', CONFIG)).toEqual(['nothing says that all service control policies are in the run', 'nothing says that all resource control policies are in the run']);
  });

  it('are missed when their file is not scanned', async () => {
    expect(await levelsOf('222222222222', complete.replace('scp/no-users.json', 'scp/gone.json'))).toEqual(['the document of policy `scp/gone.json` is not known']);
  });

  it('on a target that is not there leave every layer unknown', async () => {
    expect(await levelsOf('333333333333', complete.replace('[workloads, lab]', '[workload]'))).toEqual(['policy `scp/no-users.json` hangs on a target that is not known']);
  });
});

it('contradictions between sources are notices', async () => {
  const file = "AWSTemplateFormatVersion: '2010-09-09-OC'\nOrganization:\n  Shop: { Type: OC::ORG::Account, Properties: { AccountName: shop, AccountId: '222222222222', RootEmail: a@example.com } }\n  Root: { Type: OC::ORG::OrganizationRoot }\n";
  const { notices } = await scan({ files: { ...FILES, 'organization.yml': file }, config: CONFIG });
  expect(notices.filter((notice) => notice.code === 'conflicting-facts').map((notice) => notice.origin.source.path)).toEqual(['organization.yml']);
});

it('a template that tells its organization is judged as a template too', async () => {
  const file = `AWSTemplateFormatVersion: '2010-09-09-OC'
Organization: !Include ./organization.yml
Resources:
  Everything: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: '*', Resource: '*' }] } } }
`;
  const { model } = await scan({ files: { 'stack.yml': file, 'organization.yml': "Organization:\n  Main: { Type: OC::ORG::MasterAccount, Properties: { AccountName: main, AccountId: '111111111111' } }\n" }, useConfig: false });
  expect(model.policies.map((policy) => policy.from.address)).toEqual(['Everything']);
  expect(model.organization.managementAccount).toBe('111111111111');
});
