import { hasHole, partsOf } from '../../iam/token.ts';

/** Stands for a hole in an outline; no wildcard, separator or word character. */
const HOLE = '\uFFFC';

/** A text with each hole as one neutral character, so that names inside holes are never mistaken for wildcards or colons. */
export function outline(text: string): string {
  if (!hasHole(text)) return text;
  return partsOf(text)
    .map((part) => (typeof part === 'string' ? part : HOLE))
    .join('');
}

/** Does the literal part of a text hold `*` or `?`? */
export function hasWildcard(text: string): boolean {
  const literal = outline(text);
  return literal.includes('*') || literal.includes('?');
}

/** Is the text nothing but one hole of a value that is not known at all (a parameter, an unbound reference)? */
export function isWhollyOpen(text: string): boolean {
  const [first, second] = partsOf(text);
  return second === undefined && typeof first === 'object' && (first.mark === '?' || first.mark === '=');
}

/** Does the text begin with a value that is not known at all? */
export function startsOpen(text: string): boolean {
  if (!hasHole(text)) return false;
  const [first] = partsOf(text);
  return typeof first === 'object' && (first.mark === '?' || first.mark === '=');
}

/** Is the text one generated attribute that is an ARN, such as `.arn` of a resource whose name the deployment makes up? */
export function isGeneratedArn(text: string): boolean {
  const [first, second] = partsOf(text);
  return second === undefined && typeof first === 'object' && first.mark === '~' && /(?:\barn|Arn)$/.test(first.name);
}
