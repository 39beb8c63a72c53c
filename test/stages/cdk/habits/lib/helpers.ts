import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
export const makeBucket = (scope: Construct, id: string, props: s3.BucketProps = {}) =>
  new s3.Bucket(scope, id, { // place: Main/Bucket/Key/Resource, Main/Bucket/Resource, Main/Bucket/Policy/Resource, Main/Logs/Key/Resource, Main/Logs/Resource
    encryption: s3.BucketEncryption.KMS,
    enforceSSL: true,
    ...props,
  });
export function allow(role: iam.IRole, ...actions: string[]): void {
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: ['*'] })); // statement: Main/Reader/DefaultPolicy/Resource PolicyDocument 2, Main/p-Writer/DefaultPolicy/Resource PolicyDocument 4
}
export const build = ({ scope, id }: { scope: Construct; id: string }) => new iam.Group(scope, id); // place: Main/People/Resource
