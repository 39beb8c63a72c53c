import type { Written } from '../generated.ts';
import { deadLetterQueue, type EventHandler } from './event.ts';
import { make } from './expansion.ts';
import { field, isGiven } from './nodes.ts';
import { inlinePolicy, serviceTrust } from './role.ts';
import { sendEventsPolicy } from './destinations.ts';

/** What a schedule starts, and so what its role may do. */
type Scheduled = 'lambda' | 'states';

/** `ScheduleV2`: a schedule of EventBridge Scheduler with a role of its own, unless it is given one. */
export function scheduleEvent(scheduled: Scheduled): EventHandler {
  return (event, target, expansion) => {
    const { properties } = event;
    const queue = deadLetterQueue(expansion, event, undefined);
    const given = field(properties, 'RoleArn');
    const roleId = `${event.id}Role`;
    if (!isGiven(given)) {
      const start = scheduled === 'lambda' ? sendEventsPolicy('Lambda', target.arn, event.id) : inlinePolicy(`${event.id}StartExecutionPolicy`, 'states:StartExecution', target.arn);
      const policies = [start, queue === undefined ? undefined : sendEventsPolicy('SQS', queue, event.id)].filter((policy) => policy !== undefined);
      const role: Written = { AssumeRolePolicyDocument: serviceTrust('scheduler.amazonaws.com', event.at), Policies: policies, PermissionsBoundary: field(properties, 'PermissionsBoundary') };
      make(expansion, event.from, { id: roleId, type: 'AWS::IAM::Role', properties: role, at: event.at });
    }
    const roleArn: Written = given ?? { 'Fn::GetAtt': [roleId, 'Arn'] };
    make(expansion, event.from, {
      id: event.id,
      type: 'AWS::Scheduler::Schedule',
      properties: {
        Name: field(properties, 'Name') ?? (isGiven(field(properties, 'OmitName')) ? undefined : event.id),
        GroupName: field(properties, 'GroupName'),
        KmsKeyArn: field(properties, 'KmsKeyArn'),
        ScheduleExpression: field(properties, 'ScheduleExpression'),
        Target: { Arn: target.arn, RoleArn: roleArn, Input: field(properties, 'Input'), DeadLetterConfig: queue === undefined ? undefined : { Arn: queue } },
      },
      at: event.at,
    });
  };
}
