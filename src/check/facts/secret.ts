import type { Origin } from '../../core/source.ts';
import type { Value } from '../../core/value.ts';

/** How a secret is given away, in words that follow its name. */
export interface SecretForm {
  readonly words: string;
  readonly origin: Origin;
}

/**
 * Is a secret written where others can read it: as plain text, or as a parameter whose value is not hidden?
 * Dynamic references to secret stores, hidden parameters and values of other resources are not. The secret itself is never given out.
 */
export function secretForm(value: Value): SecretForm | undefined {
  switch (value.kind) {
    case 'scalar':
      if (value.text === '' || isDynamicReference(value.text)) return undefined;
      return { words: (value.origin.via?.length ?? 0) > 0 ? 'is the default of a parameter' : 'is written in plain text', origin: value.origin };
    case 'concat':
      return value.parts.every((part) => part.kind === 'scalar') ? { words: 'is written in plain text', origin: value.origin } : undefined;
    case 'choice':
      for (const option of value.options) {
        const form = secretForm(option.value);
        if (form !== undefined) return form;
      }
      return undefined;
    case 'unknown':
      return value.reason === 'parameter-without-default' ? { words: 'comes from a parameter without `NoEcho`', origin: value.origin } : undefined;
    default:
      return undefined;
  }
}

/** Source: CloudFormation User Guide, "Using dynamic references"; plain `ssm` parameters are readable by many. */
function isDynamicReference(text: string): boolean {
  return /\{\{resolve:(secretsmanager|ssm-secure):/.test(text);
}
