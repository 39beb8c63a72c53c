import { describe, expect, it } from 'vitest';
import { evaluate, evaluateCompiled, loadPolicies, type PolicyJson, type PolicySet, type Request } from '../../src/engine/index.ts';
import { allow, compileWithHoles, document, withHoles } from './documents.ts';

const OWN = '111111111111';
const USER = `arn:aws:iam::${OWN}:user/alice`;
const ROLE = `arn:aws:iam::${OWN}:role/team/app`;
const SESSION = `arn:aws:sts::${OWN}:assumed-role/app/s1`;
const FEDERATED = `arn:aws:sts::${OWN}:federated-user/alice`;
const ROOT = `arn:aws:iam::${OWN}:root`;
const ALL = document({ Effect: 'Allow', Action: '*', Resource: '*' });
const OTHER = document({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' });
const NO_S3 = document({ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', Resource: '*' });

const bucketPolicy = (principal: unknown, more: PolicyJson = {}): PolicyJson => document({ Effect: 'Allow', Principal: principal, Action: 's3:*', Resource: '*', ...more });

function decide(principal: string | null, policies: PolicySet<PolicyJson>, more: Partial<Request> = {}): string {
  return evaluate({ principal, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', resourceAccount: OWN, context: {}, ...more }, policies).decision;
}

describe('which resource-policy grants stand alone in the same account', () => {
  const limits = { boundary: [OTHER], session: OTHER };
  it.each([
    ['a user named', USER, USER, 'allowed'],
    ['a session named', SESSION, SESSION, 'allowed'],
    ['a federated session named', FEDERATED, FEDERATED, 'allowed'],
    ['everybody', SESSION, '*', 'allowed'],
    ['the role of a session', SESSION, ROLE, 'implicit-deny'],
    ['the user behind a federated session', FEDERATED, USER, 'implicit-deny'],
    ['the account', USER, OWN, 'implicit-deny'],
    ['another session of the role', SESSION, `arn:aws:sts::${OWN}:assumed-role/app/s2`, 'implicit-deny'],
    ['a partial wildcard', SESSION, `arn:aws:iam::${OWN}:role/*`, 'implicit-deny'],
  ])('%s', (_, caller, named, expected) => {
    expect(decide(caller, { resource: bucketPolicy({ AWS: named }), ...limits })).toBe(expected);
  });

  it('lets a role grant pass where boundary and session policy allow', () => {
    expect(decide(SESSION, { resource: bucketPolicy({ AWS: ROLE }), boundary: [ALL], session: ALL })).toBe('allowed');
    expect(decide(FEDERATED, { resource: bucketPolicy({ AWS: USER }), session: ALL })).toBe('allowed');
  });

  it('tells roles of one name but other paths apart when the request carries the role', () => {
    const context = { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/other/app` };
    expect(decide(SESSION, { resource: bucketPolicy({ AWS: ROLE }) }, { context })).toBe('implicit-deny');
    expect(decide(SESSION, { resource: bucketPolicy({ AWS: ROLE }) }, { context: { 'aws:PrincipalArn': ROLE } })).toBe('allowed');
  });
});

describe('across accounts', () => {
  const there = { resourceAccount: '222222222222' };
  it('needs both sides, whatever the kind of grant', () => {
    expect(decide(USER, { resource: bucketPolicy({ AWS: USER }) }, there)).toBe('implicit-deny');
    expect(decide(USER, { identity: [ALL] }, there)).toBe('implicit-deny');
    expect(decide(USER, { identity: [ALL], resource: bucketPolicy({ AWS: OWN }) }, there)).toBe('allowed');
    expect(decide(SESSION, { identity: [ALL], resource: bucketPolicy({ AWS: SESSION }), boundary: [OTHER] }, there)).toBe('implicit-deny');
  });

  it('reads the account from the ARN, and takes the caller\'s where nothing says', () => {
    expect(decide(USER, { identity: [ALL] }, { resourceAccount: undefined, resource: 'arn:aws:sqs:eu-west-1:222222222222:q', action: 'sqs:SendMessage' })).toBe('implicit-deny');
    expect(decide(USER, { identity: [ALL] }, { resourceAccount: undefined })).toBe('allowed');
  });
});

describe('explicit denies', () => {
  it.each<[string, PolicySet<PolicyJson>, string]>([
    ['identity', { identity: [ALL, NO_S3] }, 'identity'],
    ['resource', { identity: [ALL], resource: document({ Effect: 'Deny', Principal: { AWS: ROLE }, Action: 's3:*', Resource: '*' }) }, 'resource'],
    ['boundary', { resource: bucketPolicy({ AWS: SESSION }), boundary: [NO_S3] }, 'boundary'],
    ['session', { resource: bucketPolicy({ AWS: SESSION }), session: NO_S3 }, 'session'],
    ['scp', { identity: [ALL], scp: [{ id: 'root', policies: [ALL, NO_S3] }] }, 'scp'],
    ['rcp', { identity: [ALL], rcp: [{ id: 'root', policies: [document({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' })] }] }, 'rcp'],
    ['vpce', { identity: [ALL], vpce: [document({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' })] }, 'vpce'],
  ])('wins in the %s layer and is named', (_, policies, layer) => {
    const decision = evaluate({ principal: SESSION, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', resourceAccount: OWN, context: {} }, policies);
    expect(decision).toMatchObject({ decision: 'explicit-deny', blockedBy: [layer] });
    expect(decision.because).toHaveLength(1);
    expect(decision.because[0]?.layer).toBe(layer);
  });
});

describe('NotPrincipal with Deny', () => {
  const sparing = (...names: readonly string[]): PolicyJson => document({ Effect: 'Deny', NotPrincipal: { AWS: names }, Action: '*', Resource: '*' });
  it.each([
    [USER, [USER, ROOT], 'allowed'],
    [USER, [USER], 'explicit-deny'],
    [USER, [ROOT], 'explicit-deny'],
    [SESSION, [SESSION, ROLE, ROOT], 'allowed'],
    [SESSION, [ROLE, ROOT], 'explicit-deny'],
    [ROOT, [ROOT], 'allowed'],
  ])('%s with %j listed: %s', (caller, names, expected) => {
    expect(decide(caller, { identity: [ALL], resource: sparing(...names) })).toBe(expected);
  });

  it('spares nobody who has a permissions boundary', () => {
    expect(decide(USER, { identity: [ALL], boundary: [ALL], resource: sparing(USER, ROOT) })).toBe('explicit-deny');
  });
});

describe('callers without an account', () => {
  it('are decided by the resource alone', () => {
    expect(decide(null, { resource: bucketPolicy('*') }, { anonymous: true })).toBe('allowed');
    expect(decide(null, { identity: [ALL] }, { anonymous: true })).toBe('implicit-deny');
    expect(decide('sns.amazonaws.com', { resource: bucketPolicy({ Service: 'sns.amazonaws.com' }), scp: [{ id: 'root', policies: [] }] })).toBe('allowed');
    expect(decide('sns.amazonaws.com', { resource: bucketPolicy({ Service: 'sqs.amazonaws.com' }) })).toBe('implicit-deny');
  });

  it('carry no keys of the organization', () => {
    expect(decide(null, { resource: bucketPolicy('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } } }) }, { anonymous: true, unknownContext: true })).toBe('implicit-deny');
  });
});

describe('the root user', () => {
  it('needs no policy in its account, but control policies and denies of the resource bind it', () => {
    expect(decide(ROOT, {})).toBe('allowed');
    expect(decide(ROOT, { scp: [{ id: 'root', policies: [OTHER] }] })).toBe('implicit-deny');
    expect(decide(ROOT, { boundary: [OTHER] })).toBe('allowed');
    const shut = document({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' });
    expect(decide(ROOT, { resource: shut })).toBe('explicit-deny');
    expect(decide(ROOT, { resource: shut }, { action: 's3:PutBucketPolicy', resource: 'arn:aws:s3:::b' })).toBe('allowed');
  });

  it('cannot assume roles', () => {
    expect(decide(ROOT, { resource: document({ Effect: 'Allow', Principal: { AWS: OWN }, Action: 'sts:AssumeRole' }) }, { action: 'sts:AssumeRole', resource: ROLE })).toBe('implicit-deny');
  });
});

describe('keys and trust policies hand the decision to the account first', () => {
  const key = { action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-1:${OWN}:key/k` };
  const keyPolicy = (principal: string, action = 'kms:*'): PolicyJson => document({ Effect: 'Allow', Principal: { AWS: principal }, Action: action, Resource: '*' });
  it('for KMS keys', () => {
    expect(decide(SESSION, { identity: [ALL] }, key)).toBe('implicit-deny');
    expect(decide(SESSION, { identity: [ALL], resource: keyPolicy(OWN) }, key)).toBe('allowed');
    expect(decide(SESSION, { identity: [ALL], resource: keyPolicy(OWN, 'kms:Encrypt') }, key)).toBe('implicit-deny');
    expect(decide(SESSION, { resource: keyPolicy(ROLE) }, key)).toBe('allowed');
    expect(decide(SESSION, { identity: [ALL] }, { ...key, action: 'kms:CreateKey', resource: '*' })).toBe('allowed');
    expect(decide(ROOT, { resource: keyPolicy(USER) }, key)).toBe('implicit-deny');
  });

  const assume = { action: 'sts:AssumeRole', resource: `arn:aws:iam::${OWN}:role/target` };
  const trust = (principal: unknown, action: unknown = 'sts:AssumeRole'): PolicyJson => document({ Effect: 'Allow', Principal: principal, Action: action });
  it('for roles', () => {
    expect(decide(USER, { identity: [ALL] }, assume)).toBe('implicit-deny');
    expect(decide(USER, { resource: trust({ AWS: OWN }) }, assume)).toBe('implicit-deny');
    expect(decide(USER, { identity: [ALL], resource: trust({ AWS: OWN }) }, assume)).toBe('allowed');
    expect(decide(USER, { resource: trust({ AWS: USER }) }, assume)).toBe('allowed');
  });

  it('needs the trust policy to allow session tags and a source identity when the call passes them', () => {
    const context = { 'aws:RequestTag/team': 'a' };
    expect(decide(USER, { resource: trust({ AWS: USER }) }, { ...assume, context })).toBe('implicit-deny');
    expect(decide(USER, { resource: trust({ AWS: USER }, ['sts:AssumeRole', 'sts:TagSession']) }, { ...assume, context })).toBe('allowed');
    expect(decide(USER, { resource: trust({ AWS: USER }) }, { ...assume, context: { 'sts:SourceIdentity': 'a' } })).toBe('implicit-deny');
  });

  it('asks only the trust policy of callers that sign with a token', () => {
    const provider = `arn:aws:iam::${OWN}:oidc-provider/x`;
    const call = { ...assume, action: 'sts:AssumeRoleWithWebIdentity' };
    expect(decide(provider, { resource: trust({ Federated: provider }, call.action), scp: [{ id: 'root', policies: [] }] }, call)).toBe('allowed');
    expect(decide(provider, { resource: trust({ Federated: 'graph.facebook.com' }, call.action) }, call)).toBe('implicit-deny');
  });
});

describe('control policies', () => {
  const level = (...policies: readonly PolicyJson[]): { readonly id: string; readonly policies: readonly PolicyJson[] } => ({ id: 'level', policies });
  it('need an allow at every level', () => {
    expect(decide(USER, { identity: [ALL], scp: [level(ALL), level(OTHER, ALL)] })).toBe('allowed');
    expect(decide(USER, { identity: [ALL], scp: [level(ALL), level(OTHER)] })).toBe('implicit-deny');
    expect(decide(USER, { identity: [ALL], scp: [level(ALL), level()] })).toBe('implicit-deny');
  });

  it('leave the management account and service-linked roles alone', () => {
    const policies = { identity: [ALL], scp: [level(OTHER)] };
    expect(decide(USER, { ...policies, settings: { managementAccount: OWN } })).toBe('allowed');
    expect(decide(USER, { ...policies, settings: { managementAccount: '222222222222' } })).toBe('implicit-deny');
    expect(decide(`arn:aws:sts::${OWN}:assumed-role/AWSServiceRoleForSupport/s`, policies)).toBe('allowed');
    expect(decide(USER, policies, { settings: { serviceLinkedRole: true } })).toBe('allowed');
  });

  it('of resources only deny, and only for services that support them', () => {
    const rcp = [level(document({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }))];
    expect(decide(USER, { identity: [ALL], rcp: [level()] })).toBe('allowed');
    expect(decide(USER, { identity: [ALL], rcp })).toBe('explicit-deny');
    expect(decide(USER, { identity: [ALL], rcp }, { action: 'sns:Publish', resource: `arn:aws:sns:eu-west-1:${OWN}:t` })).toBe('allowed');
    expect(decide(USER, { identity: [ALL], rcp }, { action: 'kms:RetireGrant', resource: '*' })).toBe('allowed');
    expect(decide(USER, { identity: [ALL], rcp, settings: { managementAccount: OWN } })).toBe('allowed');
  });
});

describe('what needs saying once', () => {
  it('never lets boundary or session policies grant', () => {
    expect(decide(USER, { boundary: [ALL], session: ALL })).toBe('implicit-deny');
  });

  it('gives a federated user nothing without a session policy', () => {
    expect(decide(FEDERATED, { identity: [ALL] })).toBe('implicit-deny');
    expect(decide(FEDERATED, { identity: [ALL], session: ALL })).toBe('allowed');
  });

  it('always allows GetCallerIdentity to signed callers', () => {
    expect(decide(USER, { identity: [document({ Effect: 'Deny', Action: '*', Resource: '*' })] }, { action: 'sts:GetCallerIdentity', resource: '*' })).toBe('allowed');
  });

  it.each(['', ' ', 's3', 's3:', ':x', 's3:Get Object'])('matches nothing to the action %j', (action) => {
    expect(decide(USER, { identity: [ALL, document({ Effect: 'Allow', NotAction: 'ec2:*', Resource: '*' })] }, { action })).toBe('implicit-deny');
  });

  it('names the statements that allow, and the layers that lack an allow', () => {
    const request = { principal: USER, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', resourceAccount: OWN, context: {} };
    expect(evaluate(request, { identity: [OTHER, ALL], scp: [{ id: 'root', policies: [ALL] }] }).because).toEqual([
      { layer: 'scp', levelIndex: 0, policyIndex: 0, statementIndex: 0 },
      { layer: 'identity', policyIndex: 1, statementIndex: 0 },
    ]);
    expect(evaluate(request, { identity: [ALL], boundary: [OTHER], scp: [{ id: 'root', policies: [OTHER] }] }).blockedBy).toEqual(['scp', 'boundary']);
  });

  it('sees changes to documents between calls', () => {
    const policy: { Version: string; Statement: PolicyJson[] } = { Version: '2012-10-17', Statement: [] };
    expect(decide(USER, { identity: [policy] })).toBe('implicit-deny');
    policy.Statement.push({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    expect(decide(USER, { identity: [policy] })).toBe('allowed');
  });
});

describe('what is not known', () => {
  it('makes the answer unknown only where it can change it', () => {
    expect(decide(USER, { identity: [ALL], scp: 'unknown' })).toBe('unknown');
    expect(decide(USER, { identity: [], scp: 'unknown' })).toBe('implicit-deny');
    expect(decide(USER, { identity: [NO_S3], scp: 'unknown' })).toBe('explicit-deny');
    expect(decide(USER, { identity: 'unknown', resource: bucketPolicy({ AWS: USER }) })).toBe('unknown');
    expect(decide(USER, { identity: [ALL], resource: 'unknown' }, { resourceAccount: '222222222222' })).toBe('unknown');
  });

  it('gives its reasons', () => {
    const decision = evaluate({ principal: USER, action: 's3:GetObject', resource: '*', context: {} }, { identity: [ALL], scp: 'unknown' });
    expect(decision).toMatchObject({ decision: 'unknown', blockedBy: ['scp'], unknowns: ['the scp policies are not known'] });
  });

  it('reads keys that are not given as unknown when told so', () => {
    const identity = [allow({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })];
    expect(decide(USER, { identity }, { unknownContext: true })).toBe('unknown');
    expect(decide(USER, { identity }, {})).toBe('implicit-deny');
  });

  it('decides with holes in documents and requests', () => {
    const layers = loadPolicies({});
    const bucket = withHoles('arn:aws:s3:::{{~Bucket}}');
    const identity = [compileWithHoles(allow({ Resource: 'arn:aws:s3:::{{~Bucket}}/*' }), 'identity')];
    const ask = (resource: string, account: string = OWN): string => evaluateCompiled({ principal: USER, action: 's3:GetObject', resource, resourceAccount: account, context: {} }, { ...layers, identity }).decision;
    expect([ask(`${bucket}/k`), ask('arn:aws:s3:::named/k'), ask(`${bucket}/k`, withHoles('{{@Account}}'))]).toEqual(['allowed', 'implicit-deny', 'unknown']);
  });

  it('holds statements that exist in some deployments only for possible', () => {
    const always = compileWithHoles(allow({}), 'identity');
    const when = [{ variable: 'p', value: 'true', is: true, label: 'IsProd' }];
    const sometimes = { ...always, statements: always.statements.map((statement) => ({ ...statement, present: 'unknown' as const, source: { ...statement.source, when } })) };
    expect(evaluateCompiled({ principal: USER, action: 's3:GetObject', resource: '*', context: {} }, { identity: [sometimes] }).decision).toBe('unknown');
  });
});
