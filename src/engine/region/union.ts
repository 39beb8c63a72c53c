import { type Glob, EXCEPT_NONE, globOf } from './glob.ts';
import { accepts, covers, relaxed } from './glob-relations.ts';

/**
 * A set of texts: what any of its globs takes. `sure` are those that are there in every deployment; where a set is
 * subtracted, only they count, so that what remains is never too small.
 */
export interface Union {
  readonly id: number;
  readonly globs: readonly Glob[];
  readonly sure: readonly Glob[];
  readonly sureKeys: ReadonlySet<string>;
  /** The texts, when the union is a plain list. */
  readonly literals: ReadonlySet<string> | undefined;
  readonly hasLetters: boolean;
  /** Takes every text. */
  readonly everything: boolean;
}

/** Interns unions, so that equal ones are one object and sets of them can be compared by id. */
export class UnionTable {
  readonly #known = new Map<string, Union>();
  readonly #relaxed = new Map<number, Union>();

  /** The union of globs; those that another one covers are left out. */
  of(globs: readonly Glob[], perhaps: readonly Glob[] = []): Union {
    const sure = withoutCovered(globs);
    const all = perhaps.length === 0 ? sure : withoutCovered([...globs, ...perhaps]);
    const key = `${sure.map((glob) => glob.key).sort().join('\u0006')}\u0007${perhaps.length === 0 ? '' : all.map((glob) => glob.key).sort().join('\u0006')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made: Union = {
      id: this.#known.size,
      globs: all,
      sure,
      sureKeys: new Set(sure.map((glob) => glob.key)),
      literals: literalsOf(all),
      hasLetters: all.some((glob) => glob.hasLetters),
      everything: sure.some((glob) => glob.key === EVERYTHING.key),
    };
    this.#known.set(key, made);
    return made;
  }

  /** The union with its letters standing for any text. */
  relaxed(union: Union): Union {
    if (!union.hasLetters) return union;
    const known = this.#relaxed.get(union.id);
    if (known !== undefined) return known;
    const made = this.of(union.globs.map(relaxed));
    this.#relaxed.set(union.id, made);
    return made;
  }
}

/** Takes every text. */
export const EVERYTHING: Glob = globOf([{ kind: 'loop', except: EXCEPT_NONE }]);

function literalsOf(globs: readonly Glob[]): ReadonlySet<string> | undefined {
  const texts = new Set<string>();
  for (const glob of globs) {
    if (glob.literal === undefined) return undefined;
    texts.add(glob.literal);
  }
  return texts;
}

/** A list this long is kept as it is: comparing all pairs would cost more than it saves. */
const MAX_PAIRS = 16;

function withoutCovered(globs: readonly Glob[]): readonly Glob[] {
  const distinct = [...new Map(globs.map((glob) => [glob.key, glob])).values()];
  if (distinct.length > MAX_PAIRS) return distinct;
  const wild = distinct.filter((glob) => glob.literal === undefined);
  if (wild.length === 0) return distinct;
  return distinct.filter((glob) => !wild.some((other) => other !== glob && covers(other, glob) && !(covers(glob, other) && distinct.indexOf(other) > distinct.indexOf(glob))));
}

/** Does the union take a text without letters? `sureOnly` asks only for what is there in every deployment. */
export function unionAccepts(union: Union, text: string, sureOnly: boolean): boolean {
  if (union.everything) return true;
  if (!sureOnly && union.literals !== undefined) return union.literals.has(text);
  return (sureOnly ? union.sure : union.globs).some((glob) => accepts(glob, text));
}
