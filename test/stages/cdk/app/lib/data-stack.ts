import { PhysicalName, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { auditAccount } from './accounts.ts';

export class DataStack extends Stack {
  readonly bucket: Bucket;
  readonly table: dynamodb.Table;
  readonly key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    this.key = new Key(this, 'Key'); // place: Data/Key/Resource
    this.key.addToResourcePolicy( // statement: Data/Key/Resource KeyPolicy 1
      new iam.PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: ['*'],
        principals: [new iam.AccountPrincipal(auditAccount)],
      }),
    );

    this.bucket = new Bucket(this, 'Bucket', { // place: Data/Bucket/Resource
      bucketName: PhysicalName.GENERATE_IF_NEEDED,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.bucket.addToResourcePolicy(new iam.PolicyStatement({ // place: Data/Bucket/Policy/Resource
      actions: ['s3:GetObject'],
      resources: [this.bucket.arnForObjects('*')],
      principals: [new iam.AnyPrincipal()],
    }));
    this.bucket.grantRead(new iam.AccountPrincipal(auditAccount)); // statement: Data/Bucket/Policy/Resource PolicyDocument 1

    this.table = new dynamodb.Table(this, 'Table', { // place: Data/Table/Resource
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });
  }
}
