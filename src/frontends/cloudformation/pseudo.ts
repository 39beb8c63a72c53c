import type { Origin } from '../../core/source.ts';
import { textValue, type Value } from '../../core/value.ts';
import { type TemplateContext, unknownHere } from './context.ts';

const URL_SUFFIX: ReadonlyMap<string, string> = new Map([
  ['aws', 'amazonaws.com'],
  ['aws-us-gov', 'amazonaws.com'],
  ['aws-cn', 'amazonaws.com.cn'],
  ['aws-iso', 'c2s.ic.gov'],
  ['aws-iso-b', 'sc2s.sgov.gov'],
]);

/** The pseudo parameters. Account and region are atoms unless the deployment is known. */
export function pseudoParameter(name: string, context: TemplateContext, at: Origin): Value {
  const { scope } = context.stack;
  switch (name) {
    case 'AWS::AccountId':
      return scope.account === undefined ? unknownHere('deployment-account', name, at, context, 'atom') : textValue(scope.account, at);
    case 'AWS::Region':
      return scope.region === undefined ? unknownHere('deployment-region', name, at, context, 'atom') : textValue(scope.region, at);
    case 'AWS::Partition':
      return textValue(scope.partition, at);
    case 'AWS::URLSuffix':
      return textValue(URL_SUFFIX.get(scope.partition) ?? 'amazonaws.com', at);
    case 'AWS::NoValue':
      return { kind: 'absent', origin: at };
    case 'AWS::StackName':
      return unknownHere('deployment-name', name, at, context, 'atom');
    case 'AWS::StackId':
      return stackId(context, at);
    case 'AWS::NotificationARNs':
      return unknownHere('deployment-name', name, at, context);
    default:
      return unknownHere('invalid-template', name, at, context);
  }
}

/** `arn:aws:cloudformation:region:account:stack/name/uuid`: templates take the uuid off it to make names of their own. */
function stackId(context: TemplateContext, at: Origin): Value {
  const { scope } = context.stack;
  const parts: Value[] = [
    textValue(`arn:${scope.partition}:cloudformation:`, at),
    pseudoParameter('AWS::Region', context, at),
    textValue(':', at),
    pseudoParameter('AWS::AccountId', context, at),
    textValue(':stack/', at),
    pseudoParameter('AWS::StackName', context, at),
    textValue('/', at),
    unknownHere('deployment-name', 'AWS::StackId.uuid', at, context, 'atom'),
  ];
  return { kind: 'concat', parts, origin: at };
}
