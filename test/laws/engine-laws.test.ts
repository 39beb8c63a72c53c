import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAccess, compareCompiled, compileJson, documentsAllow, evaluate, evaluateCompiled, loadPolicies, type PolicyJson } from '../../src/engine/index.ts';
import { layers, policy, request, statement } from './engine-arbitraries.ts';
import { lawRuns } from './engine-runs.ts';
import { compileWithHoles } from '../engine/documents.ts';

type Json = Record<string, unknown>;

const RANK = { allowed: 1, 'implicit-deny': 0, 'explicit-deny': 0, unknown: 0.5 } as const;

describe('adding and rearranging', () => {
  it('an allow added to a policy never takes access away', () => {
    fc.assert(
      fc.property(layers, policy(false), statement(false), request(false), (policies, own, more, call) => {
        const identity = [...policies.identity, own];
        const added = [...policies.identity, withStatement(own, { ...more, Effect: 'Allow' })];
        expect(RANK[evaluate(call, { ...policies, identity: added }).decision]).toBeGreaterThanOrEqual(RANK[evaluate(call, { ...policies, identity }).decision]);
      }),
      { numRuns: lawRuns(300) },
    );
  });

  it('a deny, a boundary or a level of control policies never gives access', () => {
    fc.assert(
      fc.property(layers, policy(false), statement(false), policy(false), request(true), (policies, own, more, extra, call) => {
        const before = RANK[evaluate(call, { ...policies, identity: [own], boundary: [] }).decision];
        const wider = [{ ...policies, identity: [withStatement(own, { ...more, Effect: 'Deny' })], boundary: [] }, { ...policies, identity: [own], boundary: [extra] }, { ...policies, identity: [own], boundary: [], scp: [...policies.scp, { id: 'more', policies: [extra] }] }];
        for (const changed of wider) expect(RANK[evaluate(call, changed).decision]).toBeLessThanOrEqual(before);
      }),
      { numRuns: lawRuns(300) },
    );
  });

  it('order, repetition and splitting of lists change nothing', () => {
    fc.assert(
      fc.property(policy(true), request(true), (document, call) => {
        const said = documentsAllow([compileJson(document, 'resource')], call, 'resource');
        const statements = statementsOf(document);
        const variants = [[...statements].reverse(), [...statements, ...statements], statements.flatMap(splitActions)];
        for (const variant of variants) expect(documentsAllow([compileJson({ ...document, Statement: variant }, 'resource')], call, 'resource')).toBe(said);
        expect(documentsAllow(statements.map((one) => compileJson({ ...document, Statement: [one] }, 'resource')), call, 'resource')).toBe(said);
      }),
      { numRuns: lawRuns(300) },
    );
  });
});

describe('what is hidden', () => {
  it('may make an answer unknown, never the opposite', () => {
    fc.assert(
      fc.property(policy(true), request(true), fc.nat(), fc.constantFrom('?', '@'), (document, call, at, mark) => {
        const said = documentsAllow([compileJson(document, 'resource')], call, 'resource');
        const hidden = documentsAllow([compileWithHoles(hideOne(document, at, mark), 'resource')], call, 'resource');
        expect(hidden === 'unknown' ? said : hidden).toBe(said);
      }),
      { numRuns: lawRuns(600) },
    );
  });

  it('of the context does the same', () => {
    fc.assert(
      fc.property(layers, request(true), fc.nat(), (policies, call, at) => {
        const said = evaluate(call, policies).decision;
        const keys = Object.keys(call.context);
        const hidden = keys[at % Math.max(keys.length, 1)];
        const known = hidden === undefined ? call : { ...call, context: { ...call.context, [hidden]: undefined } };
        const decision = evaluateCompiled(known, loadPolicies(policies)).decision;
        // A denial may lose its explicit deny: what is left still denies.
        if (decision !== 'unknown') expect(decision === 'allowed').toBe(said === 'allowed');
      }),
      { numRuns: lawRuns(600) },
    );
  });

  it('of a layer does the same', () => {
    fc.assert(
      fc.property(layers, request(true), fc.constantFrom('identity', 'resource', 'boundary', 'session', 'scp', 'rcp', 'vpce'), (policies, call, layer) => {
        const said = evaluate(call, policies).decision;
        const decision = evaluate(call, { ...policies, [layer]: 'unknown' }).decision;
        if (decision !== 'unknown') expect(decision === 'allowed').toBe(said === 'allowed');
      }),
      { numRuns: lawRuns(400) },
    );
  });
});

