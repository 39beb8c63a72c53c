import type { Source } from '../../core/source.ts';
import { baseName, folderOf, joinPath } from './paths.ts';
import { CONFIGURATION_FILES } from './landing-zone/scopes.ts';

/** The notations in which facts about an organization come. */
export type OrganizationNotation = 'landing-zone' | 'org-formation' | 'secure-environment' | 'aws-cli';

/**
 * Which notation a file is in, if it says something of an organization: a cheap look, which never throws.
 * An org-formation file may hold resources besides its organization; it is then a template as well.
 */
export function detectOrganization(path: string, text: string): OrganizationNotation | undefined {
  const name = baseName(path).toLowerCase();
  if (!/\.(ya?ml|json)$/.test(name)) return undefined;
  const head = text.length > HEAD ? text.slice(0, HEAD) : text;
  if (isConfigurationFile(name)) return LANDING_ZONE.test(head) ? 'landing-zone' : undefined;
  if (/^\s*[{[]/.test(head)) return SECURE_ENVIRONMENT.every((key) => text.includes(key)) ? 'secure-environment' : detectJson(head);
  if (/^Organization:/m.test(head) && (head.includes('OC::ORG::') || /^Organization:[ \t]*!Include\b/m.test(head))) return 'org-formation';
  return YAML_EXPORT.test(head) && EXPORT_MARK.test(head) ? 'aws-cli' : undefined;
}

const HEAD = 20_000;

function isConfigurationFile(name: string): boolean {
  return CONFIGURATION_FILES.some((file) => file === name);
}

/** What the files of a configuration set are about, as keys at their left edge. */
const LANDING_ZONE =
  /^(organizationalUnits|serviceControlPolicies|mandatoryAccounts|workloadAccounts|accountIds|policySets|roleSets|groupSets|userSets|identityCenter|homeRegion|centralSecurityServices|globalReplacements|providers|enable)\s*:/m;

const SECURE_ENVIRONMENT = ['"global-options"', '"mandatory-account-configs"', '"organizational-units"'] as const;

/** Keys of the outputs that are read, and something that only AWS's own answers hold beside them. */
const EXPORT_KEYS =
  'Organization|Roots|OrganizationalUnits?|Accounts?|Policies|Policy|Targets|Parents|Children|DelegatedAdministrators|DelegatedServices|PermissionSet|AccountAssignments|InlinePolicy|AttachedManagedPolicies|CustomerManagedPolicyReferences|PermissionsBoundary|Groups|Users|GroupMemberships|UserDetailList|GroupDetailList|RoleDetailList';
const JSON_EXPORT = new RegExp(`^\\s*\\[?\\s*\\{(?:\\s*"(?:TargetId|ParentId|PolicyId|ChildId|AccountId|PermissionSetArn|IsTruncated|NextToken)"\\s*:\\s*(?:"[^"]*"|\\w+)\\s*,)*\\s*"(?:${EXPORT_KEYS})"\\s*:`);
const YAML_EXPORT = new RegExp(`^(?:${EXPORT_KEYS}):`, 'm');
const EXPORT_MARK =
  /arn:[a-z-]+:organizations::|arn:[a-z-]+:sso:::|"?(UserDetailList|GroupDetailList|RoleDetailList|TargetId|IdentityStoreId|AwsManaged|PermissionSetArn|DelegationEnabledDate|InlinePolicy|CustomerManagedPolicyReferences|AttachedManagedPolicies|PermissionsBoundary)"?\s*:|"(Parents|Children|Policies|Targets)"\s*:\s*\[\s*(\]|\{\s*"(Id|Type)")/;

function detectJson(head: string): OrganizationNotation | undefined {
  if (/"Organization"\s*:\s*\{/.test(head) && head.includes('OC::ORG::')) return 'org-formation';
  if (/^\s*\[\s*\{/.test(head) && BARE_ITEM.test(head)) return 'aws-cli';
  return JSON_EXPORT.test(head) && EXPORT_MARK.test(head) ? 'aws-cli' : undefined;
}

/** What `--query` leaves of a list: its items alone. */
const BARE_ITEM = /"Arn"\s*:\s*"arn:[a-z-]+:organizations::\d{12}:(account|ou|root)\//;

/**
 * Tells the policy documents that configuration sets name: they are read as part of their set, with its placeholders, and must
 * not be read again as documents of their own.
 */
export function organizationMembers(sources: readonly Source[]): (path: string) => boolean {
  const members = new Set<string>();
  for (const source of sources) {
    if (!isConfigurationFile(baseName(source.path).toLowerCase()) || detectOrganization(source.path, source.text) === undefined) continue;
    const folder = folderOf(source.path);
    for (const match of source.text.matchAll(/^[ \t-]*(?:policy|inlinePolicy):[ \t]*['"]?([^\s'"#]+)/gm)) members.add(joinPath(folder, match[1] ?? ''));
  }
  return (path) => members.has(path);
}
