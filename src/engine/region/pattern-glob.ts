import type { Pattern, PatternToken } from '../../iam/wildcard.ts';
import { type Glob, type GlobPart, type Letter, type Unit, EXCEPT_COLON, EXCEPT_NONE, charUnits, globOf } from './glob.ts';
import { foldCode } from './glob-relations.ts';

/** Values taken for policy variables: text, or `null` for a variable without value. Variables not in it stay letters. */
export type Assignment = ReadonlyMap<string, string | null>;

export const NO_ASSIGNMENT: Assignment = new Map();

/** Numbers the letters of one comparison. */
export class LetterTable {
  readonly #letters = new Map<string, Letter>();

  /** The letter of a hole or variable; the same one for the same name. */
  letter(source: Letter['source'], word: boolean): Letter {
    const name = source.kind === 'hole' ? `${source.mark}${source.name}` : `$${source.key}\u0000${source.fallback ?? '\u0001'}`;
    const known = this.#letters.get(name);
    if (known !== undefined) return known;
    const made: Letter = { id: this.#letters.size, word, source };
    this.#letters.set(name, made);
    return made;
  }

  get all(): readonly Letter[] {
    return [...this.#letters.values()];
  }
}

/**
 * Turns a policy pattern into a glob; `undefined` when an assigned variable has no value, for such a pattern matches nothing.
 */
export function globOfPattern(pattern: Pattern, letters: LetterTable, assignment: Assignment, fold = false): Glob | undefined {
  const parts: GlobPart[] = [];
  for (const token of pattern.tokens) {
    const made = partsOfToken(token, letters, assignment, fold);
    if (made === undefined) return undefined;
    parts.push(...made);
  }
  return globOf(parts);
}

function partsOfToken(token: PatternToken, letters: LetterTable, assignment: Assignment, fold: boolean): readonly GlobPart[] | undefined {
  switch (token.kind) {
    case 'text':
      return textUnits(token.text, fold);
    case 'any':
      return [{ kind: 'loop', except: token.within ? EXCEPT_COLON : EXCEPT_NONE }];
    case 'one':
      return [{ kind: 'one', except: token.within ? EXCEPT_COLON : EXCEPT_NONE }];
    case 'hole':
      return [{ kind: 'letter', letter: letters.letter({ kind: 'hole', mark: token.mark, name: token.name }, token.mark === '@' || token.mark === '~') }];
    case 'variable': {
      const value = assignment.get(token.key);
      if (value === undefined) return [{ kind: 'letter', letter: letters.letter({ kind: 'variable', key: token.key, fallback: token.fallback }, false) }];
      const text = value ?? token.fallback;
      return text === undefined ? undefined : textUnits(text, fold);
    }
  }
}

function textUnits(text: string, fold: boolean): readonly Unit[] {
  return fold ? charUnits(text).map((unit): Unit => (unit.kind === 'char' ? { kind: 'fold', code: foldCode(unit.code) } : unit)) : charUnits(text);
}
