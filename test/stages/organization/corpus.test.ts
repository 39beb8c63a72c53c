import { describe, expect, it } from 'vitest';
import { link } from '../../../src/model/link.ts';
import { controlPolicyLevels } from '../../../src/model/control-policies.ts';
import type { Organization } from '../../../src/model/model.ts';
import { NO_ORGANIZATION } from '../../given.ts';
import { count, HAS_CORPUS, openCorpus } from './given.ts';

/** Real configurations; they lie outside this repository and the tests are skipped without them. */
const corpus = describe.skipIf(!HAS_CORPUS);

const SETS = 'awslabs+landing-zone-accelerator-on-aws/source/packages/@aws-accelerator/accelerator/test/configs';
const FORMATION = 'org-formation+org-formation-cli';

function organizationIn(folder: string): Organization {
  return link(openCorpus(folder).extractions, NO_ORGANIZATION).organization;
}

/** Counted by hand: accounts, units (implied ones too), SCPs, RCPs, policies of every type. */
const LANDING_ZONES: readonly (readonly [set: string, accounts: number, units: number, scps: number, rcps: number, policies: number])[] = [
  ['all-enabled', 6, 14, 4, 1, 11],
  ['all-enabled-delegated-admin', 0, 0, 0, 0, 0],
  ['all-enabled-ou-targets', 0, 0, 0, 0, 0],
  ['network-refactor', 5, 2, 0, 0, 0],
  ['no-org-config', 6, 0, 0, 0, 0],
  ['replacements', 0, 4, 5, 0, 10],
  ['snapshot-only', 0, 4, 5, 1, 12],
];

corpus('the landing zone configurations of the corpus', () => {
  it.each(LANDING_ZONES)('%s: %i accounts, %i units, %i SCPs and %i RCPs of %i policies', (set, accounts, units, scps, rcps, policies) => {
    const opened = openCorpus(`${SETS}/${set}`);
    const { organization } = link(opened.extractions, NO_ORGANIZATION);
    const types = opened.templates.flatMap((template) => template.resources.filter((resource) => resource.type === 'AWS::Organizations::Policy').map((resource) => resource.address.split('/')[1]));
    expect({ accounts: organization.accounts.size, units: organization.units.size, scps: types.filter((type) => type === 'SERVICE_CONTROL_POLICY').length, rcps: types.filter((type) => type === 'RESOURCE_CONTROL_POLICY').length, policies: types.length }).toEqual({ accounts, units, scps, rcps, policies });
  });

  it('report only files that are not there', () => {
    expect(LANDING_ZONES.flatMap(([set]) => openCorpus(`${SETS}/${set}`).problems).filter((problem) => problem.code !== 'missing-file')).toEqual([]);
  });

  it('have their documents read, placeholders and all', () => {
    const model = link(openCorpus(`${SETS}/snapshot-only`).extractions, NO_ORGANIZATION);
    const statements = Object.fromEntries(model.policies.filter((policy) => policy.kind === 'scp' || policy.kind === 'rcp').map((policy) => [policy.name, policy.document.statements.length]));
    expect(statements).toEqual({ AcceleratorGuardrails1: 4, AcceleratorGuardrails2: 6, AllowList: 1, DataPerimeter: 1, DeputyAttackRcp: 1, Quarantine: 1 });
    expect(model.policies.flatMap((policy) => policy.document.syntax)).toEqual([]);
  });

  it('nest units by their paths', () => {
    const { units, root } = organizationIn(`${SETS}/all-enabled`);
    const deep = [...units.values()].find((unit) => unit.path === 'Level1/Level2-02/Level3-01/Level4-01/Level5-03');
    const way: string[] = [];
    for (let at = deep; at !== undefined; at = units.get(at.parent ?? '')) way.push(at.name);
    expect(way).toEqual(['Level5-03', 'Level4-01', 'Level3-01', 'Level2-02', 'Level1']);
    expect(root?.id).toBe('r-asdf');
  });

  it('know the accounts, the management account and what is handed to others', () => {
    const { accounts, managementAccount, id } = organizationIn(`${SETS}/all-enabled`);
    expect([...accounts.keys()].toSorted()).toEqual(['111111111111', '222222222222', '333333333333', '444444444444', '555555555555', '666666666666']);
    expect([id, managementAccount]).toEqual(['o-asdf123456', '111111111111']);
    expect(accounts.get('222222222222')).toMatchObject({ name: 'Audit', delegatedFor: ['guardduty.amazonaws.com', 'macie.amazonaws.com', 'securityhub.amazonaws.com', 'sso.amazonaws.com'] });
  });

  it('expand roles and assignments to accounts', () => {
    const model = link(openCorpus(`${SETS}/all-enabled`).extractions, NO_ORGANIZATION);
    const declared = model.principals.filter((principal) => principal.madeBy === undefined);
    expect(declared.filter((principal) => principal.kind === 'role')).toHaveLength(12);
    expect(declared.filter((principal) => principal.kind === 'user')).toHaveLength(3);
    expect(declared.filter((principal) => principal.kind === 'group')).toHaveLength(6);
    // One set in LogArchive for five principals, and in the unit Security (LogArchive and Audit) for one group.
    expect(model.assignments).toHaveLength(7);
    expect(model.principals.filter((principal) => principal.madeBy === 'identity-center').map((role) => role.entity.account).toSorted()).toEqual(['222222222222', '333333333333']);
  });
});

