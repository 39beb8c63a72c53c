import { and, not, type Verdict } from '../core/verdict.ts';
import { readActionName } from '../iam/action.ts';
import { parseArn } from '../iam/arn.ts';
import { accountOf, readCaller } from '../iam/principal.ts';
import type { CompiledPolicy } from './compile.ts';
import { judgeDocuments, judgeLevels } from './layer-outcome.ts';
import { RequestContext } from './request-context.ts';
import type { ComparableKind, Layer, Request } from './types.ts';

const LAYER_OF = { identity: 'identity', resource: 'resource', trust: 'resource', boundary: 'boundary', session: 'session', endpoint: 'vpce', scp: 'scp', rcp: 'rcp' } as const satisfies Record<ComparableKind, Layer>;

/**
 * Do documents of one kind, taken alone, allow a request? An allow and no deny among them; resource control policies
 * stand on a policy that allows everything. This is what `compareAccess` compares, and what its witnesses are held to.
 */
export function documentsAllow(policies: readonly CompiledPolicy[], request: Request, kind: ComparableKind): Verdict {
  const action = readActionName(request.action);
  if (action === undefined) return 'no';
  const read = readCaller(request.principal, request.anonymous === true);
  const given = request.context?.['aws:PrincipalArn'];
  const caller = read.kind === 'role' && !read.pathKnown && typeof given === 'string' ? { ...read, roleArn: given, pathKnown: true } : read;
  const account = request.resourceAccount ?? parseArn(request.resource)?.account ?? accountOf(caller);
  const prepared = { action, resource: request.resource, caller, context: new RequestContext(request, caller, account === '' ? undefined : account), boundary: 'no' } as const;
  const layer = LAYER_OF[kind];
  const outcome = layer === 'scp' || layer === 'rcp' ? judgeLevels(layer, [{ id: '', policies }], prepared) : judgeDocuments(layer, policies, prepared);
  return and(outcome.allow, not(outcome.deny));
}
