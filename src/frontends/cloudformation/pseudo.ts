import type { Origin } from '../../core/source.ts';
import { textValue, type Value } from '../../core/value.ts';
import { type TemplateContext, unknown } from './context.ts';

const URL_SUFFIX: ReadonlyMap<string, string> = new Map([
  ['aws', 'amazonaws.com'],
  ['aws-us-gov', 'amazonaws.com'],
  ['aws-cn', 'amazonaws.com.cn'],
]);

/** The pseudo parameters. Account and region are atoms unless the deployment is known. */
export function pseudoParameter(name: string, context: TemplateContext, at: Origin): Value {
  const { scope } = context;
  switch (name) {
    case 'AWS::AccountId':
      return scope.account === undefined ? unknown('deployment-account', `${scope.id}#AWS::AccountId`, at, 'atom') : textValue(scope.account, at);
    case 'AWS::Region':
      return scope.region === undefined ? unknown('deployment-region', `${scope.id}#AWS::Region`, at, 'atom') : textValue(scope.region, at);
    case 'AWS::Partition':
      return textValue(scope.partition, at);
    case 'AWS::URLSuffix':
      return textValue(URL_SUFFIX.get(scope.partition) ?? 'amazonaws.com', at);
    case 'AWS::NoValue':
      return { kind: 'absent', origin: at };
    case 'AWS::StackName':
      return unknown('deployment-name', `${scope.id}#AWS::StackName`, at, 'atom');
    case 'AWS::StackId':
    case 'AWS::NotificationARNs':
      return unknown('deployment-name', `${scope.id}#${name}`, at, 'text');
    default:
      return unknown('invalid-template', `${scope.id}#${name}`, at);
  }
}
