import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import type { ActionFact } from '../check/facts/action.ts';
import { reachOf } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Names that read. Some actions of that name start a session or a job, and the reference counts them as writing. */
const READING = /^(?:BatchGet|Describe|Get|List|Lookup|Search|View)/i;

/** A wildcard within an action name that reaches actions which change something. Patterns that only read or list are left alone. */
export default defineRule({
  id: 'partial-action-wildcard',
  title: 'Wildcard inside an action name',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 3.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star'],
  peers: ['cdk-nag:AwsSolutions-IAM5', 'trivy:AWS-0057', 'iam-policy-validator:wildcard_action'],
  standards: ['CWE-250'],
  on: 'statement',
  docs: {
    message: 'the wildcard in {actions} takes in {examples}',
    why: 'A pattern grows with the service: actions that are added later and match it are allowed unseen.',
    fix: 'list the actions that are meant',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html', 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated) return;
    const found = facts.actions.filter(({ pattern }) => pattern.width === 'prefix' || pattern.width === 'pattern');
    const permissions = found.filter((action) => action.pattern.expansion.level('Permissions management').length > 0);
    const writing = found.filter((action) => !READING.test(action.pattern.name) && action.pattern.expansion.level('Write').length > 0);
    const chosen = permissions.length > 0 ? permissions : writing;
    const first = chosen[0];
    if (first === undefined) return;
    const everywhere = permissions.length > 0 || chosen.some((action) => reachOf(facts, action.pattern.service).verdict === 'yes');
    const confined = facts.resourceScope.confined === 'yes';
    const actions = chosen.map((action) => action.at.text);
    yield* hitAt(facts, [first.at], {
      says: { actions: listed(actions), examples: examples(first) },
      evidence: { actions, resources: facts.resources.map((resource) => resource.at.text) },
      ...(permissions.length > 0 && !confined ? { securitySeverity: 5 } : everywhere && !confined ? {} : ({ severity: 'info', securitySeverity: 2 } as const)),
    });
  }),
});

/** The most telling actions a pattern reaches. */
function examples({ pattern }: ActionFact): string {
  const levels = pattern.expansion.level('Permissions management');
  const telling = levels.length > 0 ? levels : pattern.expansion.level('Write');
  const shown = telling.slice(0, 3).map((name) => `\`${name}\``);
  return telling.length > 3 ? `${shown.join(', ')} and ${telling.length - 3} more` : shown.join(', ');
}
