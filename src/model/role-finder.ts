import type { BindingDeclaration, Declaration } from '../extract/declaration.ts';
import { parseArn } from '../iam/arn.ts';
import { accountText } from '../iam/deployment.ts';
import type { Binder } from './bind.ts';
import type { Directory } from './directory.ts';
import type { Binding, Entity } from './model.ts';

/**
 * Links resources to the roles they run as. A property names a role by ARN or name, or an instance profile, which then holds the
 * role. Source: IAM User Guide, "Use instance profiles".
 */
export function linkBindings(declarations: readonly Declaration[], binder: Binder, directory: Directory): readonly Binding[] {
  const bindings = declarations.filter((declaration) => declaration.kind === 'binding');
  const profiles = new Map<string, Entity>();
  for (const declaration of bindings) {
    const holder = directory.entities.get(keyOf(declaration));
    if (holder?.entity !== 'instance-profile') continue;
    const role = roleNamed(declaration, binder, directory);
    if (role !== undefined) profiles.set(holder.id, role);
  }
  return bindings.map((declaration) => ({
    declaration,
    role: roleNamed(declaration, binder, directory) ?? roleOfProfile(declaration, binder, directory, profiles),
    roleText: binder.bind(declaration.role.text),
    resource: directory.entities.get(keyOf(declaration)),
  }));
}

function roleNamed(declaration: BindingDeclaration, binder: Binder, directory: Directory): Entity | undefined {
  const text = binder.bind(declaration.role.text);
  if (isProfile(declaration.holds) && parseArn(text)?.resource.startsWith('role/') !== true) return undefined;
  return directory.find('role', text, homeOf(declaration, binder));
}

/** Some properties that ask for a role's ARN take an instance profile's as well. */
function roleOfProfile(declaration: BindingDeclaration, binder: Binder, directory: Directory, profiles: ReadonlyMap<string, Entity>): Entity | undefined {
  const text = binder.bind(declaration.role.text);
  if (!isProfile(declaration.holds) && parseArn(text)?.resource.startsWith('instance-profile/') !== true) return undefined;
  const profile = directory.find('instance-profile', text, homeOf(declaration, binder));
  return profile === undefined ? undefined : profiles.get(profile.id);
}

function isProfile(holds: BindingDeclaration['holds']): boolean {
  return holds.startsWith('instance-profile');
}

function homeOf(declaration: BindingDeclaration, binder: Binder): string {
  return binder.bind(accountText(declaration.from.scope.id, declaration.from.account));
}

function keyOf(declaration: Pick<Declaration, 'from'>): string {
  return `${declaration.from.scope.id}#${declaration.from.address}`;
}
