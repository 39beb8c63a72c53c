import { createHash } from 'node:crypto';
import type { ShapedFinding } from './order.ts';
import { repositoryPath } from './place.ts';

/** A separator that occurs in no path, rule id or resource name. */
const SEPARATOR = '\u0000';

/**
 * One stable mark per finding, in order: what the finding is about, then how many equal ones came before it, e.g. `9f2c…:1`.
 * Line numbers are left out, so that a line added above changes no mark. A cryptographic hash, because a baseline trusts it:
 * nobody can write a new fault that passes for a known one.
 */
export function fingerprints(sorted: readonly ShapedFinding[], prefix: string): string[] {
  const counts = new Map<string, number>();
  return sorted.map((finding) => {
    const mark = createHash('sha256')
      .update([repositoryPath(prefix, finding.file), finding.ruleId, finding.resource ?? '', finding.value].join(SEPARATOR))
      .digest('hex')
      .slice(0, 32);
    const count = (counts.get(mark) ?? 0) + 1;
    counts.set(mark, count);
    return `${mark}:${count}`;
  });
}
