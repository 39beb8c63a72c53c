import { conditionKeyInfo } from '../../data/condition-keys.ts';
import { outline } from './outline.ts';

export type VariableFault = 'missing-brace' | 'missing-quote' | 'space' | 'empty' | 'unknown';

/** A policy variable of a text, e.g. `${aws:username}`. */
export interface PolicyVariable {
  readonly text: string;
  readonly name: string;
  readonly fault: VariableFault | undefined;
}

/**
 * The policy variables of a text. Escapes (`${*}`, `${?}`, `${$}`) are none.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export function variablesOf(text: string): readonly PolicyVariable[] {
  const literal = outline(text);
  const found: PolicyVariable[] = [];
  for (let open = literal.indexOf('${'); open !== -1 && found.length < MOST_VARIABLES; open = literal.indexOf('${', open + 2)) {
    const close = literal.indexOf('}', open);
    const body = close === -1 ? literal.slice(open + 2) : literal.slice(open + 2, close);
    if (body === '*' || body === '?' || body === '$') continue;
    found.push({ text: close === -1 ? literal.slice(open) : literal.slice(open, close + 1), name: nameOf(body), fault: close === -1 ? 'missing-brace' : faultOf(body) });
  }
  return found;
}

/** No policy that AWS takes holds more in one text. */
const MOST_VARIABLES = 100;

/** Does the text use a policy variable? */
export function usesVariable(text: string): boolean {
  return text.includes('${') && variablesOf(text).some((variable) => variable.name.includes(':'));
}

function nameOf(body: string): string {
  return (body.split(',')[0] ?? '').trim();
}

function faultOf(body: string): VariableFault | undefined {
  const comma = body.indexOf(',');
  const name = comma === -1 ? body : body.slice(0, comma);
  if (name.trim() === '') return 'empty';
  if (/\s/.test(name.trimEnd())) return 'space';
  if (comma !== -1 && !/^\s*'[^']*'\s*$/.test(body.slice(comma + 1))) return 'missing-quote';
  return name.includes('\uFFFC') || isVariableKey(name.trim()) ? undefined : 'unknown';
}

/** A variable is a condition key; tag keys stand with any tag name. */
function isVariableKey(name: string): boolean {
  return conditionKeyInfo(name) !== undefined || /^(ec2|iot|transfer|saml|redshift|cognito-identity\.amazonaws\.com|graph\.facebook\.com|www\.amazon\.com|accounts\.google\.com):/i.test(name);
}
