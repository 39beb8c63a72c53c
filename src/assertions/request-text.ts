import type { Request, RequestValue } from '../engine/index.ts';
import { parseArn } from '../iam/arn.ts';
import { displayText } from '../iam/token.ts';
import { printable } from '../report/printable.ts';

/** A request as a sentence, e.g. `arn:aws:iam::111111111111:user/ada may s3:GetObject on * when aws:SourceIp = 10.0.0.1`. */
export function requestText(request: Request, verb: string): string {
  const { principal, action, resource, resourceAccount } = request;
  const context = Object.entries(request.context ?? {}).map(([key, value]) => `${key} = ${valueText(value)}`);
  const home = resourceAccount === undefined || parseArn(principal ?? '')?.account === resourceAccount ? '' : ` of account ${resourceAccount}`;
  const when = context.length === 0 ? '' : ` when ${context.join(' and ')}`;
  return printable(displayText(`${principal === null || request.anonymous === true ? 'anyone' : principal} ${verb} ${action} on ${resource}${home}${when}`));
}

/** A value of a condition key, as a person writes it. */
export function valueText(value: RequestValue): string {
  if (value === undefined) return 'something not known';
  return typeof value === 'object' ? `[${value.map(String).join(', ')}]` : String(value);
}

/** A request as machine formats give it; what is not known is null. */
export function requestRecord(request: Request) {
  const { principal, action, resource, resourceAccount, context } = request;
  return {
    principal: request.anonymous === true || principal === null ? null : displayText(principal),
    action,
    resource: displayText(resource),
    ...(resourceAccount === undefined ? {} : { resourceAccount: displayText(resourceAccount) }),
    context: Object.fromEntries(Object.entries(context ?? {}).map(([key, value]) => [key, value ?? null])),
  };
}
