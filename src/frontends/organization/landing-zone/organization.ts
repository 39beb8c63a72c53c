import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import type { Resource, Template } from '../../frontend.ts';
import { labelOf, listOf, referenceTo, type ResourcePlace, resourceOf, templateOf, textOf, unknownOf } from '../values.ts';
import { controlPolicies } from './control-policies.ts';
import { accountIdValue, organizationId } from './replacements.ts';
import { organizationScope } from './scopes.ts';
import type { LandingZone } from './set.ts';
import { isEnabled, targetReference } from './targets.ts';

/** The organization as a set declares it: its root, units, accounts, control policies and delegated administrators. */
export function organizationTemplate(set: LandingZone): Template {
  const scope = { id: organizationScope(set.folder), name: organizationScope(set.folder), account: set.management?.id, region: undefined, partition: set.partition };
  const units = unitsOf(set);
  const resources = [...organizationResource(set), ...units.values(), ...accountResources(set), ...controlPolicies(set), ...delegatedAdministrators(set)];
  return templateOf(scope, resources);
}

function organizationResource(set: LandingZone): readonly Resource[] {
  const root = set.root('organization-config.yaml');
  if (root === undefined || !isEnabled(set)) return [];
  const { origin } = root;
  const ids = unitIds(root);
  const id = organizationId(root);
  return [
    resourceOf('AWS::Organizations::Organization', 'Organization', { name: 'organization', at: { ...origin, end: origin.start + 1 }, extent: origin }, () => ({
      FeatureSet: textOf('ALL', origin),
      Id: id === undefined ? undefined : textOf(id, origin),
      RootId: ids.get('Root'),
      ManagementAccountId: set.management === undefined ? undefined : accountIdValue(set.folder, set.management, set.management.nameValue.origin),
      DeclaredInFull: textOf(String(!hasControlTower(set)), origin),
    })),
  ];
}

/** Control Tower attaches policies of its own, which no file of the set lists. */
function hasControlTower(set: LandingZone): boolean {
  const written = property(set.root('global-config.yaml'), 'controlTower');
  if (written === undefined || written.kind === 'absent') return false;
  return knownText(property(written, 'enable')) !== 'false';
}

function unitIds(root: Value | undefined): ReadonlyMap<string, Value> {
  const ids = new Map<string, Value>();
  for (const item of itemsOf(property(root, 'organizationalUnitIds'))) {
    const name = knownText(property(item, 'name'));
    const id = property(item, 'id');
    if (name !== undefined && id !== undefined) ids.set(name, id);
  }
  return ids;
}

/** Units by their path. The units above a path exist too, and those that only an account names. */
function unitsOf(set: LandingZone): ReadonlyMap<string, Resource> {
  const root = set.root('organization-config.yaml');
  const scope = organizationScope(set.folder);
  const ids = unitIds(root);
  const units = new Map<string, Resource>();
  const add = (path: string, place: ResourcePlace): void => {
    if (path === '' || path === 'Root' || units.has(path)) return;
    const above = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : undefined;
    const parent = above === undefined ? referenceTo(scope, 'Organization', place.at, 'RootId') : referenceTo(scope, `OrganizationalUnit/${above}`, place.at);
    const resource = resourceOf('AWS::Organizations::OrganizationalUnit', `OrganizationalUnit/${path}`, { ...place, name: path }, () => ({
      Name: textOf(path.slice(path.lastIndexOf('/') + 1), place.at),
      ParentId: parent,
      Id: ids.get(path),
    }));
    units.set(path, resource);
    if (above !== undefined) add(above, place);
  };
  const declared = itemsOf(property(root, 'organizationalUnits')).flatMap((unit) => ({ unit, name: property(unit, 'name') }));
  // Declared units first, so that each stands where it is declared rather than where a deeper one implies it.
  const written = declared.flatMap(({ unit, name }) => (name === undefined ? [] : [{ path: labelOf(name)?.trim() ?? '', place: { name: '', at: name.origin, extent: unit.origin } }]));
  for (const { path, place } of written.toSorted((left, right) => left.path.length - right.path.length)) add(path, place);
  for (const account of set.accounts ?? []) {
    const unit = property(account.value, 'organizationalUnit');
    if (unit !== undefined) add(account.unit ?? '', { name: '', at: unit.origin, extent: account.value.origin });
  }
  return units;
}

function accountResources(set: LandingZone): readonly Resource[] {
  return (set.accounts ?? []).map((account) => {
    const at = account.nameValue.origin;
    const unit = property(account.value, 'organizationalUnit');
    return resourceOf('AWS::Organizations::Account', `Account/${account.name}`, { name: account.name, at, extent: account.value.origin }, () => ({
      AccountName: account.nameValue,
      Email: property(account.value, 'email'),
      AccountId: accountIdValue(set.folder, account, account.idValue?.origin ?? at),
      ParentIds: listOf(at, [unit === undefined ? unknownOf('variable-without-value', `${set.folder}#unit of ${account.name}`, at) : targetReference(set, 'unit', unit)]),
      // The tool's own setting names the role; without it the name is not known.
      RoleName: property(set.root('global-config.yaml'), 'managementAccountAccessRole') ?? unknownOf('missing-file', `${set.folder}#managementAccountAccessRole`, at, 'atom'),
    }));
  });
}

/** Settings that hand a service's administration to an account: file, section, switch. Source: Landing Zone Accelerator, SecurityConfig and IamConfig. */
const DELEGATIONS = [
  ['security-config.yaml', 'centralSecurityServices', 'guardduty', 'guardduty.amazonaws.com'],
  ['security-config.yaml', 'centralSecurityServices', 'securityHub', 'securityhub.amazonaws.com'],
  ['security-config.yaml', 'centralSecurityServices', 'macie', 'macie.amazonaws.com'],
  ['iam-config.yaml', 'identityCenter', undefined, 'sso.amazonaws.com'],
] as const;

function delegatedAdministrators(set: LandingZone): readonly Resource[] {
  return DELEGATIONS.flatMap(([file, section, feature, service]) => {
    const settings = property(set.root(file), section);
    const name = property(settings, 'delegatedAdminAccount');
    const text = knownText(name);
    const enabled = feature === undefined || knownText(property(property(settings, feature), 'enable')) === 'true';
    if (name === undefined || text === undefined || !enabled) return [];
    const account = set.accounts?.find((candidate) => candidate.name === text);
    const id = account === undefined ? unknownOf('missing-file', `${set.folder}#id of account ${text}`, name.origin, 'atom') : accountIdValue(set.folder, account, name.origin);
    return [
      resourceOf('organization:delegated-administrator', `DelegatedAdministrator/${service}`, { name: `${service} in ${text}`, at: name.origin, extent: name.origin }, () => ({
        AccountId: id,
        ServicePrincipal: textOf(service, name.origin),
      })),
    ];
  });
}
