import type { Watch } from './facts/statement.ts';
import type { RuleContext } from './rule.ts';

/** Enough for large estates; past it, statements of new shapes are judged like the first ones. */
const MOST_SHAPES = 20_000;

/**
 * Remembers which rules had nothing to say of a shape of statement, and leaves them out at the next statement of that shape:
 * estates repeat a few statements over and over.
 * INVARIANT: a rule is left out only when it found nothing although it looked at nothing beyond the statement's shape, which
 * the facts and the context record in `watch`. (Findings are always made anew: they speak of places and names.)
 */
export class SilentRules<Ready> {
  readonly #watch: Watch;
  readonly #speaking = new Map<string, readonly Ready[]>();

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  /** Applies the rules to a statement of a shape, `isSilent` to each; gives the rules that were applied. */
  apply(shape: string | undefined, applicable: () => readonly Ready[], isSilent: (rule: Ready) => boolean): readonly Ready[] {
    const known = shape === undefined ? undefined : this.#speaking.get(shape);
    if (known !== undefined) {
      for (const rule of known) isSilent(rule);
      return known;
    }
    const rules = applicable();
    const speaking: Ready[] = [];
    for (const rule of rules) {
      this.#watch.beyond = false;
      if (!isSilent(rule) || this.#watch.beyond) speaking.push(rule);
    }
    if (shape !== undefined && this.#speaking.size < MOST_SHAPES) this.#speaking.set(shape, speaking);
    return rules;
  }
}

/** A context that records when a rule looks at the model. */
export function watched(context: RuleContext, watch: Watch): RuleContext {
  const beyond = <T>(value: T): T => {
    watch.beyond = true;
    return value;
  };
  return {
    options: context.options,
    get model() {
      return beyond(context.model);
    },
    get facts() {
      return beyond(context.facts);
    },
    get analysis() {
      watch.beyond = true;
      return context.analysis;
    },
  };
}
