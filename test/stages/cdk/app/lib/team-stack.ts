import { NestedStack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export interface TeamProps {
  readonly members: readonly string[];
  readonly depth: number;
}

/** A nested stack that nests another one. */
export class TeamStack extends NestedStack {
  constructor(scope: Construct, id: string, props: TeamProps) {
    super(scope, id); // place: App/Team/Inner.NestedStack/Inner.NestedStackResource, App/Team.NestedStack/Team.NestedStackResource
    const group = new iam.Group(this, 'Group'); // place: App/Team/Group/Resource, App/Team/Inner/Group/Resource
    group.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')); // attachment: App/Team/Group/Resource 0, App/Team/Inner/Group/Resource 0
    for (const member of props.members) {
      const user = new iam.User(this, `Member-${member}`, { groups: [group] }); // place: App/Team/Member-ann/Resource, App/Team/Member-bob/Resource, App/Team/Inner/Member-cy/Resource
      new iam.AccessKey(this, `Key-${member}`, { user }); // place: App/Team/Key-ann/Resource, App/Team/Key-bob/Resource, App/Team/Inner/Key-cy/Resource
    }
    if (props.depth > 0) new TeamStack(this, 'Inner', { members: ['cy'], depth: props.depth - 1 });
  }
}
