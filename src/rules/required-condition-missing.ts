import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Actions that are safe only under a condition, with the keys of which one should be tested. */
const REQUIRED: readonly { readonly action: string; readonly keys: readonly string[] }[] = [
  { action: 'iam:PassRole', keys: ['iam:passedtoservice', 'iam:associatedresourcearn'] },
  { action: 'iam:CreateRole', keys: ['iam:permissionsboundary'] },
  { action: 'iam:CreateUser', keys: ['iam:permissionsboundary'] },
  { action: 'kms:CreateGrant', keys: ['kms:grantisforawsresource', 'kms:granteeprincipal', 'kms:grantoperations', 'kms:viaservice'] },
  { action: 'ec2:CreateTags', keys: ['ec2:createaction', 'aws:tagkeys', 'aws:requesttag/', 'aws:resourcetag/', 'ec2:resourcetag/'] },
  { action: 'ram:CreateResourceShare', keys: ['ram:requestedallowsexternalprincipals', 'ram:principal'] },
];

const ACTIONS = new ActionSet(REQUIRED.map((row) => row.action));

/** A sensitive action without the condition that makes it safe. */
export default defineRule({
  id: 'required-condition-missing',
  title: 'Sensitive action granted without its required condition',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 4.5,
  confidence: 'high',
  preset: 'strict',
  supersededBy: ['admin-star-star', 'action-star', 'iam-full-access', 'kms-full-access'],
  peers: ['iam-policy-validator:action_condition_enforcement'],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: '`{action}` is allowed without a condition on {keys}',
    why: 'The action gives more than its name says unless the condition limits what is passed, created or granted.',
    fix: 'add the condition',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.conditionGap !== undefined) return;
    const match = facts.matching(ACTIONS);
    const missing = REQUIRED.find((row) => match.names.includes(row.action) && !facts.conditions.some((condition) => row.keys.some((key) => condition.key === key || (key.endsWith('/') && condition.key.startsWith(key)))));
    if (missing === undefined) return;
    const by = match.by.find((action) => ACTIONS.matchedBy(action.pattern).includes(missing.action));
    yield* hitAt(facts, [by?.at], { says: { action: missing.action, keys: missing.keys.map((key) => `\`${key}\``).join(' or ') }, evidence: { actions: [missing.action] } });
  }),
});
