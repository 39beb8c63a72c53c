/** Three-valued truth. Never coerce it to boolean without saying in a comment which way the code errs. */
export type Verdict = 'yes' | 'no' | 'unknown';

export function verdictOf(known: boolean): Verdict {
  return known ? 'yes' : 'no';
}

export function not(verdict: Verdict): Verdict {
  return verdict === 'yes' ? 'no' : verdict === 'no' ? 'yes' : 'unknown';
}

/** Yes when all are yes, no when one is no. */
export function and(...verdicts: readonly Verdict[]): Verdict {
  let result: Verdict = 'yes';
  for (const verdict of verdicts) {
    if (verdict === 'no') return 'no';
    if (verdict === 'unknown') result = 'unknown';
  }
  return result;
}

/** Yes when one is yes, no when all are no. */
export function or(...verdicts: readonly Verdict[]): Verdict {
  let result: Verdict = 'no';
  for (const verdict of verdicts) {
    if (verdict === 'yes') return 'yes';
    if (verdict === 'unknown') result = 'unknown';
  }
  return result;
}
