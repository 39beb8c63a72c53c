import type { Origin } from '../../core/source.ts';
import type { Value } from '../../core/value.ts';

/** A secret in free text: what it looks like, never what it is. */
export interface SecretPlace {
  readonly what: string;
  readonly origin: Origin;
}

/** Marks of secrets other than AWS access keys, which have a rule of their own. Each is the documented form of its issuer. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----/, 'a private key'],
  [/(?<![A-Za-z0-9_])gh[pousr]_[A-Za-z0-9]{36,}/, 'a GitHub token'],
  [/(?<![A-Za-z0-9])xox[abprs]-[A-Za-z0-9-]{10,}/, 'a Slack token'],
  [/(?<![A-Za-z0-9])sk_live_[A-Za-z0-9]{20,}/, 'a Stripe key'],
  [/aws_secret_access_key["']?\s*[:=]\s*["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/i, 'an AWS secret key'],
];

const LONGEST = 1_000_000;

/** Secrets in a value, by their marks. */
export function secretPlaces(value: Value): readonly SecretPlace[] {
  switch (value.kind) {
    case 'scalar': {
      if (value.text.length > LONGEST || value.text.includes('EXAMPLEKEY')) return [];
      const found = FORMS.find(([form]) => form.test(value.text));
      return found === undefined ? [] : [{ what: found[1], origin: value.origin }];
    }
    case 'concat':
      return value.parts.flatMap(secretPlaces);
    case 'choice':
      return value.options.flatMap((option) => secretPlaces(option.value));
    default:
      return [];
  }
}
