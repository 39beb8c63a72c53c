import { describe, expect, it } from 'vitest';
import { RULES } from '../src/rules/index.ts';
import { fixtureIds } from './rules/fixture.ts';

/** Rules without a fixture of their own, each with its reason. */
const WITHOUT_FIXTURE: ReadonlyMap<string, string> = new Map([
  ['unreadable-input', 'made by the run from files that cannot be read, tested there'],
  ['policy-size-scp-rcp', 'needs a document of thousands of characters'],
]);

describe('the catalogue of rules', () => {
  it('has each id once, in kebab case', () => {
    const ids = RULES.map((rule) => rule.id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids.filter((id) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id))).toEqual([]);
  });

  it('has no fixture without a rule', () => {
    const ids = new Set(RULES.map((rule) => rule.id));
    expect(fixtureIds().filter((id) => !ids.has(id))).toEqual([]);
  });

  it('has a fixture for each rule, apart from the listed ones and those of the sizes of policies', () => {
    const tested = new Set(fixtureIds());
    expect(RULES.map((rule) => rule.id).filter((id) => !tested.has(id) && !WITHOUT_FIXTURE.has(id) && !id.startsWith('policy-size-'))).toEqual([]);
  });

  it('says what, why and what to do, with a source', () => {
    for (const { id, title, docs } of RULES) {
      expect(title.length, id).toBeGreaterThan(5);
      expect(docs.message.length, id).toBeGreaterThan(5);
      expect(docs.why.length, id).toBeGreaterThan(10);
      expect(docs.fix.length, id).toBeGreaterThan(5);
      if (id !== 'unreadable-input') expect(docs.references.length, id).toBeGreaterThan(0);
    }
  });

  it('rates each rule on the scale of SARIF and names rules that exist', () => {
    const ids = new Set(RULES.map((rule) => rule.id));
    for (const rule of RULES) {
      expect(rule.securitySeverity, rule.id).toBeGreaterThanOrEqual(0);
      expect(rule.securitySeverity, rule.id).toBeLessThanOrEqual(10);
      expect((rule.supersededBy ?? []).filter((id) => !ids.has(id)), rule.id).toEqual([]);
    }
  });
});
