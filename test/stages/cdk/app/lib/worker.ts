import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface WorkerProps {
  readonly actions: readonly string[];
}

export class Worker extends Construct {
  readonly handler: lambda.Function;

  constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id);
    const queue = new sqs.Queue(this, 'Queue'); // place: App/Worker/Queue/Resource
    this.handler = new lambda.Function(this, 'Handler', { // place: App/Worker/Handler/Resource, App/Worker/Handler/ServiceRole/Resource
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {}'),
    });
    this.handler.addEventSource(new SqsEventSource(queue)); // place: App/Worker/Handler/ServiceRole/DefaultPolicy/Resource, App/Worker/Handler/SqsEventSource:*
    this.handler.addToRolePolicy(new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: ['*'] })); // statement: App/Worker/Handler/ServiceRole/DefaultPolicy/Resource PolicyDocument 1
    this.allow(props.actions);
  }

  private allow(actions: readonly string[]): void {
    const statement = new iam.PolicyStatement({ resources: [`arn:aws:ssm:*:${Stack.of(this).account}:parameter/*`] });
    statement.addActions(...actions);
    this.handler.role?.addToPrincipalPolicy(statement); // statement: App/Worker/Handler/ServiceRole/DefaultPolicy/Resource PolicyDocument 2
  }
}
