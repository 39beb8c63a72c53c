import { resourceTypesOfService } from '../../data/actions.ts';
import { type Arn, parseArn } from '../../iam/arn.ts';
import type { Text } from '../../iam/policy-document.ts';
import { HOLE_OPEN, hasOpenHole, isFixed } from '../../iam/token.ts';
import { hasWildcard, isGeneratedArn, outline, startsOpen } from './outline.ts';

/**
 * How many resources a resource string takes in:
 * `any` is `*`, `everything` equals it in other words (`arn:*`, `*:*`), `service` all of one service (`arn:aws:s3:::*`),
 * `type` all of one type (`arn:aws:iam::*:role/*`), `partial` has a wildcard beside literal text, `specific` has none.
 * A parameter inside an ARN counts as a name; a text that is one parameter is `unknown`.
 */
export type ResourceWidth = 'any' | 'everything' | 'service' | 'type' | 'partial' | 'specific' | 'malformed' | 'unknown';

/** One resource string, read once per run however often it occurs. */
export interface ResourcePattern {
  readonly text: string;
  readonly width: ResourceWidth;
  readonly arn: Arn | undefined;
  /** The account segment names one account (digits or a fixed hole), or the service's ARNs carry none. */
  readonly accountFixed: boolean;
}

/** A resource string at its place. */
export interface ResourceFact {
  readonly at: Text;
  readonly pattern: ResourcePattern;
}

/** Reads a resource string of a policy. `typeWords` gives the literal type words of a service's ARNs. */
export function readResourcePattern(text: string, typeWords: (service: string) => ReadonlySet<string>): ResourcePattern {
  const arn = parseArn(text);
  return { text, width: widthOf(text, arn, typeWords), arn, accountFixed: arn !== undefined && isFixedSegment(arn.account) };
}

function widthOf(text: string, arn: Arn | undefined, typeWords: (service: string) => ReadonlySet<string>): ResourceWidth {
  if (/^\*+$/.test(text)) return 'any';
  if (isBlank(text) || CUT_SHORT.test(text)) return 'everything';
  if (text.startsWith(HOLE_OPEN)) return startsOpen(text) ? 'unknown' : isGeneratedArn(text) ? 'specific' : 'malformed';
  if (arn === undefined) return brokenWidth(text);
  if (isBlank(arn.resource) && isBlank(arn.service)) return isWildOrEmpty(arn.region) && isWildOrEmpty(arn.account) ? 'everything' : 'service';
  if (isBlank(arn.resource)) return 'service';
  if (!hasWildcard(arn.resource) && !hasWildcard(arn.service)) return 'specific';
  const typed = /^([A-Za-z][\w-]*)[/:]([*?/:]+)$/.exec(outline(arn.resource));
  return typed !== null && typeWords(arn.service).has(typed[1] ?? '') ? 'type' : 'partial';
}

/** The beginning of every ARN, and a star for the rest. */
const CUT_SHORT = /^a(?:rn?|rn:)?\*+$/;

/** A text that is no ARN as it stands: cut short by a star, or with a parameter where its segments should be. */
function brokenWidth(text: string): ResourceWidth {
  // Functions of template dialects built on CloudFormation reach us as they are written.
  if (text.startsWith('Fn::')) return 'unknown';
  if (hasOpenHole(text)) return 'arn:'.startsWith(text.slice(0, Math.min(4, text.indexOf(HOLE_OPEN)))) ? 'unknown' : 'malformed';
  return /^arn:.*[*]$/.test(text) || /^[*?]/.test(text) ? shortArnWidth(text) : 'malformed';
}

/** `arn:aws:s3*` and `arn:*:s3:*` have fewer than six segments; a final star stands for the missing ones. */
function shortArnWidth(text: string): ResourceWidth {
  const segments = text.split(':');
  const wild = segments.slice(text.startsWith('arn') ? 2 : 1).every((segment) => isWildOrEmpty(segment));
  return wild ? 'everything' : 'partial';
}

/** Wildcards and separators only, so that every name matches. */
function isBlank(segment: string): boolean {
  return segment.includes('*') && /^[*?:/]+$/.test(segment);
}

function isWildOrEmpty(segment: string): boolean {
  return /^[*?]*$/.test(segment);
}

/** Is a segment one fixed word: not empty, without wildcard, and not an open parameter? */
export function isFixedSegment(segment: string): boolean {
  return segment !== '' && isFixed(segment) && !hasWildcard(segment);
}

/** The words that stand for types in a service's ARNs, e.g. `role`, `user` for `iam`; read from the ARN formats. */
export function typeWordsOf(service: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const type of resourceTypesOfService(service)) {
    for (const format of type.arns) {
      const word = /^([A-Za-z][\w-]*)[/:]/.exec(format.split(':').slice(5).join(':'));
      if (word?.[1] !== undefined) words.add(word[1]);
    }
  }
  return words;
}
