import type { Value } from '../../core/value.ts';
import { parsePolicy } from '../../iam/parse-policy.ts';
import type { PolicyDocument, PolicyKind, SyntaxFault, Text } from '../../iam/policy-document.ts';
import { gapOf, readText } from '../../iam/texts.ts';
import type { AttachmentTarget, Declaration, EntityType, PolicyDeclaration } from '../declaration.ts';
import { isEmbeddable, parseEmbedded } from '../embedded.ts';
import { type FacetHandler, type FacetInput, siblingText, siblingTexts, subjects } from '../facet.ts';
import { select } from '../select.ts';

/** Policies on principals: inline on the declaring resource, a managed policy of its own, or put on named principals. */
export const identityPolicy: FacetHandler = function* (input) {
  const targets = principalTargets(input);
  const managed = input.row.entity === 'managed-policy';
  const owner = managed ? 'managed' : targets.length > 0 ? 'targets' : 'self';
  yield* documents(input, 'identity', owner, managed ? [] : targets);
  if (!managed || targets.length === 0) return;
  yield {
    kind: 'attachment',
    policy: { text: '', origin: input.from.origin },
    policyIs: 'arn',
    targets,
    exclusive: false,
    from: input.from,
  };
};

export const trustPolicy: FacetHandler = (input) => documents(input, 'trust', 'self', []);
export const sessionPolicy: FacetHandler = (input) => documents(input, 'session', 'self', []);
export const permissionSetPolicy: FacetHandler = (input) => {
  const target = siblingTexts(input, 'target').map((name): AttachmentTarget => ({ entity: 'permission-set', name }));
  return documents(input, 'identity', target.length > 0 ? 'targets' : 'self', target);
};

/** A document in a file of its own: what it hangs on is not known. */
export function rawPolicy(kind: PolicyKind): FacetHandler {
  return (input) => documents(input, kind, 'none', []);
}

/** Policies on resources; `target(s)` names the protected resource when it is another one. */
export const resourcePolicy: FacetHandler = (input) => documents(input, 'resource', ...resourceOwner(input));
export const endpointPolicy: FacetHandler = (input) => documents(input, 'endpoint', ...resourceOwner(input));

/** A property that holds a single statement instead of a document. */
export const resourceStatement: FacetHandler = function* (input) {
  const [owner, targets] = resourceOwner(input);
  for (const { value, when } of subjects(input)) {
    const body = readable(value);
    if (body.value === undefined) continue;
    const document: Value = { kind: 'map', origin: value.origin, entries: [{ key: 'Statement', keyOrigin: value.origin, value: body.value }] };
    yield declaration(input, 'resource', parsePolicy(document, 'resource'), undefined, owner, targets, when);
  }
};

/** The documents of service and resource control policies; other organization policy types are not IAM's grammar. */
export const organizationPolicyDocuments: FacetHandler = function* (input) {
  const type = siblingText(input, 'type')?.text ?? 'SERVICE_CONTROL_POLICY';
  const kind = type === 'SERVICE_CONTROL_POLICY' ? 'scp' : type === 'RESOURCE_CONTROL_POLICY' ? 'rcp' : undefined;
  if (kind !== undefined) yield* documents(input, kind, 'managed', []);
};

/** The policy inside an API definition. */
export const openApiPolicy: FacetHandler = function* (input) {
  for (const { value, when } of subjects(input)) {
    const body = readable(value).value;
    if (body === undefined) continue;
    for (const found of select(body, 'x-amazon-apigateway-policy')) {
      yield* document(input, 'resource', found.value, undefined, 'self', [], [...when, ...found.when]);
    }
  }
};

function resourceOwner(input: FacetInput): readonly [PolicyDeclaration['owner'], readonly AttachmentTarget[]] {
  const targets = [...siblingTexts(input, 'target'), ...siblingTexts(input, 'targets')].map((name): AttachmentTarget => ({ entity: 'resource', name }));
  return targets.length > 0 ? ['targets', targets] : ['self', []];
}

