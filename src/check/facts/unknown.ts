import type { Gap } from '../../iam/policy-document.ts';
import { displayText, holeReasons } from '../../iam/token.ts';

/** Says that a text is not known and why, e.g. "`${Bucket}` is not known (parameter-without-default)". */
export function whyUnknown(text: string): string {
  const reasons = [...new Set(holeReasons(text))];
  return `\`${displayText(text)}\` is not known${reasons.length === 0 ? '' : ` (${reasons.join(', ')})`}`;
}

/** Says that an element could not be read and why. */
export function whyGap(gap: Gap): string {
  return `\`${gap.element}\` is \`${gapName(gap)}\`, which is not known (${gap.reason})`;
}

/** What is unknown as a person calls it, without the file it is scoped by. */
export function gapName(gap: Gap): string {
  return displayText(gap.name.slice(gap.name.lastIndexOf('#') + 1));
}
