import type { Escalation } from '../analyze/escalation-findings.ts';
import { displayText } from '../iam/token.ts';
import { hit } from './define.ts';
import type { Hit } from './rule.ts';

export { escalationOf } from '../analyze/escalation-findings.ts';

/** The finding for a principal that can become an administrator; unsure where a step depends on what the inputs do not tell. */
export function escalationHit({ principal, path, hops, explained, at, actions, provided }: Escalation): Hit {
  const [first] = explained;
  const request = first?.requests[0];
  return hit(at, {
    says: {
      principal: displayText(principal.entity.name),
      technique: first?.technique ?? '',
      name: first?.name ?? '',
      to: first?.to ?? '',
      steps: path.steps.length,
      provided: provided === '' ? '' : `, given ${provided}`,
    },
    evidence: { actions, principals: [principal.entity.arn], resources: first?.requests.map(({ resource }) => resource) ?? [] },
    path: hops,
    ...(request === undefined ? {} : { witness: { ...request, context: {} } }),
    ...(path.verdict === 'yes' ? {} : ({ severity: 'warning', confidence: 'medium' } as const)),
  });
}
