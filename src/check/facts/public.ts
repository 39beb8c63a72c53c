import type { Setting } from '../../model/model.ts';
import { ActionSet } from './action.ts';
import type { StatementFacts } from './statement.ts';

const INVOKE_URL = new ActionSet(['lambda:InvokeFunctionUrl']);

/**
 * A grant that belongs to a function URL without authentication. Where the URL itself is declared in the same template, the
 * choice was made there and is reported there.
 */
export function isFunctionUrlGrant(facts: StatementFacts): 'declared-there' | 'grant' | undefined {
  const forUrl = facts.matching(INVOKE_URL).names.length > 0 && facts.actions.every(({ pattern }) => pattern.width === 'exact');
  const viaUrl = facts.conditions.some((condition) => condition.key === 'lambda:invokedviafunctionurl' || condition.key === 'lambda:functionurlauthtype');
  if (!forUrl && !viaUrl) return undefined;
  const { settings } = facts.model.model;
  return settings.some((setting) => setting.declaration.from.scope.id === facts.policy.from.scope.id && /(AuthType|authorization_type)$/.test(setting.declaration.setting) && setting.declaration.bad.includes(setting.declaration.value.text)) ? 'declared-there' : 'grant';
}

/** Is the bucket's public access block on, so that S3 ignores what its policy gives to the public? Source: S3 User Guide, "Block public access settings". */
export function blocksPublicPolicy(facts: StatementFacts): boolean {
  const owners = new Set(facts.policy.owners.map((owner) => owner.id));
  return owners.size > 0 && facts.model.model.settings.some((setting) => setting.resource !== undefined && owners.has(setting.resource.id) && restrictsPublicBuckets(setting));
}

function restrictsPublicBuckets({ declaration }: Setting): boolean {
  return /(RestrictPublicBuckets|restrict_public_buckets)$/.test(declaration.setting) && declaration.value.text === 'true' && declaration.value.when === undefined;
}
