import { describe, expect, test } from 'vitest';
import type { Value } from '../../../src/core/value.ts';
import { guardText, open, type Opened, plain, textAt } from './opening.ts';
import { compareWithReference } from './sam-comparison.ts';

const CODE = 'Handler: h, Runtime: nodejs22.x, InlineCode: x';

function sam(resources: string, rest = ''): Opened {
  return open(`Transform: AWS::Serverless-2016-10-31\n${rest}\nResources:\n${resources}`);
}

function types(opened: Opened): readonly string[] {
  return opened.template.resources.filter((one) => !one.type.startsWith('cloudformation:')).map((one) => `${one.address} ${one.type.replace('AWS::', '')}`).sort();
}

function at(value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>((found, step) => (found?.kind === 'map' ? found.entries.find((entry) => entry.key === step)?.value : found?.kind === 'list' ? found.items[Number(step)] : undefined), value);
}

const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

describe('functions', () => {
  test('get a role that Lambda may assume', () => {
    const opened = sam(`  F: {Type: AWS::Serverless::Function, Properties: {${CODE}}}`);
    expect(types(opened)).toEqual(['F Lambda::Function', 'FRole IAM::Role']);
    expect(plain(opened.properties('F'))).toMatchObject({ Role: '=FRole.Arn', Code: { ZipFile: 'x' } });
    expect(plain(opened.properties('FRole'))).toEqual({
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] } }] },
      ManagedPolicyArns: [BASIC],
    });
  });

  test('references to what is made resolve', () => {
    const opened = sam(`  F: {Type: AWS::Serverless::Function, Properties: {${CODE}, AutoPublishAlias: live}}\n  R: {Type: A::B::C, Properties: {Role: !GetAtt FRole.Arn, Alias: !Ref F.Alias, Sub: !Sub "\${F.Version}"}}`);
    expect(plain(opened.properties('R'))).toEqual({ Role: '=FRole.Arn', Alias: '=FAliaslive', Sub: '=FVersion' });
  });

  test('policies: names, ARNs, functions, documents and templates', () => {
    const opened = sam(`
  F:
    Type: AWS::Serverless::Function
    Properties:
      ${CODE.replaceAll(', ', '\n      ')}
      Policies:
        - AmazonDynamoDBFullAccess
        - arn:aws:iam::111111111111:policy/mine
        - !Ref Policy
        - NotAnAwsPolicy
        - Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]
        - SQSPollerPolicy: {QueueName: !GetAtt Queue.QueueName}
        - AMIDescribePolicy: {}
  Policy: {Type: AWS::IAM::ManagedPolicy}
  Queue: {Type: AWS::SQS::Queue}`);
    const role = plain(opened.properties('FRole'));
    expect(role).toMatchObject({
      ManagedPolicyArns: [BASIC, 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess', 'arn:aws:iam::111111111111:policy/mine', '=Policy', 'NotAnAwsPolicy'],
      Policies: [
        { PolicyName: 'FRolePolicy4', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } },
        { PolicyName: 'FRolePolicy5', PolicyDocument: { Statement: [{ Effect: 'Allow', Resource: ['arn:aws:sqs:<?AWS::Region>:<?AWS::AccountId>:<=Queue.QueueName>'] }] } },
        { PolicyName: 'FRolePolicy6' },
      ],
    });
    expect(opened.problems()).toEqual([]);
  });

  test('what is made stands at the lines that cause it', () => {
    const opened = sam(`
  F:
    Type: AWS::Serverless::Function
    Properties:
      Handler: h
      Tracing: Active
      Policies:
        - S3ReadPolicy:
            BucketName: my-bucket
      Events:
        Timer:
          Type: Schedule
          Properties: {Schedule: rate(1 day)}`);
    const role = opened.properties('FRole');
    const text = (value: Value | undefined): string => textAt(value);
    expect(text(at(role, 'ManagedPolicyArns', 0))).toBe('F');
    expect(text(at(role, 'ManagedPolicyArns', 1))).toBe('Active');
    const statement = at(role, 'Policies', 0, 'PolicyDocument', 'Statement', 0);
    expect(text(statement)).toBe('S3ReadPolicy');
    expect(text(at(statement, 'Action', 0))).toBe('S3ReadPolicy');
    const bucket = at(statement, 'Resource', 0);
    expect(plain(bucket)).toBe('arn:aws:s3:::my-bucket');
    const permission = opened.resource('FTimerPermission');
    expect(permission.origin.source.text.slice(permission.origin.start, permission.origin.end)).toBe('Timer');
    expect(permission.extent.source.text.slice(permission.extent.start, permission.extent.start + 2)).toBe('F:');
  });

  test('a role of its own leaves nothing to make; a conditional one is made for the other case', () => {
    const opened = sam(
      `  F: {Type: AWS::Serverless::Function, Properties: {${CODE}, Role: "arn:aws:iam::111111111111:role/x", Policies: [AdministratorAccess]}}
  G: {Type: AWS::Serverless::Function, Properties: {${CODE}, Role: !If [Own, "arn:aws:iam::111111111111:role/x", !Ref "AWS::NoValue"]}}`,
      'Parameters: {P: {Type: String}}\nConditions: {Own: !Equals [!Ref P, own]}',
    );
    expect(types(opened)).toEqual(['F Lambda::Function', 'G Lambda::Function', 'GRole IAM::Role']);
    expect(guardText(opened.resource('GRole').when)).toBe('P!=own');
    expect(plain(opened.properties('G'))).toMatchObject({ Role: [{ when: 'P=own', value: 'arn:aws:iam::111111111111:role/x' }, { when: 'P!=own', value: '=GRole.Arn' }] });
  });

  test('conditions carry over, to policies in branches too', () => {
    const opened = sam(
      `  F:
    Type: AWS::Serverless::Function
    Condition: On
    Properties: {${CODE}, Policies: [!If [Wide, AdministratorAccess, !Ref "AWS::NoValue"], !If [Wide, {S3CrudPolicy: {BucketName: b}}, {Statement: []}]], Events: {T: {Type: SNS, Properties: {Topic: arn}}}}`,
      'Parameters: {P: {Type: String}, Q: {Type: String}}\nConditions: {On: !Equals [!Ref P, yes], Wide: !Equals [!Ref Q, yes]}',
    );
    expect(opened.template.resources.filter((one) => one.type.startsWith('AWS::')).map((one) => guardText(one.when))).toEqual(Array(4).fill('P=yes'));
    expect(plain(opened.properties('FRole'))).toMatchObject({ ManagedPolicyArns: [BASIC, [{ when: 'Q=yes', value: 'arn:aws:iam::aws:policy/AdministratorAccess' }, { when: 'Q!=yes' }]] });
  });

  test('permissions boundary, path and trust policy', () => {
    const opened = sam(`  F: {Type: AWS::Serverless::Function, Properties: {${CODE}, PermissionsBoundary: b, RolePath: /p/, AssumeRolePolicyDocument: {Statement: []}}}`);
    expect(plain(opened.properties('FRole'))).toEqual({ AssumeRolePolicyDocument: { Statement: [] }, ManagedPolicyArns: [BASIC], Path: '/p/', PermissionsBoundary: 'b' });
  });

  test('a public URL lets anyone in', () => {
    const opened = sam(`  F: {Type: AWS::Serverless::Function, Properties: {${CODE}, FunctionUrlConfig: {AuthType: NONE}}}`);
    expect(plain(opened.properties('FUrlPublicPermissions'))).toEqual({ Action: 'lambda:InvokeFunctionUrl', FunctionName: '=F', Principal: '*', FunctionUrlAuthType: 'NONE' });
    expect(types(opened)).toContain('FURLInvokeAllowPublicAccess Lambda::Permission');
  });

  test('Globals: mappings merge, lists append, values and functions replace, some may be ignored', () => {
    const opened = sam(
      `  F: {Type: AWS::Serverless::Function, Properties: {${CODE}, Environment: {Variables: {B: 2}}, Layers: [l2], PermissionsBoundary: !Ref Own}}
  G: {Type: AWS::Serverless::Function, IgnoreGlobals: [PermissionsBoundary], Properties: {${CODE}}}
  H: {Type: AWS::Serverless::Function, IgnoreGlobals: '*', Properties: {${CODE}}}
  Own: {Type: AWS::IAM::ManagedPolicy}`,
      'Globals: {Function: {Environment: {Variables: {A: 1}}, Layers: [l1], PermissionsBoundary: shared, VpcConfig: {SubnetIds: [s]}}}',
    );
    expect(plain(opened.properties('F'))).toMatchObject({ Environment: { Variables: { A: '1', B: '2' } }, Layers: ['l1', 'l2'] });
    expect([opened.properties('FRole'), opened.properties('GRole'), opened.properties('HRole')].map((role) => [plain(at(role, 'PermissionsBoundary')), plain(at(role, 'ManagedPolicyArns', 1))])).toEqual([
      ['=Own', 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole'],
      [undefined, 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole'],
      [undefined, undefined],
    ]);
  });

  test('another partition has other ARNs', () => {
    const opened = open(`Resources: {F: {Type: AWS::Serverless::Function, Properties: {${CODE}, Tracing: Active}}}`, { partition: 'aws-cn', region: 'cn-north-1' });
    expect(plain(at(opened.properties('FRole'), 'ManagedPolicyArns'))).toEqual(['arn:aws-cn:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'arn:aws-cn:iam::aws:policy/AWSXRayDaemonWriteAccess']);
  });

  test('what is not understood is said', () => {
    const opened = sam(`  F: {Type: AWS::Serverless::Function, Properties: {${CODE}, Policies: [{Nonsense: 1, Other: 2}, {S3ReadPolicy: {}}], Events: {E: {Type: Telepathy}, N: {Properties: {}}}}}\n  X: {Type: AWS::Serverless::Teapot}`);
    expect(opened.problems().map((problem) => problem.message)).toEqual([
      'event `N` of `F` has no type; it is not read',
      'policy 0 of `F` is no managed policy, policy document or policy template; it is not read',
      'policy template `S3ReadPolicy` of `F` needs a value for `BucketName`',
      'event type `Telepathy` of `F` is not known; what it needs is not judged',
      '`AWS::Serverless::Teapot` is not known; what SAM makes of `X` is not judged',
    ]);
  });
});

describe('events', () => {
  const events = (list: string): Opened => sam(`  F: {Type: AWS::Serverless::Function, Properties: {${CODE}, Events: {${list}}}}\n  Queue: {Type: AWS::SQS::Queue}`);

  test('sources that call need leave', () => {
    const opened = events('A: {Type: Api, Properties: {Path: "/x/{id}", Method: get}}, H: {Type: HttpApi}, S: {Type: SNS, Properties: {Topic: t}}, B: {Type: S3, Properties: {Bucket: !Ref Bucket, Events: e}}');
    expect(types(opened).filter((one) => one.endsWith('Permission'))).toEqual(['FAPermissionProd Lambda::Permission', 'FBPermission Lambda::Permission', 'FHPermission Lambda::Permission', 'FSPermission Lambda::Permission']);
    expect(plain(opened.properties('FAPermissionProd'))).toMatchObject({ Principal: 'apigateway.amazonaws.com', SourceArn: 'arn:aws:execute-api:<?AWS::Region>:<?AWS::AccountId>:<=ServerlessRestApi>/*/GET/x/*' });
    expect(plain(opened.properties('FBPermission'))).toMatchObject({ Principal: 's3.amazonaws.com', SourceAccount: '?AWS::AccountId' });
  });

  test('sources that are polled add to the role, once', () => {
    const opened = events('A: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}, B: {Type: SQS, Properties: {Queue: q}}, C: {Type: Kinesis, Properties: {Stream: s, DestinationConfig: {OnFailure: {Type: SQS, Destination: d}}}}');
    expect(plain(opened.properties('FRole'))).toMatchObject({
      ManagedPolicyArns: [BASIC, 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole', 'arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole'],
      Policies: [{ PolicyName: 'FCSQSPolicy', PolicyDocument: { Statement: [{ Action: 'sqs:SendMessage', Effect: 'Allow', Resource: 'd' }] } }],
    });
  });

  test('a topic by way of a queue', () => {
    const opened = events('S: {Type: SNS, Properties: {Topic: t, SqsSubscription: true}}');
    expect(plain(opened.properties('FSQueuePolicy'))).toEqual({
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Action: 'sqs:SendMessage', Effect: 'Allow', Principal: '*', Resource: '=FSQueue.Arn', Condition: { ArnEquals: { 'aws:SourceArn': 't' } } }] },
      Queues: ['=FSQueue'],
    });
  });

  test('a schedule with a role of its own', () => {
    const opened = events('S: {Type: ScheduleV2, Properties: {ScheduleExpression: x, PermissionsBoundary: b}}');
    expect(plain(opened.properties('FSRole'))).toMatchObject({ PermissionsBoundary: 'b', Policies: [{ PolicyDocument: { Statement: [{ Action: 'lambda:InvokeFunction', Resource: '=F.Arn' }] } }] });
    expect(plain(opened.properties('FS'))).toMatchObject({ Target: { RoleArn: '=FSRole.Arn' } });
  });
});

