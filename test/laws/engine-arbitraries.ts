import fc from 'fast-check';
import type { RefPolicies, RefRequest } from '../reference/evaluate.ts';

/** Random policies and requests over small vocabularies, so that they meet often enough to disagree. */
type Json = Record<string, unknown>;

export const ACCOUNT = '111111111111';
const OTHER = '222222222222';

const pick = <Item>(...items: readonly Item[]): fc.Arbitrary<Item> => fc.constantFrom(...items);
const some = <Item>(item: fc.Arbitrary<Item>, max: number): fc.Arbitrary<Item | Item[]> => fc.oneof(item, fc.array(item, { minLength: 1, maxLength: max }));

const actionPattern = pick('*', 's3:*', 's3:Get*', 's3:GetObject', 'S3:getobject', 's3:PutObject', 's3:*Object', 's3:?etObject', 's3:GetObject*', 's3:*Acl*', 'sqs:*', 'sqs:SendMessage', '*:Get*', 'kms:Decrypt', 's3', 's3:GetBucketPolicy');
const action = pick('s3:GetObject', 's3:PutObject', 's3:GetObjectAcl', 's3:DeleteObject', 'sqs:SendMessage', 'sqs:GetQueueUrl', 'kms:Decrypt', 's3:GetBucketPolicy', 'S3:GETOBJECT', 'ec2:GetPasswordData');

const resourcePattern = pick(
  '*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/a*', 'arn:aws:s3:::b/*/x', 'arn:aws:s3:::b/?', 'arn:aws:s3:::*', 'arn:aws:s3:::b/a/x', 'arn:aws:s3:*', 'arn:*:s3:::b/a*x',
  'arn:aws:sqs:*:111111111111:q*', 'arn:aws:sqs:eu-*-1:*:q', 'arn:aws:sqs:??-west-1:*:q', 'arn:aws:kms:eu-west-1:111111111111:key/k', 'arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/${aws:PrincipalTag/team}',
  "arn:aws:s3:::b/${aws:PrincipalTag/team, 'a'}/x", 'arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/*a*', 'arn:aws:s3:::b/*a*x*',
);
const resource = pick('*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/a', 'arn:aws:s3:::b/a/x', 'arn:aws:s3:::b/alice/k', 'arn:aws:s3:::b/*', 'arn:aws:s3:::c/a', 'arn:aws:sqs:eu-west-1:111111111111:q', 'arn:aws:sqs:us-west-1:222222222222:q2', 'arn:aws:sqs:eu-west-1:x:111111111111:q', 'arn:aws:kms:eu-west-1:111111111111:key/k', 'arn:aws:s3:::b/x');

const word = pick('a', 'x', 'alice', 'b', 'A', '', 'a*', 'aax');
const wordPattern = pick('a', 'x', 'alice', 'a*', '*', '?', '*x', '', '${aws:username}', '${aws:PrincipalTag/team}', "${aws:PrincipalTag/none, 'x'}", 'a${*}', 'A', '*a*x*');
const arnValue = pick('arn:aws:iam::111111111111:role/r', 'arn:aws:iam::111111111111:user/alice', 'arn:aws:s3:::b', 'arn:aws:sns:eu-west-1:111111111111:t', 'nonsense', 'arn:aws:iam::222222222222:role/p/r');
const arnPattern = pick('arn:aws:iam::111111111111:role/*', 'arn:aws:iam::*:role/r', 'arn:aws:iam::111111111111:*', 'arn:aws:s3:::b', 'arn:aws:sns:*:111111111111:t', 'arn:aws:iam::1*:user/${aws:username}', 'arn:*:*:*:*:*');
const number = pick('1', '10', '10.0', '9.5', '-3', '1e1');
const date = pick('2026-01-01T00:00:00Z', '1767225600', '2025-06-01', '2030-01-01T12:00:00Z');
const address = pick('203.0.113.9', '10.1.2.3', '2001:db8::1', '203.0.113.200');
const block = pick('203.0.113.0/24', '10.0.0.0/8', '0.0.0.0/0', '203.0.113.9', '2001:db8::/32', '::/0', '203.0.113.7/25');
const truth = pick('true', 'false', 'True');

