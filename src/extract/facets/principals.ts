import type { AttachmentTarget, EntityType } from '../declaration.ts';
import { type FacetHandler, siblingText, siblingTexts, siblingValue, subjects, subjectTexts } from '../facet.ts';
import { principalTargets } from './policies.ts';

export const managedAttachment: FacetHandler = function* (input) {
  const named = [...principalTargets(input), ...siblingTexts(input, 'target').map((name): AttachmentTarget => ({ entity: 'permission-set', name }))];
  for (const policy of subjectTexts(input)) {
    yield { kind: 'attachment', policy, policyIs: 'arn', targets: named.length > 0 ? named : undefined, exclusive: input.facet.flags.has('exclusive'), from: input.from };
  }
};

export const customerManagedReference: FacetHandler = function* (input) {
  const named = siblingTexts(input, 'target').map((name): AttachmentTarget => ({ entity: 'permission-set', name }));
  for (const policy of subjectTexts(input)) {
    yield { kind: 'attachment', policy, policyIs: 'name', targets: named.length > 0 ? named : undefined, exclusive: input.facet.flags.has('exclusive'), from: input.from };
  }
};

export const boundary: FacetHandler = function* (input) {
  const target = siblingText(input, 'target');
  for (const policy of subjectTexts(input)) {
    yield {
      kind: 'boundary',
      policy,
      policyIs: input.facet.encoding === 'name' ? 'name' : 'arn',
      target: target === undefined ? undefined : { entity: 'permission-set', name: target },
      from: input.from,
    };
  }
};

/** Users in a group: written on the user (`groups`), on the group, or on a resource between them. */
export const membership: FacetHandler = function* (input) {
  const found = subjectTexts(input);
  const group = siblingTexts(input, 'group');
  const user = siblingTexts(input, 'user');
  if (group.length > 0) yield { kind: 'membership', users: found, groups: group, from: input.from };
  else yield { kind: 'membership', users: user.length > 0 ? user : undefined, groups: found, from: input.from };
};

export const roleBinding: FacetHandler = function* (input) {
  for (const role of subjectTexts(input)) {
    yield { kind: 'binding', role, holds: input.facet.encoding === 'name' ? 'role-name' : 'role-arn', property: input.facet.path, service: undefined, runsCode: false, from: input.from };
  }
};

export const federationProvider: FacetHandler = function* (input) {
  const provider = input.row.entity === 'oidc-provider' ? 'oidc' : input.row.entity === 'saml-provider' ? 'saml' : input.row.service === 'rolesanywhere' ? 'roles-anywhere' : 'identity-pool';
  const subject = subjectTexts(input)[0];
  yield {
    kind: 'provider',
    provider,
    url: provider === 'oidc' ? subject : undefined,
    audiences: siblingTexts(input, 'clientIds'),
    thumbprints: siblingTexts(input, 'thumbprints'),
    from: input.from,
  };
};

export const assignment: FacetHandler = function* (input) {
  for (const permissionSet of subjectTexts(input)) {
    yield {
      kind: 'assignment',
      permissionSet,
      principal: siblingText(input, 'principal'),
      principalType: siblingText(input, 'principalType'),
      target: siblingText(input, 'target'),
      from: input.from,
    };
  }
};

/** A credential property: who it is for, or the secret itself. */
export const credential: FacetHandler = function* (input) {
  const kind = credentialKind(input.row.entity, input.facet.encoding, input.facet.path);
  for (const { value } of subjects(input)) {
    const named = input.facet.encoding === 'user-name';
    yield {
      kind: 'credential',
      credential: kind,
      user: named ? subjectTexts(input)[0] : undefined,
      property: input.facet.path,
      value: named ? siblingValue(input, 'pgp') : value,
      status: undefined,
      from: input.from,
    };
  }
};

function credentialKind(entity: EntityType | undefined, encoding: string, path: string): 'access-key' | 'login-profile' | 'service-credential' | 'secret-property' {
  if (entity === 'access-key') return 'access-key';
  if (path.startsWith('LoginProfile') || (encoding === 'user-name' && entity === undefined)) return 'login-profile';
  return 'secret-property';
}
