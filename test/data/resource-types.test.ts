import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { describe, expect, test } from 'vitest';
import { iamResource } from '../../scripts/refresh/cfn-identity.ts';
import { serviceExists } from '../../src/data/actions.ts';
import { parseResourcePath, type ResourceStep } from '../../src/data/resource-path.ts';
import { grantForm, resourceTypeNames, resourceTypeRow, snakeCase, terraformIdentity, type ResourceTypeRow } from '../../src/data/resource-types.ts';
import { servicePrincipal } from '../../src/data/service-principals.ts';

const rows = (['cloudformation', 'terraform'] as const).flatMap((dialect) =>
  resourceTypeNames(dialect).map((type) => ({ dialect, type, row: resourceTypeRow(dialect, type) ?? {} })),
);

function pathsOf(row: ResourceTypeRow): readonly string[] {
  return [
    ...(row.facets ?? []).map((facet) => facet.path),
    ...(row.roleBindings ?? []),
    ...(row.roleUses ?? []).map((use) => use.path),
    ...(row.credentials ?? []),
    ...(row.secretScan ?? []),
    ...(row.whenAbsent?.path === undefined ? [] : [row.whenAbsent.path]),
  ];
}

describe('rows', () => {
  test('say where the policies of well-known types are', () => {
    expect(resourceTypeRow('cloudformation', 'AWS::IAM::Role')?.facets).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'trust-policy', path: 'AssumeRolePolicyDocument' }),
        expect.objectContaining({ kind: 'identity-policy', path: 'Policies[].PolicyDocument', name: 'Policies[].PolicyName' }),
        expect.objectContaining({ kind: 'boundary', path: 'PermissionsBoundary' }),
      ]),
    );
    expect(resourceTypeRow('cloudformation', 'AWS::SQS::QueuePolicy')?.facets).toMatchObject([{ kind: 'resource-policy', path: 'PolicyDocument', targets: 'Queues[]' }]);
    expect(resourceTypeRow('terraform', 'aws_iam_role')?.facets).toMatchObject([{ kind: 'trust-policy', path: 'assume_role_policy', encoding: 'json' }, {}, {}, {}, {}]);
    expect(resourceTypeRow('terraform', 'aws_iam_policy_attachment')?.facets).toMatchObject([
      { path: 'policy_arn', roles: 'roles[]', users: 'users[]', groups: 'groups[]' },
    ]);
  });

  test('say which roles resources run with', () => {
    expect(resourceTypeRow('cloudformation', 'AWS::Lambda::Function')?.roleUses).toEqual([
      { path: 'Role', holds: 'role-arn', service: 'lambda.amazonaws.com', code: true },
    ]);
    expect(resourceTypeRow('terraform', 'aws_ecs_task_definition')?.roleBindings).toEqual(['execution_role_arn', 'task_role_arn']);
    expect(resourceTypeRow('terraform', 'aws_ecs_task_definition')?.roleUses?.filter((use) => use.code)).toMatchObject([
      { path: 'task_role_arn', service: 'ecs-tasks.amazonaws.com' },
    ]);
  });

  test('say who is admitted without a policy', () => {
    expect(resourceTypeRow('cloudformation', 'AWS::KMS::Key')?.whenAbsent).toMatchObject({ path: 'KeyPolicy', admits: 'account-root' });
    expect(resourceTypeRow('terraform', 'aws_vpc_endpoint')?.whenAbsent).toMatchObject({ path: 'policy', admits: 'anyone' });
  });

  test('a broken refresh would lose types', () => {
    expect(resourceTypeNames('cloudformation').length).toBeGreaterThan(560);
    expect(resourceTypeNames('terraform').length).toBeGreaterThan(850);
    const kinds = new Set(rows.flatMap(({ row }) => (row.facets ?? []).map((facet) => facet.kind)));
    for (const kind of [
      'identity-policy',
      'trust-policy',
      'resource-policy',
      'boundary',
      'permission-grant',
      'org-policy',
      'session-policy',
      'endpoint-policy',
      'federation-provider',
    ])
      expect(kinds).toContain(kind);
  });

  test('unknown types have none', () => {
    for (const type of ['AWS::Nope::Nope', '__proto__', 'constructor']) expect(resourceTypeRow('cloudformation', type)).toBeUndefined();
  });
});

describe('every row is sound', () => {
  test('paths parse, services exist, grants are defined, principals are known', () => {
    for (const { type, row } of rows) {
      for (const path of pathsOf(row)) expect(parseResourcePath(path), `${type} ${path}`).toBeDefined();
      for (const facet of row.facets ?? []) if (facet.grant !== undefined) expect(grantForm(facet.grant), `${type} ${facet.grant}`).toBeDefined();
      for (const use of row.roleUses ?? []) if (use.service !== undefined) expect(servicePrincipal(use.service), `${type} ${use.service}`).toBeDefined();
      if (row.identity?.resource !== undefined) expect(serviceExists(row.identity.resource.split(':')[0] ?? ''), type).toBe(true);
    }
  });

  test('a Terraform identity names the kind its CloudFormation twin names', () => {
    for (const [terraform, cloudformation] of [
      ['aws_s3_bucket', 'AWS::S3::Bucket'],
      ['aws_iam_role', 'AWS::IAM::Role'],
      ['aws_lambda_function', 'AWS::Lambda::Function'],
      ['aws_sfn_state_machine', 'AWS::StepFunctions::StateMachine'],
      ['aws_instance', 'AWS::EC2::Instance'],
      ['aws_secretsmanager_secret', 'AWS::SecretsManager::Secret'],
    ] as const) {
      expect(terraformIdentity(terraform)?.resource).toBe(resourceTypeRow('cloudformation', cloudformation)?.identity?.resource);
    }
  });

  test.each([
    ['aws_s3_bucket', 'name'],
    ['aws_iam_role', 'name'],
    ['aws_iam_policy', 'arn'],
    ['aws_sqs_queue', 'url'],
    ['aws_sns_topic', 'arn'],
    ['aws_kms_key', 'id'],
    ['aws_lambda_function', 'name'],
    ['aws_secretsmanager_secret', 'arn'],
    ['aws_ecs_cluster', 'arn'],
    ['aws_dynamodb_table', 'name'],
  ] as const)('the id of %s is its %s', (type, kind) => {
    expect(terraformIdentity(type)?.attributes['id']).toBe(kind);
  });

  test('ARN patterns of the service authorization reference are recognised', () => {
    expect(iamResource('arn:${Partition}:iam::${Account}:role${Path|path}${RoleName}')).toBe('iam:role');
    expect(iamResource('arn:${Partition}:ssm:${Region}:${Account}:parameter${Name|slash}')).toBe('ssm:parameter');
    expect(iamResource('arn:${Partition}:s3:::${BucketName}')).toBe('s3:bucket');
    expect(iamResource('arn:${Partition}:nope:::${X}')).toBe('');
  });
});