describe('comparison is an order', () => {
  const no = (before: PolicyJson | readonly PolicyJson[], after: PolicyJson | readonly PolicyJson[]): boolean => compareAccess(before, after, { policyType: 'identity' }).newAccess === 'no';

  it('a policy gives nothing that it does not give', () => {
    fc.assert(fc.property(policy(false), (document) => no(document, document)), { numRuns: lawRuns(150) });
  });

  it('rearranging gives nothing new', () => {
    fc.assert(
      fc.property(policy(false), (document) => {
        const rearranged = { ...document, Statement: statementsOf(document).flatMap(splitActions).reverse() };
        return no(document, rearranged) && no(rearranged, document);
      }),
      { numRuns: lawRuns(150) },
    );
  });

  it('an allow more never takes, a deny more never gives', () => {
    fc.assert(
      fc.property(policy(false), statement(false), (document, more) => {
        const wider = withStatement(document, { ...more, Effect: 'Allow' });
        const narrower = withStatement(document, { ...more, Effect: 'Deny' });
        expect(compareAccess(wider, document, { policyType: 'identity' }).newAccess).not.toBe('yes');
        expect(compareAccess(document, narrower, { policyType: 'identity' }).newAccess).not.toBe('yes');
      }),
      { numRuns: lawRuns(150) },
    );
  });

  it('what gives nothing new over something that gives nothing new gives nothing new', () => {
    fc.assert(
      fc.property(policy(false, 2), policy(false, 2), policy(false, 2), (one, two, three) => {
        if (no(one, two) && no(two, three)) expect(compareAccess(one, three, { policyType: 'identity' }).newAccess).not.toBe('yes');
      }),
      { numRuns: lawRuns(150) },
    );
  });

  it('hiding a text may make it unknown, never the opposite', () => {
    fc.assert(
      fc.property(policy(false, 2), policy(false, 2), fc.nat(), fc.constantFrom('?', '@'), fc.boolean(), (before, after, at, mark, old) => {
        const said = compareAccess(before, after, { policyType: 'identity' }).newAccess;
        const left = compileWithHoles(old ? hideOne(before, at, mark) : before, 'identity');
        const right = compileWithHoles(old ? after : hideOne(after, at, mark), 'identity');
        const hidden = compareCompiled([left], [right], { policyType: 'identity' }).newAccess;
        if (hidden !== 'unknown' && said !== 'unknown') expect(hidden).toBe(said);
      }),
      { numRuns: lawRuns(300) },
    );
  });
});

function withStatement(document: Json, more: Json): Json {
  return { ...document, Statement: [...statementsOf(document), more] };
}

function statementsOf(document: Json): readonly Json[] {
  const { Statement: statements } = document;
  return Array.isArray(statements) ? statements : [];
}

/** One statement an action; `NotAction` lists cannot be split. */
function splitActions(one: Json): readonly Json[] {
  const { Action: actions } = one;
  return Array.isArray(actions) ? actions.map((action) => ({ ...one, Action: action })) : [one];
}

/** Replaces one string of the resources, principals or condition values by a hole. */
function hideOne(document: Json, at: number, mark: string): Json {
  let left = at % Math.max(1, countHideable(document));
  const hide = (value: unknown, hideable: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => hide(item, hideable));
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hide(item, hideable || HIDEABLE.has(key))]));
    if (typeof value !== 'string' || !hideable) return value;
    left -= 1;
    // An atom stands for one word, so it replaces only words.
    return left === -1 && (mark === '?' || /^[^:/*?$]+$/.test(value)) ? `{{${mark}hidden}}` : value;
  };
  const hidden = hide(document, false);
  return typeof hidden === 'object' && hidden !== null ? { ...hidden } : document;
}

const HIDEABLE: ReadonlySet<string> = new Set(['Resource', 'NotResource', 'AWS', 'Condition']);

function countHideable(value: unknown, hideable = false): number {
  if (Array.isArray(value)) return value.reduce<number>((count, item) => count + countHideable(item, hideable), 0);
  if (typeof value === 'object' && value !== null) return Object.entries(value).reduce((count, [key, item]) => count + countHideable(item, hideable || HIDEABLE.has(key)), 0);
  return typeof value === 'string' && hideable ? 1 : 0;
}