/** Counted by hand: accounts, units, SCPs of each file. */
const FORMATIONS: readonly (readonly [file: string, accounts: number, units: number, scps: number])[] = [
  ['examples/organization.yml', 10, 3, 2],
  ['examples/sso/organization.yml', 4, 0, 0],
  ['examples/lambda-using-uploaded-zip/organization.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-anchors-aliases/organization.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-annotate-organization/organization.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-cdk-no-region/organization.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-create-buckets/organization.yml', 1, 0, 0],
  ['test/integration-tests/resources/scenario-detached-perform-tasks/organization.yml', 5, 0, 0],
  ['test/integration-tests/resources/scenario-functions-in-cfn/organization.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-global-params/organization.yml', 2, 0, 0],
  // The second account stands in an included file.
  ['test/integration-tests/resources/scenario-include-various/organization.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-json-template/organization.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-move-master-acc/1-init-organization.yml', 1, 0, 0],
  ['test/integration-tests/resources/scenario-move-master-acc/2-move-to-ou-organization.yml', 1, 1, 0],
  ['test/integration-tests/resources/scenario-move-master-acc/3-move-to-other-ou-organization.yml', 1, 2, 0],
  ['test/integration-tests/resources/scenario-move-master-acc/4-back-to-org-root-organization.yml', 1, 0, 0],
  ['test/integration-tests/resources/scenario-nested-ou/1-init-organization.yml', 1, 0, 0],
  ['test/integration-tests/resources/scenario-nested-ou/2-create-parent-child-ou.yml', 1, 2, 0],
  ['test/integration-tests/resources/scenario-nested-ou/3-swap-child-parent-ou.yml', 1, 2, 0],
  ['test/integration-tests/resources/scenario-nested-ou/4-delete-parent-keep-child.yml', 1, 1, 0],
  ['test/integration-tests/resources/scenario-nested-ou/5-three-levels-deep.yml', 1, 4, 0],
  ['test/integration-tests/resources/scenario-nested-ou/6-duplicate-names.yml', 1, 5, 0],
  ['test/integration-tests/resources/scenario-nested-ou/7-cleanup-organization.yml', 1, 0, 0],
  ['test/integration-tests/resources/scenario-organization-file-s3/organization.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-register-type/organization.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-register-type/organization-2.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-register-type/organization-3.yml', 3, 0, 0],
  ['test/integration-tests/resources/scenario-serverless-com-task/organization.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-task-file-parameters/organization.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-task-that-fails/organization.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-text-template-mixed/organization.yml', 1, 0, 0],
  ['test/integration-tests/resources/scenario-tf-task/organization.yml', 2, 0, 0],
  ['test/integration-tests/resources/scenario-update-stacks-stack-policy/organization.yml', 2, 0, 0],
  ...['defaults', 'depends-on', 'depends-on-account', 'organization-bindings-section', 'references', 'tasks'].map((folder) => [`test/resources/${folder}/organization.yml`, 5, 3, 0] as const),
];

corpus('the org-formation files of the corpus', () => {
  const opened = HAS_CORPUS ? openCorpus(FORMATION) : { templates: [], problems: [], extractions: [] };

  it('are all read, and no other', () => {
    expect(opened.templates.map((template) => template.scope.id).toSorted()).toEqual(FORMATIONS.map(([file]) => file).toSorted());
    expect(opened.problems).toEqual([]);
  });

  it.each(FORMATIONS)('%s: %i accounts, %i units, %i SCPs', (file, accounts, units, scps) => {
    const { organization, policies } = link(opened.extractions.filter((extraction) => extraction.template.scope.id === file), NO_ORGANIZATION);
    expect({ accounts: organization.accounts.size, units: organization.units.size, scps: policies.filter((policy) => policy.kind === 'scp').length }).toEqual({ accounts, units, scps });
  });

  it('know what limits each account', () => {
    const { organization } = link(opened.extractions.filter((extraction) => extraction.template.scope.id === 'examples/organization.yml'), NO_ORGANIZATION);
    const production = [...organization.accounts.values()].find((account) => account.name === 'Production 1 Account');
    const { scp } = controlPolicyLevels(organization, production?.id ?? '');
    expect(scp === 'unknown' ? scp : scp.map((level) => [level.name, level.policies.map((policy) => policy.name).toSorted()])).toEqual([
      ['Root', ['DenyChangeOfOrgRole', 'FullAWSAccess', 'RestrictUnusedRegions']],
      ['production', ['FullAWSAccess']],
      ['Production 1 Account', ['FullAWSAccess']],
    ]);
    expect(controlPolicyLevels(organization, '507468909204').scp).toEqual([]);
  });
});

corpus('the account exports of the corpus', () => {
  const opened = HAS_CORPUS ? openCorpus('gaad') : { templates: [], problems: [], extractions: [] };

  it('give what they list', () => {
    expect({ users: count(opened, 'AWS::IAM::User'), groups: count(opened, 'AWS::IAM::Group'), roles: count(opened, 'AWS::IAM::Role'), policies: count(opened, 'AWS::IAM::ManagedPolicy') }).toEqual({ users: 2, groups: 3, roles: 4, policies: 5 });
    expect(opened.problems).toEqual([]);
  });
});

corpus('the secure environment configurations of the corpus', () => {
  it('give units, accounts and policies, whose files are not there', () => {
    const opened = openCorpus('aws-samples+aws-secure-environment-accelerator');
    expect(opened.templates.map((template) => template.resources.filter((resource) => resource.type.startsWith('AWS::')).length)).toEqual([13, 13]);
    expect(new Set(opened.problems.map((problem) => problem.code))).toEqual(new Set(['missing-file']));
    const { organization } = link(opened.extractions.slice(1), NO_ORGANIZATION);
    expect([organization.accounts.size, organization.units.size]).toEqual([3, 2]);
    expect([...organization.accounts.keys()].some((id) => id === organization.managementAccount)).toBe(true);
  });
});
