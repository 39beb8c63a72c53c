import type { Node } from '../../../parse/node.ts';
import { write, type Written } from '../generated.ts';
import { complain, defineCondition, type Expansion, make, type SamResource } from './expansion.ts';
import { type Conditional, conditionalOf, field, isNoValue, literalText } from './nodes.ts';
import { inlinePolicy } from './role.ts';

/** The policy that lets a role send events to a destination; `undefined` for types that need none. */
export function sendEventsPolicy(type: string, arn: Written, id: string): Written | undefined {
  switch (type) {
    case 'SQS':
      return inlinePolicy(`${id}SQSPolicy`, 'sqs:SendMessage', arn);
    case 'SNS':
      return inlinePolicy(`${id}SNSPolicy`, 'sns:publish', arn);
    case 'EventBridge':
      return inlinePolicy(`${id}EventBridgePolicy`, 'events:PutEvents', arn);
    case 'Lambda':
      return inlinePolicy(`${id}LambdaPolicy`, 'lambda:InvokeFunction', arn);
    case 'S3Bucket':
      return {
        PolicyName: `${id}S3Policy`,
        PolicyDocument: {
          Statement: [
            { Action: 's3:PutObject', Effect: 'Allow', Resource: { 'Fn::Join': ['/', [arn, '*']] } },
            { Action: 's3:ListBucket', Effect: 'Allow', Resource: arn },
          ],
        },
      };
    default:
      return undefined;
  }
}

/**
 * `EventInvokeConfig`: a queue or topic is made for each destination that names none, and the role gets leave to send to it.
 * A destination that is there only under a condition is made under the opposite one. Gives the policies for the role.
 */
export function eventInvokePolicies(config: Node, from: SamResource, expansion: Expansion): readonly Node[] {
  const destinations = field(config, 'DestinationConfig');
  return ['OnSuccess', 'OnFailure'].flatMap((outcome) => {
    const destination = field(destinations, outcome);
    const type = literalText(field(destination, 'Type'));
    if (destination === undefined) return [];
    const arn = type === undefined ? undefined : destinationArn(destination, type, `${from.id}EventInvokeConfig${outcome}`, from, expansion);
    const policy = type === undefined || arn === undefined ? undefined : sendEventsPolicy(type, arn, `${from.id}EventInvokeConfig${outcome}`);
    if (policy === undefined) complain(expansion, `destination \`${outcome}\` of \`${from.id}\` has no type with a policy; it is not read`, destination);
    return policy === undefined ? [] : [write(destination, policy)];
  });
}

function destinationArn(destination: Node, type: string, id: string, from: SamResource, expansion: Expansion): Written | undefined {
  const given = field(destination, 'Destination');
  const conditional = conditionalOf(given);
  const missing = conditional === undefined ? undefined : missingBranch(conditional);
  if (given !== undefined && (conditional === undefined || missing === undefined)) return given;
  if (type !== 'SQS' && type !== 'SNS') return given;
  const madeId = `${id}${type === 'SQS' ? 'Queue' : 'Topic'}`;
  const arn: Written = type === 'SQS' ? { 'Fn::GetAtt': [madeId, 'Arn'] } : { Ref: madeId };
  const when = conditional === undefined || missing === undefined ? undefined : missing === 'then' ? conditional.name : negation(conditional, expansion);
  make(expansion, from, { id: madeId, type: type === 'SQS' ? 'AWS::SQS::Queue' : 'AWS::SNS::Topic', properties: {}, at: destination, condition: when === undefined ? undefined : both(when, from, expansion, destination) });
  if (conditional === undefined || when === undefined) return arn;
  return { 'Fn::If': [when, arn, missing === 'then' ? conditional.otherwise : conditional.then] };
}

function missingBranch(conditional: Conditional): 'then' | 'otherwise' | undefined {
  const [then, otherwise] = [isNoValue(conditional.then), isNoValue(conditional.otherwise)];
  if (then === otherwise) return undefined;
  return then ? 'then' : 'otherwise';
}

function negation(conditional: Conditional, expansion: Expansion): string {
  return defineCondition(expansion, `not ${conditional.name}`, { 'Fn::Not': [{ Condition: conditional.name }] }, conditional.condition);
}

/** The condition of the resource and that of the branch together. */
function both(when: string, from: SamResource, expansion: Expansion, at: Node): string {
  const own = literalText(field(from.raw.body, 'Condition'));
  if (own === undefined) return when;
  return defineCondition(expansion, `${own} and ${when}`, { 'Fn::And': [{ Condition: own }, { Condition: when }] }, at);
}