describe('paths', () => {
  test('have keys, items, values and parsed texts', () => {
    expect(parseResourcePath('Policies[].PolicyDocument')).toEqual([{ kind: 'key', key: 'Policies' }, { kind: 'items' }, { kind: 'key', key: 'PolicyDocument' }]);
    expect(parseResourcePath('Actions{}[].RoleArn')).toEqual([{ kind: 'key', key: 'Actions' }, { kind: 'values' }, { kind: 'items' }, { kind: 'key', key: 'RoleArn' }]);
    expect(parseResourcePath('container_definitions#json[].name')).toEqual([
      { kind: 'key', key: 'container_definitions' },
      { kind: 'json' },
      { kind: 'items' },
      { kind: 'key', key: 'name' },
    ]);
    expect(parseResourcePath('[].Principal[]')).toEqual([{ kind: 'items' }, { kind: 'key', key: 'Principal' }, { kind: 'items' }]);
  });

  test('anything else is refused', () => {
    for (const path of ['', '.', 'a.', '.a', 'a..b', 'a[', 'a[0]', 'a b', 'a[].[]', 'a:b']) expect(parseResourcePath(path), path).toBeUndefined();
  });
});

describe('resources of the Cloud Control provider', () => {
  test('are read off the CloudFormation rows', () => {
    expect(resourceTypeRow('terraform', 'awscc_iam_role')?.facets).toMatchObject([
      { kind: 'trust-policy', path: 'assume_role_policy_document', encoding: 'json' },
      { path: 'policies[].policy_document', name: 'policies[].policy_name' },
      { path: 'managed_policy_arns[]' },
      { path: 'permissions_boundary' },
      {},
    ]);
    expect(resourceTypeRow('terraform', 'awscc_iam_oidc_provider')?.facets).toMatchObject([{ path: 'url', clientIds: 'client_id_list[]' }]);
    expect(terraformIdentity('awscc_iam_role')).toMatchObject({
      nameProperty: 'role_name',
      arn: 'arn:${Partition}:iam::${Account}:role${path|path}${role_name}',
      attributes: { arn: 'arn' },
    });
    expect(resourceTypeRow('terraform', 'awscc_no_such_type')).toBeUndefined();
  });

  test('names are spelt as the provider spells them', () => {
    expect(snakeCase('PolicyDocument')).toBe('policy_document');
    expect(snakeCase('RoleARN')).toBe('role_arn');
    expect(snakeCase('VPCEndpoint')).toBe('vpc_endpoint');
    expect(snakeCase('OIDCProvider')).toBe('oidc_provider');
  });
});

/** Walks the pinned type specification, so that a renamed property is noticed when the pin moves. */
describe('CloudFormation paths exist in the type specification', () => {
  const database = loadAwsServiceSpecSync();
  const unchecked = new Set(['AWS::Serverless::Connector', 'AWS::Serverless::Api', 'AWS::Serverless::StateMachine', 'AWS::CloudFormation::Stack']);

  test('all of them', () => {
    const missing: string[] = [];
    for (const { dialect, type, row } of rows) {
      if (dialect !== 'cloudformation' || unchecked.has(type)) continue;
      const [resource] = database.lookup('resource', 'cloudFormationType', 'equals', type);
      if (!resource) missing.push(type);
      else for (const path of pathsOf(row)) if (!exists(resource.properties, parseResourcePath(path) ?? [])) missing.push(`${type} ${path}`);
    }
    expect(missing).toEqual([]);
  });

  type Properties = ReturnType<typeof database.all<'resource'>>[number]['properties'];
  type PropertyType = Properties[string]['type'];

  function exists(properties: Properties, steps: readonly ResourceStep[]): boolean {
    const [step, ...rest] = steps;
    if (step?.kind !== 'key') return false;
    const property = properties[step.key];
    return property !== undefined && [property.type, ...(property.previousTypes ?? [])].some((type) => reaches(type, rest));
  }

  function reaches(type: PropertyType, steps: readonly ResourceStep[]): boolean {
    const [step, ...rest] = steps;
    if (type.type === 'union') return type.types.some((one) => reaches(one, steps));
    if (step === undefined || type.type === 'json' || step.kind === 'json') return true;
    if (step.kind === 'items') return type.type === 'array' && reaches(type.element, rest);
    if (step.kind === 'values') return type.type === 'map' && reaches(type.element, rest);
    return type.type === 'ref' && exists(database.get('typeDefinition', type.reference.$ref).properties, steps);
  }
});
