import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compareWithReference } from './sam-comparison.ts';

const CORPUS = new URL('../../../../shared/corpus/', import.meta.url);
const PAIRS = new URL('groundtruth/sam-transform-pairs.jsonl', CORPUS);

interface Pair {
  readonly file: string;
  readonly output: string;
}

describe.skipIf(!existsSync(PAIRS))('the transform against its published outputs (skipped without the corpus)', () => {
  test.each(pairs())('$file', ({ file, output }) => {
    const differences = compareWithReference(readFileSync(new URL(file, CORPUS), 'utf8'), readFileSync(new URL(output, CORPUS), 'utf8'), 'ap-southeast-1');
    expect(differences).toEqual([]);
  });
});

/** Templates with an output; the others are such as the transform refuses. */
function pairs(): readonly Pair[] {
  if (!existsSync(PAIRS)) return [];
  return readFileSync(PAIRS, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const parsed: unknown = line === '' ? undefined : JSON.parse(line);
      if (typeof parsed !== 'object' || parsed === null || !('file' in parsed) || !('output' in parsed)) return [];
      const { file, output } = parsed;
      return typeof file === 'string' && typeof output === 'string' ? [{ file, output }] : [];
    });
}
