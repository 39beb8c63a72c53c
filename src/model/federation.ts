import { oidcIssuer } from '../data/oidc-issuers.ts';
import type { Declaration, IdentityLinkDeclaration } from '../extract/declaration.ts';
import { parseArn } from '../iam/arn.ts';
import { accountText } from '../iam/deployment.ts';
import type { PrincipalEntry, Statement } from '../iam/policy-document.ts';
import { hasHole } from '../iam/token.ts';
import type { Binder } from './bind.ts';
import type { Directory } from './directory.ts';
import type { Entity, FederatedClaim, FederationLink, Policy, Principal } from './model.ts';

export interface FederationInput {
  readonly declarations: readonly Declaration[];
  readonly binder: Binder;
  readonly directory: Directory;
  readonly principals: readonly Principal[];
}

/**
 * Everyone outside IAM who can become a role: identity providers that trust policies name, and the services' own links (pods,
 * identity pools, certificates). Claims are keyed as the provider calls them.
 */
export function linkFederation(input: FederationInput): readonly FederationLink[] {
  const byEntity = new Map(input.principals.map((principal) => [principal.entity.id, principal]));
  return [
    ...input.principals.flatMap((principal) => (principal.trust === undefined ? [] : trustLinks(principal, principal.trust, input.directory))),
    ...input.declarations.flatMap((declaration) => (declaration.kind === 'identity-link' ? [serviceLink(declaration, input, byEntity)] : [])),
  ];
}

function trustLinks(principal: Principal, policy: Policy, directory: Directory): readonly FederationLink[] {
  return policy.document.statements.flatMap((statement) => {
    if (statement.effect === 'Deny' || statement.principal === undefined || statement.principal.negated) return [];
    return statement.principal.entries.filter((entry) => entry.type === 'Federated').map((entry) => trustLink(principal, policy, statement, entry, directory));
  });
}

function trustLink(principal: Principal, policy: Policy, statement: Statement, entry: PrincipalEntry, directory: Directory): FederationLink {
  const arn = parseArn(entry.text);
  const via = arn?.resource.startsWith('saml-provider/') === true ? 'saml' : arn?.resource.startsWith('oidc-provider/') === true ? 'oidc' : 'web-identity';
  const host = via === 'oidc' ? arn?.resource.slice('oidc-provider/'.length) : via === 'web-identity' ? entry.text : undefined;
  return {
    via,
    source: directory.byArn(entry.text),
    sourceText: entry.text,
    issuer: host === undefined || hasHole(host) ? undefined : oidcIssuer(host)?.id,
    role: principal.entity,
    roleText: principal.entity.arn,
    claims: claimsOf(statement, isFederatedKey),
    trust: { policy, statement },
    from: policy.from,
  };
}

/** Keys that AWS itself fills in belong to no identity provider. */
function isFederatedKey(key: string): boolean {
  return !/^(aws|sts):/i.test(key) && key.includes(':');
}

function claimsOf(statement: Statement, wanted: (key: string) => boolean): readonly FederatedClaim[] {
  return statement.conditions
    .filter((condition) => wanted(condition.key.text))
    .map((condition) => ({ claim: condition.key.text.slice(condition.key.text.lastIndexOf(':') + 1), operator: condition.operator.text, values: condition.values }));
}

/** The service that assumes the role on behalf of the outsider, and the condition keys that tell who that is. */
const SERVICES: Readonly<Record<IdentityLinkDeclaration['link'], { readonly host: string; readonly keys: RegExp } | undefined>> = {
  'pod-identity': { host: 'pods.eks.amazonaws.com', keys: /^aws:(RequestTag|PrincipalTag)\/|^aws:Source(Arn|Account)$/i },
  'roles-anywhere': { host: 'rolesanywhere.amazonaws.com', keys: /^aws:PrincipalTag\/x509|^aws:SourceArn$/i },
  'identity-pool': undefined,
  'access-entry': undefined,
};

function serviceLink(declaration: IdentityLinkDeclaration, input: FederationInput, principals: ReadonlyMap<string, Principal>): FederationLink {
  const { binder, directory } = input;
  const home = binder.bind(accountText(declaration.from.scope.id, declaration.from.account));
  const text = binder.bind(declaration.principal.text);
  const role = directory.find('role', text, home) ?? directory.find('user', text, home);
  const through = declaration.through === undefined ? undefined : binder.bind(declaration.through.text);
  const written = declaration.claims.map(({ claim, value }): FederatedClaim => ({ claim, operator: undefined, values: [binder.bindText(value)] }));
  const service = SERVICES[declaration.link];
  const trust = service === undefined || role === undefined ? undefined : serviceTrust(principals.get(role.id)?.trust, service.host);
  const asked = service === undefined || trust === undefined ? [] : fullKeys(trust.statement, service.keys);
  return {
    via: declaration.link,
    source: through === undefined ? directory.entities.get(`${declaration.from.scope.id}#${declaration.from.address}`) : sourceOf(through, home, directory),
    sourceText: through ?? declaration.from.displayName,
    issuer: undefined,
    role,
    roleText: text,
    claims: [...written, ...asked],
    trust,
    from: declaration.from,
  };
}

function sourceOf(text: string, home: string, directory: Directory): Entity | undefined {
  return directory.byArn(text) ?? directory.find('resource', text, home);
}

/** The statement of a trust policy that admits a service. */
function serviceTrust(policy: Policy | undefined, host: string): FederationLink['trust'] {
  const statement = policy?.document.statements.find((one) => one.effect === 'Allow' && one.principal?.entries.some((entry) => entry.type === 'Service' && entry.text === host) === true);
  return policy === undefined || statement === undefined ? undefined : { policy, statement };
}

/** Claims that stand in AWS's own keys keep the key: there is no provider's name for them. */
function fullKeys(statement: Statement, wanted: RegExp): readonly FederatedClaim[] {
  return statement.conditions.filter((condition) => wanted.test(condition.key.text)).map((condition) => ({ claim: condition.key.text, operator: condition.operator.text, values: condition.values }));
}
