import type { Value } from '../../core/value.ts';
import { parsePolicy } from '../../iam/parse-policy.ts';
import type { Condition, PolicyDocument, PrincipalEntry, Statement, Text } from '../../iam/policy-document.ts';
import type { AttachmentTarget, PolicyDeclaration } from '../declaration.ts';
import { type FacetHandler, type FacetInput, siblingText, siblingTexts, siblingValue, subjectTexts } from '../facet.ts';

/** Which sibling field becomes which condition of the statement a grant stands for. */
const CONDITIONS: readonly (readonly [field: string, operator: string, key: string])[] = [
  ['sourceArn', 'ArnLike', 'aws:SourceArn'],
  ['sourceAccount', 'StringEquals', 'aws:SourceAccount'],
  ['orgId', 'StringEquals', 'aws:PrincipalOrgID'],
  ['eventSourceToken', 'StringEquals', 'lambda:EventSourceToken'],
  ['functionUrlAuthType', 'StringEquals', 'lambda:FunctionUrlAuthType'],
  ['invokedViaFunctionUrl', 'Bool', 'lambda:InvokedViaFunctionUrl'],
  ['externalId', 'StringEquals', 'sts:ExternalId'],
];

/**
 * A grant written as single properties (a Lambda permission, an event bus policy, an endpoint service's allowed principals)
 * becomes the policy statement AWS makes of it, so that one set of rules covers both. Source: the services' AddPermission APIs.
 */
export const permissionGrant: FacetHandler = function* (input) {
  const principals = subjectTexts(input);
  if (principals.length === 0) return;
  const targets = [...siblingTexts(input, 'resource'), ...siblingTexts(input, 'target')].map((name): AttachmentTarget => ({ entity: 'resource', name }));
  const declaration: PolicyDeclaration = {
    kind: 'policy',
    policyKind: 'resource',
    name: siblingText(input, 'sid'),
    document: grantDocument(input, principals),
    owner: targets.length > 0 ? 'targets' : 'self',
    targets,
    synthetic: true,
    from: input.from,
  };
  yield declaration;
};

function grantDocument(input: FacetInput, principals: readonly Text[]): PolicyDocument {
  const origin = principals[0]?.origin ?? input.from.origin;
  const empty: Value = { kind: 'map', entries: [], origin };
  const statement: Statement = {
    index: 0,
    sid: siblingText(input, 'sid'),
    effect: siblingText(input, 'effect')?.text === 'Deny' ? 'Deny' : 'Allow',
    principal: { negated: false, entries: principals.map(grantee), origin },
    action: { negated: false, patterns: grantActions(input), origin },
    resource: undefined,
    conditions: grantConditions(input),
    gaps: [],
    origin,
    when: input.from.when,
  };
  return { ...parsePolicy(empty, 'resource'), statements: [statement], syntax: [], origin, value: empty };
}

/** A scalar principal: `*`, an account, an ARN, or a service name. */
function grantee(text: Text): PrincipalEntry {
  const written = text.text;
  if (written === '*') return { ...text, type: 'anyone', typeText: '' };
  const service = /\.(amazonaws\.com(\.cn)?|aws\.internal|amazon\.com)$/.test(written);
  return { ...text, type: service ? 'Service' : 'AWS', typeText: service ? 'Service' : 'AWS' };
}

function grantActions(input: FacetInput): readonly Text[] {
  const written = [...siblingTexts(input, 'action'), ...fixedActions(input)];
  const origin = input.from.origin;
  if (written.length > 0) return written.map((action) => prefixed(action, input.row.service));
  const permissions = [...siblingTexts(input, 'permission'), ...siblingTexts(input, 'permissions')];
  if (permissions.length > 0) return permissions.map((permission) => prefixed(permission, input.row.service));
  return [{ text: input.row.service === 'events' ? 'events:PutEvents' : `${input.row.service}:*`, origin }];
}

/** `actions` either names a property or lists the actions themselves. */
function fixedActions(input: FacetInput): readonly Text[] {
  const field = input.facet.fields.get('actions');
  if (field === undefined) return [];
  if (field.includes(':')) return field.split(',').map((text) => ({ text: text.trim(), origin: input.from.origin }));
  return siblingTexts(input, 'actions');
}

function prefixed(action: Text, service: string): Text {
  return action.text.includes(':') || action.text === '*' ? action : { ...action, text: `${service}:${action.text}` };
}

function grantConditions(input: FacetInput): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const [field, operator, key] of CONDITIONS) {
    const values = siblingTexts(input, field);
    const first = values[0];
    if (first === undefined) continue;
    conditions.push({ operator: { text: operator, origin: first.origin }, key: { text: key, origin: first.origin }, values, origin: first.origin });
  }
  const key = siblingText(input, 'conditionKey');
  const values = siblingTexts(input, 'conditionValue');
  const operator = siblingText(input, 'conditionType');
  if (key !== undefined) conditions.push({ operator: operator ?? { text: 'StringEquals', origin: key.origin }, key, values, origin: key.origin });
  return conditions;
}

/** Properties that open or close access without being a policy. */
export const setting: FacetHandler = function* (input) {
  const target = siblingText(input, 'target');
  for (const value of subjectTexts(input)) {
    yield { kind: 'setting', setting: `${input.facet.kind}:${input.facet.path}`, value, bad: input.facet.bad, target, from: input.from };
  }
};

export const share: FacetHandler = function* (input) {
  yield {
    kind: 'share',
    principals: subjectTexts(input),
    resources: siblingTexts(input, 'resources'),
    permissions: siblingTexts(input, 'permissions'),
    allowsExternal: siblingValue(input, 'external') === undefined ? undefined : siblingText(input, 'external'),
    from: input.from,
  };
};
