import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateCompiled } from '../../../src/engine/evaluate.ts';
import { compilePolicy } from '../../../src/engine/compile.ts';
import { isFixed } from '../../../src/iam/token.ts';
import { controlPolicyLevels } from '../../../src/model/control-policies.ts';
import type { PermissionModel, Policy, Principal } from '../../../src/model/model.ts';
import { scan } from '../../../src/scan.ts';

/** The sample is spread over Terraform, a plan, CloudFormation, CDK and an account's own export; the answers must not care. */
describe('the sample organization', () => {
  let model: PermissionModel;
  let notices: readonly string[];
  beforeAll(async () => {
    const result = await scan({ paths: ['.'], cwd: resolve(import.meta.dirname, '../../../samples/organization') });
    expect([result.configProblems, result.missing]).toEqual([[], []]);
    model = result.model;
    notices = result.notices.map((notice) => notice.message);
  }, 60_000);

  const principal = (name: string, account?: string): Principal => {
    const found = model.principals.filter((candidate) => candidate.entity.name === name && (account === undefined || candidate.entity.account === account));
    const [only] = found;
    if (only === undefined || found.length !== 1) throw new Error(`${found.length} principals are called ${name}`);
    return only;
  };
  const reserved = (set: string): Principal => {
    const found = model.principals.find((candidate) => candidate.madeBy === 'identity-center' && candidate.entity.name.startsWith(`AWSReservedSSO_${set}_`));
    if (found === undefined) throw new Error(`no role of ${set}`);
    return found;
  };
  const compiled = (policies: readonly Policy[]) => policies.map((policy) => compilePolicy(policy.document));
  const decide = (who: Principal, action: string, resource: string, resourcePolicy?: Policy): unknown => {
    const levels = controlPolicyLevels(model.organization, who.entity.account);
    const of = (kind: 'scp' | 'rcp', account: string) => {
      const found = controlPolicyLevels(model.organization, account)[kind];
      return found === 'unknown' ? found : found.map((level) => ({ id: level.id, policies: compiled(level.policies) }));
    };
    const groups = who.groups.flatMap((group) => group.policies);
    const decision = evaluateCompiled(
      { principal: who.entity.arn, action, resource, context: { 'aws:PrincipalOrgID': 'o-acmesample1' }, ...(resourcePolicy === undefined ? {} : { resourceAccount: resourcePolicy.account }) },
      {
        identity: compiled([...who.policies, ...groups].map((attached) => attached.policy)),
        ...(who.boundary?.policy === undefined ? {} : { boundary: compiled([who.boundary.policy]) }),
        ...(resourcePolicy === undefined ? {} : { resource: compiled([resourcePolicy]) }),
        scp: levels.scp === 'unknown' ? 'unknown' : of('scp', who.entity.account),
        rcp: of('rcp', resourcePolicy?.account ?? who.entity.account),
      },
    );
    return [decision.decision, ...decision.blockedBy];
  };

  it('has three units and six accounts, and knows all that limits them', () => {
    const { organization } = model;
    expect([...organization.units.values()].map((unit) => unit.path).toSorted()).toEqual(['platform', 'production', 'sandbox']);
    expect([...organization.accounts.values()].map((account) => [account.id, account.name, organization.units.get(account.unit ?? '')?.path]).toSorted()).toEqual([
      ['111111111111', 'management', undefined],
      ['222222222222', 'security', 'platform'],
      ['333333333333', 'delivery', 'platform'],
      ['444444444444', 'shop', 'production'],
      ['555555555555', 'data', 'production'],
      ['666666666666', 'lab', 'sandbox'],
    ]);
    expect(model.coverage).toMatchObject({ organization: true, controlPolicies: true, unknowns: [] });
    expect([...model.coverage.completeAccounts]).toEqual(['666666666666']);
    expect(organization.conflicts).toEqual([]);
    expect(organization.accounts.get('222222222222')?.delegatedFor).toEqual(['guardduty.amazonaws.com']);
    expect(notices).toEqual([]);
  });

  it('puts the ids of the configuration into the documents of Terraform', () => {
    const policy = model.policies.find((one) => one.name === 'sandbox-stays-out');
    expect(policy?.document.statements[0]?.resource?.patterns[0]?.text).toBe('arn:aws:iam::444444444444:role/*');
  });

  it('binds trust across dialects', () => {
    const trusted = (who: Principal): unknown => who.trust?.document.statements.flatMap((statement) => statement.principal?.entries.map((entry) => model.entityByArn(entry.text)?.from.type) ?? []);
    // CDK and Terraform trust a role of CloudFormation; CloudFormation trusts a provider of its own.
    expect(trusted(principal('release'))).toEqual(['AWS::IAM::Role']);
    expect(trusted(principal('migrate'))).toEqual(['AWS::IAM::Role']);
    expect(trusted(principal('ship'))).toEqual(['AWS::IAM::OIDCProvider']);
    const [bucket] = model.policies.filter((policy) => policy.kind === 'resource');
    expect(bucket?.document.statements[0]?.principal?.entries.map((entry) => model.entityByArn(entry.text)?.account)).toEqual(['444444444444']);
  });

  it('lets GitHub into `ship`, for one branch of one repository', () => {
    const [link] = model.federation.filter((one) => one.via === 'oidc');
    expect(link).toMatchObject({ issuer: 'github-actions', role: { name: 'ship' } });
    expect(link?.claims.find((claim) => claim.claim === 'sub')?.values.map((value) => value.text)).toEqual(['repo:acme/shop:ref:refs/heads/main']);
  });

  it('lets a control policy of the root take users back', () => {
    expect(decide(principal('ship'), 'iam:CreateUser', 'arn:aws:iam::333333333333:user/x')).toEqual(['explicit-deny', 'scp']);
    expect(decide(principal('ship'), 'sts:AssumeRole', principal('release').entity.arn, principal('release').trust)).toEqual(['allowed']);
  });

  it('lets a control policy of production keep whoever releases from becoming administrator, but not the management account', () => {
    expect(decide(principal('release'), 'iam:AttachRolePolicy', 'arn:aws:iam::444444444444:role/release')).toEqual(['explicit-deny', 'scp']);
    expect(decide(principal('OrganizationAccountAccessRole', '444444444444'), 'iam:AttachRolePolicy', 'arn:aws:iam::444444444444:role/release')).toEqual(['allowed']);
  });

  it('lets the intern of the lab read the orders: the sandbox is kept out of the shop only', () => {
    expect(decide(principal('intern'), 'sts:AssumeRole', principal('reader').entity.arn, principal('reader').trust)).toEqual(['allowed']);
    expect(decide(principal('intern'), 'sts:AssumeRole', principal('release').entity.arn, principal('release').trust)).toEqual(['explicit-deny', 'scp']);
    expect(decide(principal('auditor'), 'sts:AssumeRole', principal('reader').entity.arn, principal('reader').trust)).toEqual(['implicit-deny', 'resource']);
  });

  it('gives one group a read-only role in one account', () => {
    const role = reserved('ReadOnly');
    expect([role.entity.account, isFixed(role.entity.name)]).toEqual(['555555555555', true]);
    expect(decide(role, 's3:GetObject', 'arn:aws:s3:::acme-orders/1', undefined)).toEqual(['allowed']);
    expect(decide(role, 's3:PutObject', 'arn:aws:s3:::acme-orders/1', undefined)).toEqual(['implicit-deny', 'identity']);
    const [assignment] = model.assignments.filter((one) => one.role === role);
    expect(model.identityCenter.members.get(assignment?.principal?.id ?? '')?.map((user) => user.name)).toEqual(['ada']);
    expect(model.principals.filter((one) => one.madeBy === 'identity-center')).toHaveLength(2);
  });

  it('finds what a permission set only names in the account it is assigned to', () => {
    const operator = reserved('Operator');
    expect(operator.policies.map((attached) => [attached.policy.name, attached.policy.account]).toSorted()).toEqual([['PowerUserAccess', 'aws'], ['operator-extra', '333333333333']]);
    expect(operator.boundary?.policy?.name).toBe('operator-boundary');
    expect(decide(operator, 'ec2:RunInstances', 'arn:aws:ec2:eu-west-1:333333333333:instance/*')).toEqual(['implicit-deny', 'boundary']);
  });
});
