import { Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { auditAccount } from './accounts.ts';
import { AuditRole, serviceRole } from './roles.ts';
import { TeamStack } from './team-stack.ts';
import { Worker } from './worker.ts';

export interface AppStackProps {
  readonly bucket: Bucket;
  readonly table: dynamodb.Table;
  readonly dataKey: Key;
}

export class AppStack extends Stack {
  constructor(scope: Construct, id: string, props: AppStackProps) {
    super(scope, id);

    const role = new iam.Role(this, 'Role', { // place: App/Role/Resource
      assumedBy: new iam.CompositePrincipal(new iam.AccountPrincipal(auditAccount), new iam.ServicePrincipal('ec2.amazonaws.com')),
      inlinePolicies: {
        notes: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({ actions: ['logs:PutLogEvents'], resources: ['*'] }), // statement: App/Role/Resource Policies/0/PolicyDocument 0
          ],
        }),
      },
    });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] })); // place: App/Role/DefaultPolicy/Resource
    props.bucket.grantReadWrite(role); // statement: App/Role/DefaultPolicy/Resource PolicyDocument 1
    props.table.grantReadData(role); // statement: App/Role/DefaultPolicy/Resource PolicyDocument 2, App/Role/DefaultPolicy/Resource PolicyDocument 3
    role.addToPolicy(new iam.PolicyStatement({ // statement: App/Role/DefaultPolicy/Resource PolicyDocument 4
      sid: 'Keys',
      effect: iam.Effect.DENY,
      actions: ['kms:ScheduleKeyDeletion'],
      resources: ['*'],
    }));
    props.dataKey.grantDecrypt(role); // statement: App/Role/DefaultPolicy/Resource PolicyDocument 5

    const builder = serviceRole(this, 'Builder', 'codebuild.amazonaws.com');
    const runner = serviceRole(this, 'Runner', 'ecs-tasks.amazonaws.com');
    runner.grantPassRole(builder); // place: App/Builder/DefaultPolicy/Resource

    new AuditRole(this, 'Audit', auditAccount);

    const imported = iam.Role.fromRoleArn(this, 'Imported', `arn:aws:iam::${Stack.of(this).account}:role/made-elsewhere`);
    imported.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], resources: ['*'] })); // place: App/Imported/Policy/Resource

    const policy = new iam.ManagedPolicy(this, 'Shared', { // place: App/Shared/Resource
      statements: [
        new iam.PolicyStatement({ actions: ['ec2:Describe*'], resources: ['*'] }), // statement: App/Shared/Resource PolicyDocument 0
      ],
    });
    policy.addStatements(new iam.PolicyStatement({ actions: ['ec2:TerminateInstances'], resources: ['*'] })); // statement: App/Shared/Resource PolicyDocument 1
    policy.attachToRole(runner);

    new Worker(this, 'Worker', { actions: ['ssm:GetParameter', 'ssm:PutParameter'] });
    new TeamStack(this, 'Team', { members: ['ann', 'bob'], depth: 1 });
  }
}
