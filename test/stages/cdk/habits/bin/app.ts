import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Main, Site } from '../lib/index.ts';
function main(): void {
  const app = new cdk.App();
  new Main(app, 'Main', { prefix: 'p', env: { account: '111111111111', region: 'us-east-1' } });
  const plain = new cdk.Stack(app, 'Plain');
  const role = new iam.Role(plain, 'Role', { assumedBy: new iam.AnyPrincipal() }); // place: Plain/Role/Resource
  role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess')); // attachment: Plain/Role/Resource 0
  new Site(plain, 'Direct', { readers: [], label: 'x' });
  app.synth();
}
main();
