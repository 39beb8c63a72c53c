import { User, AccessKey } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** A user for software that cannot assume a role. */
export class LegacyUser extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const user = new User(this, 'User');
    new AccessKey(this, 'Key', { user });
  }
}