describe('APIs', () => {
  test('a resource policy of Globals applies to each path of the implicit API', () => {
    const opened = sam(`  F: {Type: AWS::Serverless::Function, Properties: {${CODE}, Events: {A: {Type: Api, Properties: {Path: /a, Method: any}}, B: {Type: Api, Properties: {Path: /b, Method: post}}}}}`, 'Globals: {Api: {Auth: {ResourcePolicy: {IpRangeWhitelist: [10.0.0.0/8]}}}}');
    expect(plain(at(opened.properties('ServerlessRestApi'), 'Body', 'x-amazon-apigateway-policy'))).toEqual({
      Version: '2012-10-17',
      Statement: ['/*/a', '/POST/b'].flatMap((path) => [
        { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: [`execute-api:/Prod${path}`], Principal: '*' },
        { Effect: 'Deny', Action: 'execute-api:Invoke', Resource: [`execute-api:/Prod${path}`], Principal: '*', Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } } },
      ]),
    });
  });

  test('the policy of a definition stays, statements of one’s own are added', () => {
    const opened = sam(`  A: {Type: AWS::Serverless::Api, Properties: {StageName: s, DefinitionBody: {openapi: 3.0.1, paths: {/x: {get: {}}}, x-amazon-apigateway-policy: {Statement: {Effect: Deny, Principal: '*', Action: '*', Resource: '*'}}}, Auth: {ResourcePolicy: {CustomStatements: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*'}]}}}}`);
    expect(plain(at(opened.properties('A'), 'Body', 'x-amazon-apigateway-policy', 'Statement'))).toMatchObject([{ Effect: 'Deny' }, { Effect: 'Allow' }]);
  });

  test('the implicit API exists when one of its functions does', () => {
    const opened = sam(
      ['A', 'B'].map((name) => `  ${name}: {Type: AWS::Serverless::Function, Condition: Is${name}, Properties: {${CODE}, Events: {E: {Type: Api, Properties: {Path: /${name}, Method: get}}}}}`).join('\n'),
      'Parameters: {P: {Type: String}}\nConditions: {IsA: !Equals [!Ref P, a], IsB: !Equals [!Ref P, b]}',
    );
    expect(guardText(opened.resource('ServerlessRestApi').when)).toBe('condition ServerlessRestApiCondition=true');
  });
});

