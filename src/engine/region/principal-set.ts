import { type GlobPart, EXCEPT_COLON, EXCEPT_NONE, EXCEPT_SEPARATOR, EXCEPT_SLASH, SEPARATOR, charUnits, globOf } from './glob.ts';
import { ALL_TEXTS, restrictText, type TextOracle, type TextSet } from './text-set.ts';
import type { Union } from './union.ts';

/**
 * The kinds of caller. Within a kind one text names the caller: its ARN, its name, or for a role the role's ARN and the
 * session's name with a separator between them.
 */
export const CALLER_CLASSES = ['user', 'role', 'federated-user', 'root', 'service', 'federated', 'canonical', 'anonymous'] as const;
export type CallerClass = (typeof CALLER_CLASSES)[number];

/** Callers from an AWS account. */
export const ACCOUNT_CLASSES: ReadonlySet<CallerClass> = new Set<CallerClass>(['user', 'role', 'federated-user', 'root']);

/** Callers by kind; a kind that is missing has none. */
export type PrincipalSet = ReadonlyMap<CallerClass, TextSet>;

/** All callers of a kind, none, or those whose text a union takes (or does not take). */
export type ClassConstraint = 'all' | 'none' | { readonly union: Union; readonly sign: boolean };

/** One constraint on the caller; a kind that is missing has none. */
export type PrincipalAtom = ReadonlyMap<CallerClass, ClassConstraint>;

export function allCallers(classes: Iterable<CallerClass>): PrincipalSet {
  return new Map([...classes].map((kind) => [kind, ALL_TEXTS]));
}

export function complementPrincipal(atom: PrincipalAtom): PrincipalAtom {
  return new Map(
    CALLER_CLASSES.map((kind): [CallerClass, ClassConstraint] => {
      const own = atom.get(kind) ?? 'none';
      return [kind, own === 'all' ? 'none' : own === 'none' ? 'all' : { union: own.union, sign: !own.sign }];
    }),
  );
}

/** The callers that satisfy a constraint; kinds that surely hold nobody are dropped. */
export function restrictPrincipal(set: PrincipalSet, atom: PrincipalAtom, oracle: TextOracle): PrincipalSet {
  const result = new Map<CallerClass, TextSet>();
  for (const [kind, texts] of set) {
    const own = atom.get(kind) ?? 'none';
    if (own === 'none') continue;
    if (own === 'all') {
      result.set(kind, texts);
      continue;
    }
    const restricted = restrictText(withShape(texts, kind, oracle), own.union, own.sign);
    if (!oracle.isEmpty(restricted)) result.set(kind, restricted);
  }
  return result;
}

/** Only texts that can name a caller of the kind; asked for only once a kind is constrained at all. */
function withShape(texts: TextSet, kind: CallerClass, oracle: TextOracle): TextSet {
  if (texts !== ALL_TEXTS) return texts;
  const shape = SHAPES.get(kind);
  return shape === undefined ? texts : restrictText(texts, oracle.unions.of(shape.map(globOf)), true);
}

const text = (value: string): readonly GlobPart[] => charUnits(value);
const loop = (except: number): GlobPart => ({ kind: 'loop', except });
const one = (except: number): GlobPart => ({ kind: 'one', except });
const NAME_EXCEPT = EXCEPT_COLON | EXCEPT_SLASH | EXCEPT_SEPARATOR;
const PATH_EXCEPT = EXCEPT_COLON | EXCEPT_SEPARATOR;
const ACCOUNT: readonly GlobPart[] = Array.from({ length: 12 }, () => ({ kind: 'digit' }));
const NAME: readonly GlobPart[] = [one(NAME_EXCEPT), loop(NAME_EXCEPT)];

function arn(service: string, rest: readonly GlobPart[]): readonly GlobPart[] {
  return [...text('arn:aws'), loop(NAME_EXCEPT), ...text(`:${service}::`), ...ACCOUNT, ...text(':'), ...rest];
}

/** Source: IAM User Guide, "IAM identifiers" and "AWS JSON policy elements: Principal". */
const SHAPES: ReadonlyMap<CallerClass, readonly (readonly GlobPart[])[]> = new Map([
  ['user', [arn('iam', [...text('user/'), ...NAME]), arn('iam', [...text('user/'), one(NAME_EXCEPT), loop(PATH_EXCEPT), ...text('/'), ...NAME])]],
  [
    'role',
    [
      arn('iam', [...text('role/'), ...NAME, ...text(SEPARATOR), ...NAME]),
      arn('iam', [...text('role/'), one(NAME_EXCEPT), loop(PATH_EXCEPT), ...text('/'), ...NAME, ...text(SEPARATOR), ...NAME]),
    ],
  ],
  ['federated-user', [arn('sts', [...text('federated-user/'), ...NAME])]],
  ['root', [arn('iam', text('root'))]],
  ['service', [[...NAME, ...text('.amazonaws.com')], [...NAME, ...text('.amazonaws.com.cn')]]],
  ['federated', [[one(EXCEPT_NONE), loop(EXCEPT_SEPARATOR)]]],
  ['canonical', [[one(EXCEPT_NONE), loop(NAME_EXCEPT)]]],
]);
