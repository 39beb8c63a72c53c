import { and, type Verdict, verdictOf } from '../core/verdict.ts';
import { FULL_ACCESS } from '../model/full-access.ts';
import type { Foundation } from './foundation.ts';
import { callerArn, type Holding } from './holdings.ts';

/** An action of no service, allowed only where everything is. */
const ANYTHING = 'iamlint-probe:AnyAction';

/** Actions that an administrator of an account is expected to have left by the control policies above it. */
const PROBES = ['iam:PutRolePolicy', 's3:GetObject', 'ec2:RunInstances'] as const;

/**
 * Is the holder an administrator: does it have every action on every resource, as far as boundary and control policies let it?
 * Conditions that nothing settles make it `unknown`.
 */
export function isAdministrator(holding: Holding, foundation: Foundation): Verdict {
  if (holding.open && holding.identity.length === 0) return 'no';
  return probe(holding, foundation);
}

/** Would it be one if it could write its own policies? Then only boundary and control policies limit it. */
export function couldAdminister(holding: Holding, foundation: Foundation): Verdict {
  return probe({ ...holding, attached: [FULL_ACCESS.scp], identity: [foundation.store.intern(FULL_ACCESS.scp.document)] }, foundation);
}

function probe(holding: Holding, foundation: Foundation): Verdict {
  const arn = callerArn(holding.principal);
  const resource = `arn:aws:iam::${holding.account}:role/x`;
  const alone: Holding = { ...holding, controls: { ...holding.controls, scp: { levels: [], policies: [], complete: true } } };
  const everything = foundation.judge.ask({ principal: arn, holding: alone, action: ANYTHING, resource }).verdict;
  if (everything === 'no') return 'no';
  const left = PROBES.map((action) => foundation.judge.ask({ principal: arn, holding, action, resource: sampleOf(action, holding.account), resourceAccount: holding.account }).verdict);
  const [writing, ...others] = left;
  // Who may use every service is an administrator of the data even where writing policies is denied from above.
  return and(everything, verdictOf(writing !== 'no' || others.every((verdict) => verdict !== 'no')));
}

function sampleOf(action: string, account: string): string {
  return action.startsWith('iam:') ? `arn:aws:iam::${account}:role/x` : action.startsWith('s3:') ? 'arn:aws:s3:::x/x' : `arn:aws:ec2:us-east-1:${account}:instance/x`;
}
