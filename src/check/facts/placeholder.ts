import type { Text } from '../../iam/policy-document.ts';
import { outline } from './outline.ts';
import { variablesOf } from './variables.ts';

/** A stretch of a text that is meant to be replaced before the policy is used. */
export interface Placeholder {
  readonly text: string;
  readonly at: Text;
}

/**
 * Placeholders that nobody replaced: `${BucketName}` and `${AWS::Region}` as plain text, and the words of documentation and of
 * text templates (`<account>`, `{{region}}`, `ACCOUNT_ID`).
 */
export function placeholdersOf(at: Text): readonly Placeholder[] {
  const { text } = at;
  const variables = text.includes('${') ? variablesOf(text).filter(({ name }) => !name.includes(':') || name.startsWith('AWS::')) : [];
  const word = variables.length > 0 ? undefined : placeholderWord(text);
  return [...variables.map((variable) => ({ text: variable.text, at })), ...(word === undefined ? [] : [{ text: word, at }])];
}

/** Brackets that no ARN, address or id holds, around words. */
const BRACKETED = /<[\w .-]{2,60}>|\{\{[\w .-]{1,60}\}\}|\[[A-Z][A-Z_-]{2,60}\]/;

/** Shouted words where an ARN has its region or account, or where a value stands alone. */
const SHOUTED = /^(?:[A-Z]+(?:_[A-Z]+)+|REGION|ACCOUNT|ACCOUNTID|ACCOUNT-ID)$/;

/** The first stretch of a text that is written to be replaced; `undefined` when there is none. */
export function placeholderWord(text: string): string | undefined {
  const bracketed = BRACKETED.exec(text);
  if (bracketed !== null) return bracketed[0];
  if (!text.startsWith('arn:')) return undefined;
  return outline(text).split(':').slice(3, 5).find((segment) => SHOUTED.test(segment));
}
