import { NestedStack, Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { LegacyUser } from './legacy-user.ts';

export interface ServiceStackProps extends StackProps {
  /** The account of the company that reads the reports. */
  readonly partner: string;
}

/** The service itself, in the production account. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);

    new iam.Role(this, 'Reports', {
      assumedBy: new iam.AccountPrincipal(props.partner),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess')],
    });

    new Inbox(this, 'Inbox');
    new LegacyUser(this, 'Mailer');
  }
}

/** Where orders come in; a nested stack, so that it can be replaced on its own. */
class Inbox extends NestedStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const orders = new sqs.Queue(this, 'Orders');
    orders.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['sqs:SendMessage'],
        resources: [orders.queueArn],
        principals: [new iam.AnyPrincipal()],
      }),
    );
  }
}
