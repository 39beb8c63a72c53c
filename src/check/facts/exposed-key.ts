import type { Origin } from '../../core/source.ts';
import type { Reference, Value } from '../../core/value.ts';
import type { PermissionModel } from '../../model/model.ts';

/** Attributes of an access key that are its secret, in both dialects. */
const SECRETS: ReadonlySet<string> = new Set(['SecretAccessKey', 'secret', 'ses_smtp_password_v4']);

/** The access key whose secret a value holds, when it does. */
export function exposedKeyOf(value: Value, model: PermissionModel): { readonly key: string; readonly origin: Origin } | undefined {
  switch (value.kind) {
    case 'reference':
      return SECRETS.has(value.attribute) && isAccessKey(value, model) ? { key: value.address, origin: value.origin } : undefined;
    case 'concat':
      for (const part of value.parts) {
        const found = exposedKeyOf(part, model);
        if (found !== undefined) return found;
      }
      return undefined;
    case 'choice':
      for (const option of value.options) {
        const found = exposedKeyOf(option.value, model);
        if (found !== undefined) return found;
      }
      return undefined;
    default:
      return undefined;
  }
}

function isAccessKey(reference: Reference, model: PermissionModel): boolean {
  return model.credentials.some(({ declaration }) => declaration.credential === 'access-key' && declaration.from.address === reference.address && declaration.from.scope.id === reference.scope);
}
