import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import type { Resource } from '../../frontend.ts';
import { labelOf, listOf, resourceOf, textOf } from '../values.ts';
import type { LandingZone } from './set.ts';
import { isEnabled, targetReference } from './targets.ts';

/** Lists of `organization-config.yaml` and the policy type that each holds. Source: Landing Zone Accelerator, OrganizationConfig. */
const LISTS = [
  ['serviceControlPolicies', 'SERVICE_CONTROL_POLICY'],
  ['resourceControlPolicies', 'RESOURCE_CONTROL_POLICY'],
  ['declarativePolicies', 'DECLARATIVE_POLICY_EC2'],
  ['taggingPolicies', 'TAG_POLICY'],
  ['backupPolicies', 'BACKUP_POLICY'],
  ['chatbotPolicies', 'CHATBOT_POLICY'],
] as const;

/** The policies a set creates and attaches, of every type. */
export function controlPolicies(set: LandingZone): readonly Resource[] {
  const root = set.root('organization-config.yaml');
  if (root === undefined || !isEnabled(set)) return [];
  return LISTS.flatMap(([list, type]) =>
    itemsOf(property(root, list)).flatMap((item) => {
      const name = property(item, 'name');
      if (name === undefined) return [];
      return [policyResource(set, item, name, type), ...(type === 'SERVICE_CONTROL_POLICY' ? fullAccess(set, item, name) : [])];
    }),
  );
}

function policyResource(set: LandingZone, item: Value, name: Value, type: string): Resource {
  const text = labelOf(name) ?? 'policy';
  return resourceOf('AWS::Organizations::Policy', `Policy/${type}/${text}`, { name: text, at: name.origin, extent: item.origin }, () => {
    const path = property(item, 'policy');
    const isControl = type === 'SERVICE_CONTROL_POLICY' || type === 'RESOURCE_CONTROL_POLICY';
    return {
      Name: name,
      Type: textOf(type, name.origin),
      Content: path === undefined || !isControl ? undefined : set.document(path, set.management),
      TargetIds: listOf(item.origin, targetsOf(set, item)),
    };
  });
}

/** Policies hang on the units and accounts themselves; accounts cannot be excluded from them. */
function targetsOf(set: LandingZone, item: Value): readonly Value[] {
  const targets = property(item, 'deploymentTargets');
  return [
    ...itemsOf(property(targets, 'organizationalUnits')).map((unit) => targetReference(set, 'unit', unit)),
    ...itemsOf(property(targets, 'accounts')).map((account) => targetReference(set, 'account', account)),
  ];
}

/**
 * The strategy `allow-list` takes the policy that allows everything off the targets, `deny-list` puts it back. With both on one
 * target the outcome depends on the order of deployment.
 */
function fullAccess(set: LandingZone, item: Value, name: Value): readonly Resource[] {
  const strategy = property(item, 'strategy');
  const text = knownText(strategy);
  if (strategy === undefined || (text !== 'allow-list' && text !== 'deny-list')) return [];
  return targetsOf(set, item).map((target, index) =>
    resourceOf('organization:full-access', `FullAccess/${labelOf(name) ?? ''}/${index}`, { name: labelOf(name) ?? '', at: strategy.origin, extent: strategy.origin }, () => ({
      TargetId: target,
      Attached: textOf(String(text === 'deny-list'), strategy.origin),
    })),
  );
}
