import { ArnFormat, Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { LegacyUser } from './legacy-user.ts';

/** What deploys the service, in the tooling account. */
export class DeployStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const builder = new iam.Role(this, 'Builder', {
      assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com'),
    });
    builder.addToPolicy(
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.formatArn({ service: 'logs', resource: 'log-group', resourceName: 'builds:*', arnFormat: ArnFormat.COLON_RESOURCE_NAME })],
      }),
    );
    builder.addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));

    new LegacyUser(this, 'Jenkins');
  }
}
