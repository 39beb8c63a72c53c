import { check, type CheckSettings } from './check/run.ts';
import { type SuppressionOutcome, type SuppressionSettings, suppress } from './check/suppress.ts';
import type { Finding, Notice } from './check/finding.ts';
import type { Problem } from './core/problem.ts';
import { extract, type Extraction, ReferencedAddresses } from './extract/extract.ts';
import type { DeploymentSettings, Files } from './frontends/frontend.ts';
import { type AssignedSources, type Frontends, FRONTEND_NAMES } from './frontends/index.ts';
import { link } from './model/link.ts';
import type { Organization, PermissionModel } from './model/model.ts';

/** Everything a run needs, already read from disk. */
export interface RunInput {
  readonly assigned: AssignedSources;
  readonly frontends: Frontends;
  readonly files: Files;
  readonly deployment: DeploymentSettings;
  readonly organization: Organization;
  readonly check: CheckSettings;
  readonly suppression: Omit<SuppressionSettings, 'marks'>;
  /** Problems met while reading files. */
  readonly problems: readonly Problem[];
}

export interface RunOutcome {
  readonly model: PermissionModel;
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
  readonly suppression: SuppressionOutcome;
  readonly statistics: { readonly files: number; readonly resources: number; readonly principals: number; readonly policies: number; readonly statements: number };
}

/** The pipeline in one sentence: open each file, extract what it declares, link it all to one model, and check that. */
export function run(input: RunInput): RunOutcome {
  const { extractions, problems } = open(input);
  const model = link(extractions, input.organization);
  const checked = check(model, input.check);
  const marks = extractions.flatMap((extraction) => extraction.template.suppressions.map((mark) => ({ mark, scope: extraction.template.scope.id })));
  const unreadable = problems.filter((problem) => problem.code === 'unreadable-input').flatMap((problem) => unreadableFinding(problem, input.check));
  const suppression = suppress([...checked.findings, ...unreadable], { ...input.suppression, marks });
  return {
    model,
    findings: suppression.kept,
    notices: [...checked.notices, ...problems.filter((problem) => problem.code !== 'unreadable-input').map(problemNotice), ...(model.organization.conflicts ?? []).map(problemNotice), ...suppressionNotices(suppression)],
    suppression,
    statistics: {
      files: new Set([...input.assigned.values()].flat()).size,
      resources: extractions.reduce((sum, extraction) => sum + extraction.resourceCount, 0),
      principals: model.principals.length,
      policies: model.policies.length,
      statements: model.policies.reduce((sum, policy) => sum + policy.document.statements.length, 0),
    },
  };
}

/** Opens and extracts template by template, so that no syntax tree outlives its turn. */
function open(input: RunInput): { readonly extractions: readonly Extraction[]; readonly problems: readonly Problem[] } {
  const extractions: Extraction[] = [];
  const problems: Problem[] = [...input.problems];
  const referenced = new ReferencedAddresses();
  const context = { files: input.files, settings: input.deployment, report: (problem: Problem) => void problems.push(problem) };
  for (const name of FRONTEND_NAMES) {
    const sources = input.assigned.get(name) ?? [];
    if (sources.length === 0) continue;
    for (const template of input.frontends[name].open(sources, context)) {
      const extraction = extract(template, referenced);
      extractions.push(extraction);
      problems.push(...template.problems, ...extraction.problems);
    }
  }
  return { extractions, problems };
}

/** Suppressions that silence nothing, or no longer do, are said: they hide what comes next at their place. */
function suppressionNotices(outcome: SuppressionOutcome): readonly Notice[] {
  const notice = (code: string, phrase: string) => ({ mark }: SuppressionOutcome['unused'][number]): Notice => ({
    code,
    message: `the suppression of \`${mark.rules.join(', ')}\` ${phrase}`,
    origin: mark.origin,
    resource: undefined,
  });
  return [...outcome.unused.map(notice('unused-suppression', 'silences nothing')), ...outcome.expired.map(notice('expired-suppression', 'has expired'))];
}

function problemNotice(problem: Problem): Notice {
  return { code: problem.code, message: problem.message, origin: problem.origin, resource: undefined };
}

/** A file that cannot be read is a finding, not a crash: whoever relies on the run must see that it was not judged. */
function unreadableFinding(problem: Problem, settings: CheckSettings): readonly Finding[] {
  const rule = settings.rules.find((candidate) => candidate.id === 'unreadable-input');
  const severity = rule === undefined ? 'error' : settings.severityOf(rule, problem.origin.source.path);
  if (severity === 'off') return [];
  return [
    {
      ruleId: 'unreadable-input',
      severity,
      confidence: 'high',
      securitySeverity: rule?.securitySeverity ?? 3,
      category: rule?.category ?? 'coverage',
      message: `the file cannot be read: ${problem.message}`,
      why: rule?.docs.why ?? '',
      fix: rule?.docs.fix ?? '',
      origin: problem.origin,
      resource: undefined,
      evidence: { actions: [], resources: [], principals: [] },
      related: [],
      path: [],
      witness: undefined,
    },
  ];
}

