import { type Analysis, analyze } from '../analyze/index.ts';
import { lazily } from '../analyze/foundation.ts';
import { describeGuard } from '../core/guard.ts';
import type { Origin } from '../core/source.ts';
import { unreachable } from '../core/unreachable.ts';
import type { DeclaringResource } from '../extract/declaration.ts';
import { displayText } from '../iam/token.ts';
import type { PermissionModel } from '../model/model.ts';
import { type ModelFacts, modelFacts } from './facts/model.ts';
import { statementFacts, type Watch } from './facts/statement.ts';
import type { Confidence, Finding, Notice, RelatedPlace, Severity } from './finding.ts';
import { gateOfCheck } from './on-statement.ts';
import type { Detection, Hit, Rule, RuleContext, StatementGate, StatementSubject } from './rule.ts';
import { SilentRules, watched } from './silence.ts';

export interface CheckSettings {
  readonly rules: readonly Rule[];
  /** How a rule is set for a file: its severity there, or off. */
  readonly severityOf: (rule: Rule, path: string) => Severity | 'off';
  readonly optionsOf: (ruleId: string) => Readonly<Record<string, unknown>>;
  readonly knownActions: ReadonlySet<string>;
  readonly minConfidence: Confidence;
}

export interface CheckOutcome {
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
}

/**
 * Runs rules over the model. A rule that crashes becomes a notice and the others go on.
 * On one statement, a finding of a broader rule replaces those of the rules it supersedes.
 */
export function check(model: PermissionModel, settings: CheckSettings): CheckOutcome {
  const outcome: Outcome = { findings: [], notices: [], settings, crashed: new Set() };
  const facts = modelFacts(model, { knownActions: settings.knownActions });
  const analysis = lazily(() => analyze(model));
  const ready = settings.rules.map((rule) => ({ rule, context: contextFor(rule, model, facts, analysis, settings) }));
  checkStatements(model, facts, ready, outcome);
  for (const { rule, context } of ready) checkOthers(rule, context, model, outcome);
  return outcome;
}

/** Applies a rule to the subjects it looks at, other than statements. */
function checkOthers(rule: Rule, context: RuleContext, model: PermissionModel, outcome: Outcome): void {
  switch (rule.on) {
    case 'statement':
      return;
    case 'policy':
      for (const policy of model.policies) collect(rule, rule.check, policy, context, policy.from, NO_PATH, outcome);
      return;
    case 'principal':
      // What AWS makes of an account or an assignment nobody wrote: no template can change it.
      for (const principal of model.principals) if (principal.madeBy === undefined) collect(rule, rule.check, principal, context, principal.entity.from, NO_PATH, outcome);
      return;
    case 'resource':
      for (const entity of model.entities.values()) collect(rule, rule.check, entity, context, entity.from, NO_PATH, outcome);
      return;
    case 'credential':
      for (const one of model.credentials) collect(rule, rule.check, one, context, one.declaration.from, NO_PATH, outcome);
      return;
    case 'provider':
      for (const one of model.providers) collect(rule, rule.check, one, context, one.declaration.from, NO_PATH, outcome);
      return;
    case 'setting':
      for (const one of model.settings) collect(rule, rule.check, one, context, one.declaration.from, NO_PATH, outcome);
      return;
    case 'binding':
      for (const one of model.bindings) collect(rule, rule.check, one, context, one.declaration.from, NO_PATH, outcome);
      return;
    case 'share':
      for (const one of model.shares) collect(rule, rule.check, one, context, one.declaration.from, NO_PATH, outcome);
      return;
    case 'assignment':
      for (const one of model.assignments) collect(rule, rule.check, one, context, one.declaration.from, NO_PATH, outcome);
      return;
    case 'model':
      collect(rule, rule.check, model, context, undefined, NO_PATH, outcome);
      return;
    default:
      unreachable(rule);
  }
}

const NO_PATH: readonly (string | number)[] = [];

function contextFor(rule: Rule, model: PermissionModel, facts: ModelFacts, analysis: () => Analysis, settings: CheckSettings): RuleContext {
  return {
    model,
    facts,
    options: settings.optionsOf(rule.id),
    get analysis() {
      return analysis();
    },
  };
}

interface Outcome {
  readonly findings: Finding[];
  readonly notices: Notice[];
  readonly settings: CheckSettings;
  readonly crashed: Set<string>;
}

interface ReadyRule {
  readonly rule: Rule;
  readonly context: RuleContext;
}

interface StatementRule extends ReadyRule {
  /** Checks with a gate see a statement through its facts only, which record what they look at. */
  readonly gated: boolean;
}

function checkStatements(model: PermissionModel, facts: ModelFacts, ready: readonly ReadyRule[], outcome: Outcome): void {
  const watch: Watch = { beyond: false };
  const applicable = rulesByStatement(ready, watch);
  const silence = new SilentRules<StatementRule>(watch);
  for (const policy of model.policies) {
    for (const statement of policy.document.statements) {
      const subject: StatementSubject = { policy, statement, facts: statementFacts(policy, statement, facts, watch) };
      const before = outcome.findings.length;
      const path = ['statement', statement.index];
      const rules = silence.apply(
        subject.facts.shape,
        () => applicable(policy.kind, statement.effect, statement.conditions.length > 0),
        ({ rule, context, gated }) => rule.on !== 'statement' || (collect(rule, rule.check, subject, context, policy.from, path, outcome) && gated),
      );
      if (outcome.findings.length - before > 1) dropSuperseded(outcome.findings, before, rules.map((one) => one.rule));
    }
  }
}

