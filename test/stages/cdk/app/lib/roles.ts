import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** A role that a class of the app makes: its properties stand in the call of the base class. */
export class AuditRole extends iam.Role {
  constructor(scope: Construct, id: string, account: string) {
    super(scope, id, { assumedBy: new iam.AccountPrincipal(account) }); // place: App/Audit/Resource
    this.addToPolicy(new iam.PolicyStatement({ actions: ['iam:List*'], resources: ['*'] })); // place: App/Audit/DefaultPolicy/Resource
  }
}

/** A function that makes a role where it is told to. */
export function serviceRole(scope: Construct, id: string, service: string): iam.Role {
  return new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal(service) }); // place: App/Builder/Resource, App/Runner/Resource
}
