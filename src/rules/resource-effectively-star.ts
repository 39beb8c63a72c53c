import { resourceTypesOf } from '../data/actions.ts';
import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { softened } from '../check/facts/full-access.ts';
import type { ActionPattern } from '../check/facts/action.ts';
import { hasWildcard } from '../check/facts/outline.ts';
import type { ResourceFact } from '../check/facts/resource.ts';
import { restrictable } from '../check/facts/restrictable.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Resource strings that equal `*` for the actions beside them: `arn:aws:s3:::*`, `arn:aws:iam::*:role/*`, `arn:*`. */
export default defineRule({
  id: 'resource-effectively-star',
  title: 'Resource patterns equal to \'*\'',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 4.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star', 'iam-full-access', 's3-full-access', 'kms-full-access'],
  peers: ['parliament:RESOURCE_EFFECTIVELY_STAR', 'cdk-nag:AwsSolutions-IAM5'],
  standards: ['CWE-732'],
  on: 'statement',
  docs: {
    message: '`{resource}` is as good as `*` for {actions}',
    why: 'The string looks like a restriction but leaves out nothing these actions could reach.',
    fix: 'name the resources',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.resourcesNegated || facts.resources.some(({ pattern }) => pattern.width === 'any')) return;
    const found = restrictable(facts).actions;
    if (found.length === 0) return;
    for (const resource of facts.resources) {
      const reached = found.filter((action) => leavesOutNothing(resource, action.pattern));
      if (reached.length === 0) continue;
      const actions = reached.map((action) => action.at.text);
      const harmless = reached.every((action) => action.pattern.service === 'logs' || action.pattern.service === 'xray');
      const rating = harmless ? ({ severity: 'info', securitySeverity: 2 } as const) : softened(facts);
      yield* hitAt(facts, [resource.at], { says: { resource: resource.at.text, actions: listed(actions) }, evidence: { actions, resources: [resource.at.text] }, ...rating });
      return;
    }
  }),
});

/** All of a service is everything for its actions; all of a type is it for an action that knows no other type. */
function leavesOutNothing({ pattern }: ResourceFact, action: ActionPattern): boolean {
  if (pattern.width === 'everything') return true;
  if (pattern.arn === undefined || (pattern.width !== 'service' && pattern.width !== 'type')) return false;
  const { arn } = pattern;
  const anywhere = (segment: string): boolean => segment === '' || hasWildcard(segment);
  if (!(arn.service === action.service || hasWildcard(arn.service)) || !anywhere(arn.region) || !anywhere(arn.account)) return false;
  return pattern.width === 'service' || (action.width === 'exact' && action.expansion.names.every((name) => isOnlyType(arn.resource, name)));
}

/** Do all ARN formats an action knows begin with this type's word? */
function isOnlyType(resource: string, name: string): boolean {
  const word = /^[\w-]+/.exec(resource)?.[0];
  return resourceTypesOf(name).every((type) => type.arns.every((format) => /^[\w-]+/.exec(format.split(':').slice(5).join(':'))?.[0] === word));
}