const stringOperator = pick('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase');
const decorate = (operator: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.tuple(operator, fc.boolean()).map(([name, ifExists]) => (ifExists ? `${name}IfExists` : name));
const quantify = (operator: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.tuple(operator, pick('', 'ForAllValues:', 'ForAnyValue:')).map(([name, set]) => set + name);

const condition: fc.Arbitrary<Json> = fc.oneof(
  entry(decorate(stringOperator), pick('aws:PrincipalTag/team', 's3:prefix', 'aws:username', 'AWS:principaltag/TEAM'), some(wordPattern, 3)),
  entry(quantify(decorate(stringOperator)), pick('aws:TagKeys'), some(wordPattern, 3)),
  entry(decorate(pick('ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnNotEquals', 'StringLike')), pick('aws:PrincipalArn', 'aws:SourceArn'), some(arnPattern, 2)),
  entry(decorate(pick('NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals')), pick('s3:max-keys'), some(number, 2)),
  entry(decorate(pick('DateEquals', 'DateNotEquals', 'DateLessThan', 'DateGreaterThan', 'DateGreaterThanEquals')), pick('aws:CurrentTime'), some(date, 2)),
  entry(decorate(pick('IpAddress', 'NotIpAddress')), pick('aws:SourceIp'), some(block, 2)),
  entry(decorate(pick('Bool')), pick('aws:SecureTransport', 'aws:MultiFactorAuthPresent', 'aws:PrincipalIsAWSService'), truth),
  entry(pick('Null'), pick('aws:SourceIp', 'aws:TagKeys', 'aws:PrincipalTag/team', 'aws:username', 'aws:PrincipalArn'), truth),
  entry(pick('StringEquals', 'StringNotEquals', 'StringEqualsIfExists'), pick('aws:PrincipalAccount'), some(pick(ACCOUNT, OTHER), 2)),
  entry(pick('StringEquals', 'StringNotEquals', 'StringNotEqualsIfExists'), pick('aws:PrincipalOrgID'), pick('o-a', 'o-b')),
  entry(pick('StringEquals', 'StringNotEquals'), pick('aws:PrincipalType'), some(pick('User', 'AssumedRole', 'Account', 'Anonymous'), 2)),
);

function entry(operator: fc.Arbitrary<string>, key: fc.Arbitrary<string>, values: fc.Arbitrary<unknown>): fc.Arbitrary<Json> {
  return fc.tuple(operator, key, values).map(([name, on, listed]) => ({ [name]: { [on]: listed } }));
}

const conditions: fc.Arbitrary<Json | undefined> = fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 3, arbitrary: condition }, { weight: 1, arbitrary: fc.tuple(condition, condition).map(([one, two]) => ({ ...one, ...two })) });

