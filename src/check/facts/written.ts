import type { Text } from '../../iam/policy-document.ts';

/**
 * Does an ARN or action stand in the input, or was it made of something else (a policy template's name, a property that
 * stands for a whole policy)? What a person did not write is not theirs to spell. Both have a colon wherever they are written,
 * in pieces too; a place that is not looked up yet counts as written.
 */
export function isWritten({ text, origin }: Text): boolean {
  if (origin.pointer !== undefined || !text.includes(':')) return true;
  return origin.source.text.slice(origin.start, origin.end).includes(':');
}
