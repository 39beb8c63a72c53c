/** The files of a Landing Zone Accelerator configuration that say something of access. */
export const CONFIGURATION_FILES = ['organization-config.yaml', 'accounts-config.yaml', 'iam-config.yaml', 'global-config.yaml', 'security-config.yaml', 'replacements-config.yaml'] as const;
export type ConfigurationFile = (typeof CONFIGURATION_FILES)[number];

/** Scope of what a set says of the organization itself. */
export function organizationScope(folder: string): string {
  return `${folder}organization-config.yaml`;
}

export function identityCenterScope(folder: string): string {
  return `${folder}iam-config.yaml@identity-center`;
}

/** Scope of what a set deploys to one account. */
export function accountScope(folder: string, account: string): string {
  return `${folder}iam-config.yaml@${account}`;
}
