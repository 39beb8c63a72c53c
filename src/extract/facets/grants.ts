import type { Value } from '../../core/value.ts';
import { type GrantForm, grantForm } from '../../data/resource-types.ts';
import { parsePolicy } from '../../iam/parse-policy.ts';
import type { Condition, PolicyDocument, PrincipalEntry, Statement, Text } from '../../iam/policy-document.ts';
import type { AttachmentTarget, PolicyDeclaration } from '../declaration.ts';
import { type FacetHandler, type FacetInput, siblingText, siblingTexts, siblingValue, subjectTexts } from '../facet.ts';

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
  const form = input.facet.grant === undefined ? undefined : grantForm(input.facet.grant);
  const effect = form?.effectFrom === undefined ? undefined : siblingText(input, form.effectFrom)?.text;
  const statement: Statement = {
    index: 0,
    sid: siblingText(input, 'sid'),
    effect: effect === 'Deny' ? 'Deny' : 'Allow',
    principal: { negated: false, entries: principals.map(grantee), origin },
    action: { negated: false, patterns: grantActions(input, form), origin },
    resource: undefined,
    conditions: grantConditions(input, form),
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

function grantActions(input: FacetInput, form: GrantForm | undefined): readonly Text[] {
  const prefix = form?.actionPrefix ?? `${input.row.service}:`;
  const written = ['action', 'actions', 'permission', 'permissions'].flatMap((field) => (listedActions(input, field) ?? siblingTexts(input, field)));
  if (written.length > 0) return written.map((action) => (action.text.includes(':') || action.text === '*' ? action : { ...action, text: `${prefix}${action.text}` }));
  return [{ text: form?.defaultAction ?? `${input.row.service}:*`, origin: input.from.origin }];
}

/** A field may list the actions themselves instead of naming a property. */
function listedActions(input: FacetInput, field: string): readonly Text[] | undefined {
  const text = input.facet.fields.get(field);
  if (text === undefined || !text.includes(':')) return undefined;
  return text.split(',').map((action) => ({ text: action.trim(), origin: input.from.origin }));
}

function grantConditions(input: FacetInput, form: GrantForm | undefined): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const { from, operator, key } of form?.conditions ?? []) {
    const values = siblingTexts(input, from);
    const first = values[0];
    if (first === undefined) continue;
    conditions.push({ operator: { text: operator, origin: first.origin }, key: { text: key, origin: first.origin }, values, origin: first.origin });
  }
  const written = form?.writtenCondition;
  const key = written === undefined ? undefined : siblingText(input, written.key);
  if (written === undefined || key === undefined) return conditions;
  const operator = siblingText(input, written.operator) ?? { text: 'StringEquals', origin: key.origin };
  conditions.push({ operator, key, values: siblingTexts(input, written.value), origin: key.origin });
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
    share: siblingText(input, 'target'),
    from: input.from,
  };
};

/** A resource put into a share by a declaration of its own. */
export const shareResource: FacetHandler = function* (input) {
  yield { kind: 'share', principals: [], resources: subjectTexts(input), permissions: [], allowsExternal: undefined, share: siblingText(input, 'target'), from: input.from };
};