describe('other resources', () => {
  test('a state machine runs as a role, and its events start it by roles', () => {
    const opened = sam('  M: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {}, Policies: [LambdaInvokePolicy: {FunctionName: f}], Tracing: {Enabled: true}, PermissionsBoundary: b, Events: {T: {Type: Schedule, Properties: {Schedule: x}}, A: {Type: Api, Properties: {Path: /, Method: get}}}}}');
    expect(plain(opened.properties('MRole'))).toMatchObject({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess'], PermissionsBoundary: 'b' });
    expect(plain(opened.properties('MTRole'))).toMatchObject({ AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: ['events.amazonaws.com'] } }] }, Policies: [{ PolicyDocument: { Statement: [{ Action: 'states:StartExecution', Resource: '=M' }] } }] });
    expect(types(opened)).toContain('MARole IAM::Role');
  });

  test('connectors, written out and embedded', () => {
    const opened = sam(`
  F: {Type: AWS::Serverless::Function, Properties: {${CODE}}, Connectors: {ToTable: {Properties: {Destination: {Id: T}, Permissions: [Read]}}}}
  T: {Type: AWS::Serverless::SimpleTable}
  Topic: {Type: AWS::SNS::Topic}
  C: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Topic}, Destination: [{Id: F}], Permissions: [Write]}}
  Bad: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: T}, Destination: {Id: Topic}, Permissions: [Write]}}`);
    expect(plain(opened.properties('FToTablePolicy'))).toMatchObject({ Roles: ['=FRole'], PolicyDocument: { Statement: [{ Effect: 'Allow', Resource: ['=T.Arn', '<=T.Arn>/index/*'] }] } });
    expect(plain(opened.properties('CWriteLambdaPermissionDestination0'))).toMatchObject({ Principal: 'sns.amazonaws.com', SourceArn: '=Topic', FunctionName: '=F.Arn' });
    expect(opened.problems().map((problem) => problem.message)).toEqual([expect.stringContaining('which SAM cannot')]);
  });

  test('gradual deployments share a role', () => {
    const opened = sam(`  F: {Type: AWS::Serverless::Function, Properties: {${CODE}, AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce}}}`);
    expect(plain(opened.properties('CodeDeployServiceRole'))).toMatchObject({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda'] });
  });

  test('an application of the project is a nested stack', () => {
    const { templates } = open('Resources: {A: {Type: AWS::Serverless::Application, Properties: {Location: app.yaml, Parameters: {X: y}}}}', { files: { 'app.yaml': 'Parameters: {X: {Type: String}}\nResources: {R: {Type: "A::B::C", Properties: {P: !Ref X}}}' } });
    expect(plain(templates[1]?.resources[0]?.properties())).toEqual({ P: 'y' });
  });
});

test('the comparison with published outputs can fail', () => {
  const input = `Resources: {F: {Type: AWS::Serverless::Function, Properties: {${CODE}}}}`;
  const differences = compareWithReference(input, '{"Resources": {"FRole": {"Type": "AWS::IAM::Role", "Properties": {"ManagedPolicyArns": ["other"]}}, "Gone": {"Type": "AWS::IAM::Role"}}}', 'eu-west-1');
  expect(differences.map((difference) => difference.split('\n')[0])).toEqual(['AWS::IAM::Role FRole', 'missing AWS::IAM::Role Gone', 'not in the reference: AWS::Lambda::Function F']);
});
