import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnAccessKey, CfnUser, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export class SharedStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const user = new CfnUser(this, 'Deployer'); // place: Shared/Deployer
    new CfnAccessKey(this, 'DeployerKey', { userName: user.ref }); // place: Shared/DeployerKey

    const topic = new Topic(this, 'Alarms'); // place: Shared/Alarms/Resource
    topic.addToResourcePolicy( // place: Shared/Alarms/Policy/Resource
      new PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn], principals: [new ServicePrincipal('cloudwatch.amazonaws.com')] }),
    );

    const pair = ['Blue', 'Green'].map((colour) => new Role(this, colour, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })); // place: Shared/Blue/Resource, Shared/Green/Resource
    for (const one of pair) topic.grantPublish(one); // place: Shared/Blue/DefaultPolicy/Resource, Shared/Green/DefaultPolicy/Resource

    new CfnOutput(this, 'TopicArn', { value: topic.topicArn, exportName: 'alarms' });
  }
}