/** The rules that can apply to a kind of statement, found once a kind: most rules concern few of them. */
function rulesByStatement(ready: readonly ReadyRule[], watch: Watch): (...kind: Parameters<StatementGate>) => readonly StatementRule[] {
  const gated = ready.flatMap(({ rule, context }) => {
    if (rule.on !== 'statement') return [];
    const gate = rule.gate ?? gateOfCheck(rule.check);
    return [{ one: { rule, context: watched(context, watch), gated: gate !== undefined }, gate }];
  });
  const known = new Map<string, readonly StatementRule[]>();
  return (kind, effect, hasConditions) => {
    const key = `${kind} ${effect} ${hasConditions}`;
    const found = known.get(key) ?? gated.flatMap(({ one, gate }) => (gate === undefined || gate(kind, effect, hasConditions) ? [one] : []));
    known.set(key, found);
    return found;
  };
}

function dropSuperseded(findings: Finding[], from: number, rules: readonly Rule[]): void {
  const fired = new Set(findings.slice(from).map((finding) => finding.ruleId));
  const superseded = new Set(rules.filter((rule) => rule.supersededBy?.some((other) => fired.has(other)) === true).map((rule) => rule.id));
  if (superseded.size === 0) return;
  const kept = findings.slice(from).filter((finding) => !superseded.has(finding.ruleId));
  findings.splice(from, findings.length - from, ...kept);
}

/** Reports what a rule finds in a subject; tells whether it found nothing. */
function collect<Subject>(
  rule: Rule,
  detect: (subject: Subject, context: RuleContext) => Iterable<Detection>,
  subject: Subject,
  context: RuleContext,
  resource: DeclaringResource | undefined,
  path: readonly (string | number)[],
  outcome: Outcome,
): boolean {
  let silent = true;
  try {
    for (const detection of detect(subject, context)) {
      silent = false;
      add(rule, detection, resource, path, outcome);
    }
    return silent;
  } catch (error) {
    // One faulty rule must not take the run down; it is named once and the run goes on.
    if (outcome.crashed.has(rule.id) || resource === undefined) return false;
    outcome.crashed.add(rule.id);
    const message = error instanceof Error ? error.message : String(error);
    outcome.notices.push({ code: 'rule-crashed', message: `rule \`${rule.id}\` failed here and was not applied: ${message}`, origin: resource.origin, resource, ruleId: rule.id });
    return false;
  }
}

function add(rule: Rule, detection: Detection, resource: DeclaringResource | undefined, path: readonly (string | number)[], outcome: Outcome): void {
  const { settings } = outcome;
  const configured = settings.severityOf(rule, detection.at.source.path);
  if (configured === 'off') return;
  if (detection.kind === 'undecided') {
    outcome.notices.push({ code: 'undecided', message: `\`${rule.id}\` could not decide: ${displayText(detection.because)}`, origin: detection.at, resource, ruleId: rule.id });
    return;
  }
  const confidence = detection.confidence ?? rule.confidence;
  if (rank(confidence) > rank(settings.minConfidence)) return;
  const place = resource?.sourcePlace?.(path, detection.at);
  const related = place === undefined ? (detection.related ?? []) : [{ message: 'in the generated template', origin: detection.at }, ...(detection.related ?? [])];
  outcome.findings.push(toFinding(rule, detection, { configured, confidence, related, origin: place ?? detection.at, resource }));
}

interface Placed {
  readonly configured: Severity;
  readonly confidence: Confidence;
  readonly related: readonly RelatedPlace[];
  readonly origin: Origin;
  readonly resource: DeclaringResource | undefined;
}

function toFinding(rule: Rule, hit: Hit, placed: Placed): Finding {
  const when = describeGuard([...(placed.resource?.when ?? []), ...(hit.when ?? [])]);
  const message = fill(rule.docs.message, hit.says ?? {});
  return {
    ruleId: rule.id,
    // A detection may know better than the rule, but never louder or quieter than the user's own setting.
    severity: placed.configured === rule.severity ? (hit.severity ?? rule.severity) : placed.configured,
    confidence: placed.confidence,
    securitySeverity: hit.securitySeverity ?? rule.securitySeverity,
    category: rule.category,
    message: when === '' ? message : `${message} (${when})`,
    why: rule.docs.why,
    fix: fill(rule.docs.fix, hit.says ?? {}),
    origin: placed.origin,
    resource: placed.resource,
    evidence: {
      actions: (hit.evidence?.actions ?? []).map(displayText),
      resources: (hit.evidence?.resources ?? []).map(displayText),
      principals: (hit.evidence?.principals ?? []).map(displayText),
    },
    related: placed.related,
    path: hit.path ?? [],
    witness: hit.witness,
  };
}

/** Fills `{name}` placeholders; a placeholder without a value stays visible. */
function fill(template: string, says: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(says, name) ? says[name] : undefined;
    return value === undefined ? whole : displayText(String(value));
  });
}

function rank(confidence: Confidence): number {
  return confidence === 'high' ? 0 : confidence === 'medium' ? 1 : 2;
}
