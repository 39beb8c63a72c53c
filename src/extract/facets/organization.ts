import type { Text } from '../../iam/policy-document.ts';
import { readText, readTexts } from '../../iam/texts.ts';
import type { Declaration } from '../declaration.ts';
import { type FacetHandler, type FacetInput, siblingText, siblingTexts, subjectTexts } from '../facet.ts';
import { select, selectOne } from '../select.ts';
import { organizationPolicyDocuments } from './policies.ts';

/** The name AWS gives the administrator role of a new account when none is asked for. Source: Organizations API, CreateAccount. */
const DEFAULT_ADMIN_ROLE = 'OrganizationAccountAccessRole';

/** An account. Its id is known only where the input comes from AWS itself or a person wrote it down. */
export const account: FacetHandler = function* (input) {
  const written = text(input, 'RoleName', 'role_name');
  yield {
    kind: 'organization',
    node: 'account',
    id: text(input, 'AccountId', 'id'),
    name: text(input, 'AccountName', 'name'),
    email: text(input, 'Email', 'email'),
    parent: subjectTexts(input)[0],
    adminRole: written ?? { text: DEFAULT_ADMIN_ROLE, origin: input.from.origin },
    from: input.from,
  };
};

export const organizationalUnit: FacetHandler = function* (input) {
  yield { kind: 'organization', node: 'organizational-unit', id: text(input, 'Id', 'id'), name: text(input, 'Name', 'name'), parent: subjectTexts(input)[0], from: input.from };
};

/** The organization itself: who declares it declares all of it, unless the front-end knows of another hand in it. */
export const organization: FacetHandler = function* (input) {
  const features = subjectTexts(input)[0];
  const enabled = selectOne(input.properties, 'EnabledPolicyTypes');
  const types = [...siblingTexts(input, 'policyTypes'), ...texts(input, 'EnabledPolicyTypes[]')].map((one) => one.text);
  yield {
    kind: 'organization',
    node: 'organization',
    id: text(input, 'Id', 'id'),
    managementAccount: text(input, 'ManagementAccountId', 'master_account_id'),
    root: text(input, 'RootId', 'roots[].id'),
    declared: declaredHow(input),
    policyTypes: features?.text === 'CONSOLIDATED_BILLING' ? [] : types.length > 0 || enabled !== undefined ? types : undefined,
    from: input.from,
  };
};

/** A data source and what AWS listed mention an organization that others declare. */
function declaredHow({ from, properties }: FacetInput): 'in-full' | 'shared' | 'seen' {
  if (from.scope.live === true || from.address.startsWith('data.') || from.address.includes('.data.')) return 'seen';
  return readText(selectOne(properties, 'DeclaredInFull'))?.text === 'false' ? 'shared' : 'in-full';
}

/** A policy of any type; service and resource control policies have documents of IAM's grammar. */
export const organizationPolicy: FacetHandler = function* (input) {
  yield { kind: 'organization', node: 'policy', id: text(input, 'Id', 'id'), name: text(input, 'Name', 'name'), policyType: siblingText(input, 'type'), from: input.from };
  yield* organizationPolicyDocuments(input);
  for (const target of siblingTexts(input, 'targets')) yield attachment(input, undefined, target);
};

export const policyAttachment: FacetHandler = function* (input) {
  const targets = [...siblingTexts(input, 'target'), ...siblingTexts(input, 'targets')];
  for (const policy of subjectTexts(input)) for (const target of targets) yield attachment(input, policy, target);
};

function attachment(input: FacetInput, policy: Text | undefined, target: Text): Declaration {
  return { kind: 'organization', node: 'policy-attachment', policy, target, from: input.from };
}

/** Exact lists that AWS itself gave: the policies of a target, the targets of a policy, all policies. */
export const policyLists: FacetHandler = function* (input) {
  const { from } = input;
  const policyType = text(input, 'Type', 'Type')?.text === 'RESOURCE_CONTROL_POLICY' ? 'rcp' : 'scp';
  const policies = texts(input, 'PolicyIds[]');
  for (const target of subjectTexts(input)) yield { kind: 'organization', node: 'target-policies', target, policyType, policies, from };
  for (const policy of texts(input, 'PolicyId')) yield { kind: 'organization', node: 'policy-targets', policy, targets: texts(input, 'TargetIds[]'), from };
  if (text(input, 'All', 'All')?.text === 'true') yield { kind: 'organization', node: 'policy-list', policyType, policies, from };
};

/** Whether the policy that allows everything is on a target. */
export const fullAccess: FacetHandler = function* (input) {
  const written = text(input, 'Attached', 'Attached')?.text;
  const attached = written === 'false' ? 'no' : written === 'true' ? 'yes' : 'unknown';
  for (const target of subjectTexts(input)) yield { kind: 'organization', node: 'full-access', target, attached, from: input.from };
};

export const delegatedAdministrator: FacetHandler = function* (input) {
  for (const account of subjectTexts(input)) {
    yield { kind: 'organization', node: 'delegated-administrator', account, service: siblingText(input, 'service'), from: input.from };
  }
};

/** An account of which everything was read from AWS. */
export const liveAccount: FacetHandler = function* (input) {
  for (const account of subjectTexts(input)) yield { kind: 'organization', node: 'live-account', account, from: input.from };
};

/** A property under its name in either dialect; what it references is bound later. */
function text(input: FacetInput, ...names: readonly [string, string]): Text | undefined {
  return readText(selectOne(input.properties, names[0]) ?? selectOne(input.properties, names[1]));
}

function texts(input: FacetInput, path: string): readonly Text[] {
  return select(input.properties, path).flatMap((found) => readTexts(found.value, path, found.when).texts);
}