/** The principals that sibling properties name. */
export function principalTargets(input: FacetInput): readonly AttachmentTarget[] {
  const of = (field: string, entity: EntityType): AttachmentTarget[] => siblingTexts(input, field).map((name) => ({ entity, name }));
  return [...of('roles', 'role'), ...of('users', 'user'), ...of('groups', 'group')];
}

function* documents(input: FacetInput, kind: PolicyKind, owner: PolicyDeclaration['owner'], targets: readonly AttachmentTarget[]): Iterable<Declaration> {
  const names = input.facet.fields.get('name');
  const found = subjects(input);
  for (const [index, { value, when, path }] of found.entries()) {
    const name = names === undefined ? undefined : readText(nameBeside(input, names, path, index));
    yield* document(input, kind, value, name, owner, targets, when);
  }
}

function* document(input: FacetInput, kind: PolicyKind, value: Value, name: Text | undefined, owner: PolicyDeclaration['owner'], targets: readonly AttachmentTarget[], when: PolicyDeclaration['from']['when']): Iterable<Declaration> {
  if (value.kind === 'choice') {
    for (const option of value.options) yield* document(input, kind, option.value, name, owner, targets, [...when, ...option.when]);
    return;
  }
  if (value.kind === 'scalar' && value.text.trim() === '') return;
  const { value: body, fault } = readable(value);
  if (body === undefined) {
    const gap = value.kind === 'unknown' ? gapOf(value, input.facet.path) : value.kind === 'reference' ? { element: input.facet.path, reason: 'runtime-attribute' as const, name: `${value.address}.${value.attribute}`, origin: value.origin } : { element: input.facet.path, reason: 'unsupported-function' as const, name: 'text with unresolved parts', origin: value.origin };
    if (fault === undefined) {
      yield { kind: 'gap', property: input.facet.path, gap, from: input.from };
      return;
    }
  }
  const parsed = body === undefined ? emptyDocument(value) : parsePolicy(body, kind);
  yield declaration(input, kind, fault === undefined ? parsed : { ...parsed, syntax: [fault] }, name, owner, targets, when);
}

function declaration(input: FacetInput, policyKind: PolicyKind, parsed: PolicyDocument, name: Text | undefined, owner: PolicyDeclaration['owner'], targets: readonly AttachmentTarget[], when: PolicyDeclaration['from']['when']): PolicyDeclaration {
  const from = when.length === 0 ? input.from : { ...input.from, when: [...input.from.when, ...when] };
  return { kind: 'policy', policyKind, name, document: parsed, owner, targets, synthetic: false, from };
}

/** The structure of a policy value: as it is, or read out of a string. */
export function readable(value: Value): { readonly value?: Value; readonly fault?: SyntaxFault } {
  if (value.kind === 'map' || value.kind === 'list') return { value };
  if (isEmbeddable(value)) {
    const embedded = parseEmbedded(value);
    if (embedded.kind === 'value') return { value: embedded.value };
    return embedded.kind === 'fault' ? { fault: embedded.fault } : {};
  }
  if (value.kind !== 'scalar') return {};
  const fault: SyntaxFault = { code: 'policy-json-parse-error', message: 'the policy is not JSON', origin: value.origin };
  return { fault };
}

function emptyDocument(value: Value): PolicyDocument {
  return { version: undefined, id: undefined, statements: [], syntax: [], gaps: [], origin: value.origin, value };
}

/** The name that stands beside the policy: in the same list item when both lie in one list. */
function nameBeside(input: FacetInput, namePath: string, path: readonly (string | number)[], index: number): Value | undefined {
  const names = select(input.properties, namePath);
  const item = path.findLast((step) => typeof step === 'number');
  return (item === undefined ? names[index] : (names.find((name) => name.path.includes(item)) ?? names[index]))?.value ?? names[0]?.value;
}
