import { defineRule } from '../check/define.ts';
import { hasWildcard } from '../check/facts/outline.ts';
import { ownerName } from '../check/facts/policy-name.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';
import { parseArn } from '../iam/arn.ts';
import { hasHole } from '../iam/token.ts';

/** The service that calls a function for resources of each ARN namespace. Source: Lambda Developer Guide, "Invoking Lambda with events from other services". */
const CALLERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['s3', ['s3.amazonaws.com']],
  ['sns', ['sns.amazonaws.com']],
  ['events', ['events.amazonaws.com']],
  ['execute-api', ['apigateway.amazonaws.com']],
  ['cognito-idp', ['cognito-idp.amazonaws.com']],
  ['logs', ['logs.amazonaws.com']],
  ['config', ['config.amazonaws.com']],
  ['iot', ['iot.amazonaws.com']],
  ['elasticloadbalancing', ['elasticloadbalancing.amazonaws.com']],
  ['codecommit', ['codecommit.amazonaws.com']],
  ['scheduler', ['scheduler.amazonaws.com', 'events.amazonaws.com']],
]);

/** A service that does not call for the source it is limited to. */
export default defineRule({
  id: 'lambda-permission-principal-mismatch',
  title: 'Lambda permission principal does not fit SourceArn',
  category: 'resource-policy',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 2,
  confidence: 'medium',
  preset: 'recommended',
  peers: ['cfn-lint:W3664'],
  standards: [],
  on: 'statement',
  docs: {
    message: '`{service}` never calls function `{owner}` for `{source}`; that is `{expected}`',
    why: 'The permission never holds, and the event does not reach the function.',
    fix: 'name the service that owns the source',
    references: ['https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Allow' }, function* (facts) {
    if (facts.model.serviceOf(facts.policy) !== 'lambda' || facts.principals.length !== 1) return;
    const service = facts.principals.find((principal) => principal.kind === 'service');
    const source = facts.conditions.find((condition) => condition.key === 'aws:sourcearn' && !condition.operator.negated)?.values[0];
    const arn = source === undefined ? undefined : parseArn(source.text);
    if (service?.host === undefined || source === undefined || arn === undefined || hasHole(arn.service) || hasWildcard(arn.service)) return;
    const expected = CALLERS.get(arn.service);
    // Regional forms such as logs.eu-west-1.amazonaws.com stand for the same service.
    const given = service.host.replace(/^([a-z-]+)\.[a-z]{2}(-[a-z]+)+-\d\./, '$1.').replace(/\.cn$/, '');
    if (expected === undefined || hasHole(given) || expected.includes(given)) return;
    yield* hitAt(facts, [service.at], { says: { service: service.at.text, owner: ownerName(facts.policy), source: source.text, expected: expected.join('` or `') }, evidence: { principals: [service.at.text], resources: [source.text] } });
  }),
});
