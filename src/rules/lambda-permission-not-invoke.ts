import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { ownerName } from '../check/facts/policy-name.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const INVOKE = new ActionSet(['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl', 'lambda:InvokeAsync', 'lambda:GetLayerVersion']);

/** A permission on a function beyond invoking it. */
export default defineRule({
  id: 'lambda-permission-not-invoke',
  title: 'Lambda permission grants something other than invoke',
  category: 'resource-policy',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['cfn_nag:W24', 'guard:LAMBDA_PERMISSION_INVOKE_FUNCTION_ACTION'],
  standards: ['CWE-732'],
  on: 'statement',
  docs: {
    message: 'the permission on function `{owner}` gives more than invoking it (`{action}`)',
    why: 'The other party may change the code or configuration of the function, and with it use its role.',
    fix: 'allow `lambda:InvokeFunction`',
    references: ['https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Allow' }, function* (facts) {
    if (!facts.policy.synthetic || facts.model.serviceOf(facts.policy) !== 'lambda') return;
    const action = facts.actions.find(({ pattern }) => pattern.width !== 'unknown' && (pattern.width !== 'exact' || (pattern.service === 'lambda' && !INVOKE.has(pattern.text))) && pattern.width !== 'malformed' && !onlyInvoke(pattern.expansion.names));
    if (action !== undefined) yield* hitAt(facts, [action.at], { says: { owner: ownerName(facts.policy), action: action.at.text }, evidence: { actions: [action.at.text] } });
  }),
});

function onlyInvoke(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => INVOKE.has(name));
}
