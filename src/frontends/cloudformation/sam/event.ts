import { createHash } from 'node:crypto';
import { mapping, type Written } from '../generated.ts';
import { complain, type Expansion, make, type SamEvent, type SamResource } from './expansion.ts';
import { entriesOf, field, isGiven, isMapping, literalText } from './nodes.ts';
import type { RoleDraft } from './role.ts';

/** What an event invokes: a function, its alias, or a state machine. */
export interface EventTarget {
  readonly id: string;
  readonly arn: Written;
  /** What permissions name: the function's name, or the alias's ARN. */
  readonly name: Written;
  readonly isAlias: boolean;
  /** The role the target runs as, when SAM makes it. */
  readonly role: RoleDraft | undefined;
}

/** Makes the resources of one event. */
export type EventHandler = (event: SamEvent, target: EventTarget, expansion: Expansion) => void;

/** The events of a resource in the order SAM takes them: those of a function by path, else by name. Yields `unsupported-construct`. */
export function eventsOf(from: SamResource, expansion: Expansion): readonly SamEvent[] {
  const known = expansion.events.get(from);
  if (known !== undefined) return known;
  const events = readEvents(from, expansion);
  expansion.events.set(from, events);
  return events;
}

function readEvents(from: SamResource, expansion: Expansion): readonly SamEvent[] {
  const events: SamEvent[] = [];
  for (const { key, value } of entriesOf(field(from.properties, 'Events'))) {
    const type = literalText(field(value, 'Type'));
    const properties = field(value, 'Properties');
    if (type === undefined) complain(expansion, `event \`${key.text}\` of \`${from.id}\` has no type; it is not read`, key);
    else events.push({ id: `${from.id}${key.text}`, name: key.text, type, properties: isMapping(properties) ? properties : mapping(key, []), at: key, from });
  }
  return from.type === 'Function' ? events.sort((left, right) => compare(orderOf(left), orderOf(right))) : events;
}

function orderOf(event: SamEvent): string {
  return literalText(field(event.properties, 'Path')) ?? event.name;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Lets a service invoke the function. */
export function makePermission(expansion: Expansion, event: SamEvent, target: EventTarget, principal: string, source: { readonly [key: string]: Written | undefined }, suffix = '', prefix = event.id): void {
  make(expansion, event.from, {
    id: `${prefix}Permission${identifier(suffix)}`,
    type: 'AWS::Lambda::Permission',
    properties: { Action: 'lambda:InvokeFunction', FunctionName: target.name, Principal: principal, ...source },
    at: event.at,
  });
}

/** A suffix of a logical id: as it is when it is a word, else a short digest of it, as SAM has it. */
export function identifier(suffix: string): string {
  if (suffix === '' || /^[\p{L}\p{N}]+$/u.test(suffix)) return suffix;
  return createHash('sha1').update(suffix).digest('hex').slice(0, 10);
}

/**
 * The queue for events that could not be delivered: as named, or made here with leave for the rule to send to it.
 * Gives its ARN.
 */
export function deadLetterQueue(expansion: Expansion, event: SamEvent, ruleArn: Written | undefined): Written | undefined {
  const config = field(event.properties, 'DeadLetterConfig');
  if (!isGiven(config)) return undefined;
  const given = field(config, 'Arn');
  if (given !== undefined) return given;
  const id = literalText(field(config, 'QueueLogicalId')) ?? `${event.id}Queue`;
  make(expansion, event.from, { id, type: 'AWS::SQS::Queue', properties: {}, at: event.at });
  const arn: Written = { 'Fn::GetAtt': [id, 'Arn'] };
  if (ruleArn !== undefined) makeQueuePolicy(expansion, event, { id: `${event.id}QueuePolicy`, queueUrl: { Ref: id }, queueArn: arn, principal: { Service: 'events.amazonaws.com' }, sourceArn: ruleArn });
  return arn;
}

export interface QueueGrant {
  readonly id: string;
  readonly queueUrl: Written;
  readonly queueArn: Written;
  readonly principal: Written;
  readonly sourceArn: Written;
}

/** Lets a source send messages to a queue. */
export function makeQueuePolicy(expansion: Expansion, event: SamEvent, grant: QueueGrant): void {
  const statement: Written = {
    Action: 'sqs:SendMessage',
    Effect: 'Allow',
    Principal: grant.principal,
    Resource: grant.queueArn,
    Condition: { ArnEquals: { 'aws:SourceArn': grant.sourceArn } },
  };
  const properties: Written = { PolicyDocument: { Version: '2012-10-17', Statement: [statement] }, Queues: [grant.queueUrl] };
  make(expansion, event.from, { id: grant.id, type: 'AWS::SQS::QueuePolicy', properties, at: event.at });
}
