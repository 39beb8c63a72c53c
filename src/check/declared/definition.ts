import type { Confidence, Severity } from '../finding.ts';
import type { RuleCategory, RuleDocs } from '../rule.ts';

/** Does a field's value pass the rule's schema for it? Compiled from JSON Schema by `scripts/generate/rules.ts`. */
export type FieldTest = (value: unknown) => boolean;

/** Field names with their tests; all must hold. */
export type FieldTests = readonly (readonly [field: string, test: FieldTest])[];

export type DeclaredSubject = 'statement' | 'policy' | 'setting';

/** A rule as its YAML file says it, its schemas compiled. */
export interface DeclaredRule {
  readonly id: string;
  readonly title: string;
  readonly category: RuleCategory;
  readonly status: 'preview' | 'stable' | 'deprecated';
  readonly since: string;
  readonly severity: Severity;
  readonly securitySeverity: number;
  readonly confidence: Confidence;
  readonly docs: RuleDocs;
  readonly peers: readonly string[];
  readonly standards: readonly string[];
  readonly supersededBy?: readonly string[];
  readonly preset: 'recommended' | 'strict' | 'all';
  readonly on: DeclaredSubject;
  readonly where: FieldTests;
  /** The list whose items are matched; without it the subject itself is the finding. */
  readonly find?: string;
  readonly match?: FieldTests;
  /** No item of the list may match this: for rules about what is missing. */
  readonly unless?: FieldTests;
  /** One finding per subject, or one per matching item. */
  readonly report: 'first' | 'each';
  /** The place of the subject to point at, when no item is found there. */
  readonly at: string;
  /** Other ratings for some subjects; the first whose tests hold counts. */
  readonly ratings: readonly Rating[];
}

export interface Rating {
  readonly when: FieldTests;
  readonly severity?: Severity;
  readonly securitySeverity?: number;
  readonly confidence?: Confidence;
}