const principalName = pick(
  '*', ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`, OTHER, `arn:aws:iam::${ACCOUNT}:user/alice`, `arn:aws:iam::${ACCOUNT}:role/r`, `arn:aws:sts::${ACCOUNT}:assumed-role/r/s`, `arn:aws:sts::${ACCOUNT}:federated-user/alice`, `arn:aws:iam::${OTHER}:role/p/r`, `arn:aws:iam::${OTHER}:user/p/bob`, 'AIDAEXAMPLE',
);
const principalElement = fc.oneof(
  pick('*'),
  some(principalName, 3).map((names) => ({ AWS: names })),
  pick('sns.amazonaws.com', 's3.amazonaws.com').map((name) => ({ Service: name })),
  pick(`arn:aws:iam::${ACCOUNT}:oidc-provider/x`, 'graph.facebook.com', '*').map((name) => ({ Federated: name })),
);

/** One statement; `names` gives it a `Principal` or `NotPrincipal`. */
export function statement(names: boolean): fc.Arbitrary<Json> {
  const principals = names ? fc.tuple(pick('Principal', 'Principal', 'Principal', 'NotPrincipal'), principalElement) : fc.constant(undefined);
  return fc
    .tuple(pick('Allow', 'Allow', 'Deny'), pick('Action', 'Action', 'NotAction'), some(actionPattern, 3), pick('Resource', 'Resource', 'NotResource'), some(resourcePattern, 3), conditions, principals)
    .map(([effect, acts, actions, on, resources, block, who]) => ({
      Effect: effect,
      ...(who === undefined ? {} : { [who[0]]: who[1] }),
      [acts]: actions,
      [on]: resources,
      ...(block === undefined ? {} : { Condition: block }),
    }));
}

export function policy(names: boolean, max = 3): fc.Arbitrary<Json> {
  return fc.tuple(pick('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'), fc.array(statement(names), { minLength: 1, maxLength: max })).map(([version, statements]) => ({ Version: version, Statement: statements }));
}

const context: fc.Arbitrary<Record<string, string | string[]>> = fc
  .record(
    {
      'aws:PrincipalTag/team': word,
      's3:prefix': word,
      'aws:TagKeys': fc.array(word, { maxLength: 3 }),
      'aws:SourceArn': arnValue,
      's3:max-keys': number,
      'aws:CurrentTime': date,
      'aws:SourceIp': address,
      'aws:SecureTransport': pick('true', 'false'),
      'aws:MultiFactorAuthPresent': pick('true', 'false'),
    },
    { requiredKeys: [] },
  );

const caller = pick<string | null>(
  `arn:aws:iam::${ACCOUNT}:user/alice`, `arn:aws:iam::${ACCOUNT}:user/p/bob`, `arn:aws:sts::${ACCOUNT}:assumed-role/r/s`, `arn:aws:sts::${ACCOUNT}:assumed-role/r/t`, `arn:aws:iam::${ACCOUNT}:root`,
  `arn:aws:sts::${ACCOUNT}:federated-user/alice`, `arn:aws:sts::${OTHER}:assumed-role/r/s`, `arn:aws:iam::${OTHER}:user/p/bob`, 'sns.amazonaws.com', 'graph.facebook.com', null,
);
const OWN = [`arn:aws:iam::${ACCOUNT}:user/alice`, `arn:aws:iam::${ACCOUNT}:user/x`, `arn:aws:sts::${ACCOUNT}:assumed-role/r/s`, `arn:aws:sts::${ACCOUNT}:federated-user/alice`, `arn:aws:iam::${OTHER}:user/p/bob`];

/** A request; `anyCaller` also draws services, providers and anonymous callers. */
export function request(anyCaller: boolean): fc.Arbitrary<RefRequest & { context: Record<string, string | string[]> }> {
  return fc
    .tuple(anyCaller ? caller : pick(...OWN), action, resource, pick<string | undefined>(undefined, ACCOUNT, OTHER), context, pick<string | undefined>('o-a', 'o-b', undefined))
    .map(([principal, name, on, account, keys, organization]) => ({
      principal,
      ...(principal === null ? { anonymous: true } : {}),
      action: name,
      resource: on,
      ...(account === undefined ? {} : { resourceAccount: account }),
      context: {
        ...keys,
        ...(organization !== undefined && principal?.startsWith('arn:') === true ? { 'aws:PrincipalOrgID': organization } : {}),
        ...(principal?.includes(`${OTHER}:assumed-role`) === true ? { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/p/r` } : {}),
        ...(principal?.startsWith('arn:') === true ? {} : withoutTags(keys)),
      },
    }));
}

/** Callers without an account carry no tags. */
function withoutTags(keys: Record<string, string | string[]>): Record<string, string | string[]> {
  return 'aws:PrincipalTag/team' in keys ? { 'aws:PrincipalTag/team': [] } : {};
}

const level = fc.record({ id: pick('root', 'ou'), policies: fc.array(policy(false, 2), { maxLength: 2 }) });

const none: fc.Arbitrary<Json[]> = fc.constant([]);
const noLevels: fc.Arbitrary<{ id: string; policies: Json[] }[]> = fc.constant([]);

/** All layers at once, most of them empty most of the time. */
export const layers: fc.Arbitrary<Required<RefPolicies>> = fc.record({
  identity: fc.array(policy(false), { maxLength: 2 }),
  resource: fc.option(policy(true), { nil: null }),
  boundary: fc.oneof(none, fc.array(policy(false, 2), { minLength: 1, maxLength: 1 })),
  session: fc.option(policy(false, 2), { nil: null, freq: 1 }),
  scp: fc.oneof(noLevels, fc.array(level, { maxLength: 2 })),
  rcp: fc.oneof(noLevels, fc.array(fc.record({ id: pick('root'), policies: fc.array(policy(true, 2), { maxLength: 1 }) }), { maxLength: 1 })),
  vpce: fc.oneof(none, fc.array(policy(true, 2), { maxLength: 1 })),
});
