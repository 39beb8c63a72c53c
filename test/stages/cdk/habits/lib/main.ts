import { Duration, CfnOutput, Tags, type StackProps } from 'aws-cdk-lib';
import { aws_iam as iam, aws_lambda as lambda, aws_sqs as sqs, aws_sns as sns, aws_stepfunctions as sfn, aws_ecs as ecs, aws_events as events } from 'aws-cdk-lib';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import { Rule as EventRule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { BaseStack, Ids, Site } from './base.ts';
import { allow, build, makeBucket } from './helpers.ts';

interface Team { readonly name: string; readonly actions: string[] }
const TEAMS: Team[] = [{ name: 'red', actions: ['ec2:*'] }, { name: 'blue', actions: ['rds:*'] }];

export default class Main extends BaseStack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly prefix: string }) {
    super(scope, id, props);
    const { prefix } = props;
    const bucket = makeBucket(this, 'Bucket');
    const logs = makeBucket(this, 'Logs', { enforceSSL: false });
    const reader = new iam.Role(this, Ids.Reader, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }); // place: Main/Reader/Resource
    const writer = new iam.Role(this, `${prefix}-${Ids.Writer}`, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }); // place: Main/p-Writer/Resource
    bucket.grantRead(reader); // place: Main/Reader/DefaultPolicy/Resource
    bucket.grantWrite(writer); // place: Main/p-Writer/DefaultPolicy/Resource
    logs.grantPut(writer); // statement: Main/p-Writer/DefaultPolicy/Resource PolicyDocument 2, Main/p-Writer/DefaultPolicy/Resource PolicyDocument 3
    allow(writer, 'sts:AssumeRole');
    allow(reader, 'iam:PassRole', 'iam:GetRole');

    for (const { name, actions } of TEAMS) {
      const role = new iam.Role(this, `Team${name}`, { assumedBy: new iam.AccountRootPrincipal() }); // place: Main/Teamred/Resource, Main/Teamblue/Resource
      role.addToPolicy(new iam.PolicyStatement({ actions, resources: ['*'] })); // place: Main/Teamred/DefaultPolicy/Resource, Main/Teamblue/DefaultPolicy/Resource
    }
    TEAMS.forEach((team, index) => {
      const user = new iam.User(this, 'User' + index); // place: Main/User0/Resource, Main/User1/Resource
      user.addToPolicy(new iam.PolicyStatement({ actions: team.actions, resources: ['*'] })); // place: Main/User0/DefaultPolicy/Resource, Main/User1/DefaultPolicy/Resource
    });

    Site.create(this, 'Site', { readers: [reader], label: 'web' });
    build({ scope: this, id: 'People' }).addUser(new iam.User(this, 'Solo')); // place: Main/Solo/Resource
    reader.attachInlinePolicy(
      new iam.Policy(this, 'Inline', { // place: Main/Inline/Resource
        statements: [
          new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'] }), // statement: Main/Inline/Resource PolicyDocument 0
          new iam.PolicyStatement({ actions: ['kms:Encrypt'], resources: ['*'] }), // statement: Main/Inline/Resource PolicyDocument 1
        ],
      }),
    );
    iam.Grant.addToPrincipal({ grantee: writer, actions: ['sqs:PurgeQueue'], resourceArns: ['*'] }); // statement: Main/p-Writer/DefaultPolicy/Resource PolicyDocument 5

    const fn = new lambda.Function(this, 'Fn', { // place: Main/Fn/ServiceRole/Resource, Main/Fn/ServiceRole/DefaultPolicy/Resource, Main/Fn/DeadLetterQueue/Resource, Main/Fn/Resource
      runtime: lambda.Runtime.NODEJS_22_X, handler: 'i.h', code: lambda.Code.fromInline('x'),
      tracing: lambda.Tracing.ACTIVE,
      initialPolicy: [new iam.PolicyStatement({ actions: ['ses:SendEmail'], resources: ['*'] })], // statement: Main/Fn/ServiceRole/DefaultPolicy/Resource PolicyDocument 0
      deadLetterQueueEnabled: true,
    });
    const secret = new secrets.Secret(this, 'Secret'); // place: Main/Secret/Resource
    secret.grantRead(fn); // statement: Main/Fn/ServiceRole/DefaultPolicy/Resource PolicyDocument 3
    const queue = new sqs.Queue(this, 'Queue', { enforceSSL: true }); // place: Main/Queue/Resource, Main/Queue/Policy/Resource
    queue.grantSendMessages(fn); // statement: Main/Fn/ServiceRole/DefaultPolicy/Resource PolicyDocument 4
    queue.grantConsumeMessages(reader); // statement: Main/Reader/DefaultPolicy/Resource PolicyDocument 3
    const topic = new sns.Topic(this, 'Topic'); // place: Main/Topic/Resource
    topic.grantPublish(fn); // statement: Main/Fn/ServiceRole/DefaultPolicy/Resource PolicyDocument 5
    new EventRule(this, 'Nightly', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(fn)] }); // place: Main/Nightly/Resource, Main/Nightly/AllowEventRuleMainFn05BC2E0A
    fn.addPermission('FromApi', { principal: new iam.ServicePrincipal('apigateway.amazonaws.com') }); // place: Main/Fn/FromApi
    fn.grantInvoke(new iam.AccountPrincipal('123456789012')); // place: Main/Fn/InvokeO70dFox--86e--KZlYOiUYzJdDudpIw1WkS8lPrLcBMyg=
    fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE }); // place: Main/Fn/FunctionUrl/Resource, Main/Fn/invoke-function-url, Main/Fn/invoke-function

    const task = new LambdaInvoke(this, 'Invoke', { lambdaFunction: fn });
    const machine = new sfn.StateMachine(this, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(task) }); // place: Main/Machine/Role/Resource, Main/Machine/Role/DefaultPolicy/Resource, Main/Machine/Resource
    machine.grantStartExecution(writer); // statement: Main/p-Writer/DefaultPolicy/Resource PolicyDocument 6
    machine.addToRolePolicy(new iam.PolicyStatement({ actions: ['ecs:RunTask'], resources: ['*'] })); // statement: Main/Machine/Role/DefaultPolicy/Resource PolicyDocument 1

    const def = new ecs.FargateTaskDefinition(this, 'Task'); // place: Main/Task/TaskRole/Resource, Main/Task/Resource
    def.addContainer('main', { image: ecs.ContainerImage.fromRegistry('x'), logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'x' }) }); // place: Main/Task/main/LogGroup/Resource, Main/Task/ExecutionRole/Resource, Main/Task/ExecutionRole/DefaultPolicy/Resource
    def.taskRole.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })); // place: Main/Task/TaskRole/DefaultPolicy/Resource
    def.addToExecutionRolePolicy(new iam.PolicyStatement({ actions: ['ecr:*'], resources: ['*'] })); // statement: Main/Task/ExecutionRole/DefaultPolicy/Resource PolicyDocument 1
    def.addToTaskRolePolicy(new iam.PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] })); // statement: Main/Task/TaskRole/DefaultPolicy/Resource PolicyDocument 1
    Tags.of(this).add('a', 'b');
    new CfnOutput(this, 'Out', { value: fn.functionArn });
  }
}
