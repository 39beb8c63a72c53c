import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAccess, compileJson, documentsAllow, evaluate } from '../../src/engine/index.ts';
import type { ComparableKind } from '../../src/engine/types.ts';
import { referenceAllows, referenceDecision } from '../reference/evaluate.ts';
import { layers, policy, request } from './engine-arbitraries.ts';
import { lawRuns } from './engine-runs.ts';

describe('two evaluators written apart', () => {
  it('decide every request alike', () => {
    fc.assert(
      fc.property(layers, request(true), (policies, call) => {
        expect(evaluate(call, policies).decision).toBe(referenceDecision(call, policies));
      }),
      { numRuns: lawRuns(2_000) },
    );
  });

  it.each<[ComparableKind, boolean]>([
    ['identity', false],
    ['resource', true],
    ['scp', false],
    ['rcp', true],
    ['endpoint', true],
  ])('judge %s documents alike', (kind, names) => {
    fc.assert(
      fc.property(policy(names), request(names), (document, call) => {
        expect(documentsAllow([compileJson(document, kind)], call, kind)).toBe(referenceAllows([document], call, kind) ? 'yes' : 'no');
      }),
      { numRuns: lawRuns(800) },
    );
  });
});

describe('symbolic and concrete answers', () => {
  it.each<[ComparableKind, boolean]>([
    ['identity', false],
    ['resource', true],
    ['scp', false],
    ['rcp', true],
  ])('agree for %s policies: a witness shows new access, and `no` is refuted by no request', (kind, names) => {
    fc.assert(
      fc.property(policy(names), policy(names), fc.array(request(names), { minLength: 12, maxLength: 12 }), (before, after, calls) => {
        const answer = compareAccess(before, after, { policyType: kind });
        if (answer.newAccess === 'yes') {
          const { witness } = answer;
          if (witness === undefined) throw new Error('a `yes` without a witness');
          const call = { ...witness, anonymous: witness.anonymous, resourceAccount: witness.resourceAccount, context: { ...witness.context } };
          expect([referenceAllows([after], call, kind), referenceAllows([before], call, kind)]).toEqual([true, false]);
        }
        if (answer.newAccess === 'no') {
          const refuting = calls.find((call) => referenceAllows([after], call, kind) && !referenceAllows([before], call, kind));
          expect(refuting).toBeUndefined();
        }
      }),
      { numRuns: lawRuns(150) },
    );
  });
});
