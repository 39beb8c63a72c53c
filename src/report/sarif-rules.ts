import type { ReportingDescriptor } from 'sarif';
import type { Severity } from '../check/finding.ts';
import { compareText } from './order.ts';
import { sentence, stopped } from './printable.ts';
import type { Report, ReportFinding } from './report.ts';
import type { RuleInfo } from './rule-info.ts';

/** GitHub cuts names at 255 and descriptions at 1,024 characters and keeps 10 tags. */
const MAX_DESCRIPTION = 1024;
const MAX_TAGS = 10;

/** SARIF's word for a severity. */
export function sarifLevel(severity: Severity): 'error' | 'warning' | 'note' {
  return severity === 'info' ? 'note' : severity;
}

/**
 * Every rule of the tool, fired or not, so that the list does not differ between code bases; a finding of a rule nobody described
 * adds a bare entry, since GitHub rejects a result without one.
 */
export function ruleDescriptors(report: Report, shown: readonly ReportFinding[]): ReportingDescriptor[] {
  const described = new Set(report.rules.map((rule) => rule.id));
  const bare = new Map(shown.filter((finding) => !described.has(finding.ruleId)).map((finding) => [finding.ruleId, bareRule(finding)]));
  return [...report.rules, ...bare.values()].sort((left, right) => compareText(left.id, right.id)).map(descriptor);
}

function bareRule(finding: ReportFinding): RuleInfo {
  const { ruleId: id, category, severity, securitySeverity, confidence, why, fix, helpUri } = finding;
  return { id, title: id, category, severity, securitySeverity, confidence, what: id, why, fix, helpUri, tags: [], references: [] };
}

function descriptor(rule: RuleInfo): ReportingDescriptor {
  return {
    id: rule.id,
    name: pascalCase(rule.id).slice(0, 255),
    shortDescription: { text: cut(rule.title === '' ? rule.id : rule.title) },
    fullDescription: { text: cut([rule.what, rule.why].map(sentence).filter(Boolean).join(' ') || rule.id) },
    ...(rule.helpUri !== '' && { helpUri: rule.helpUri }),
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    defaultConfiguration: { level: sarifLevel(rule.severity) },
    properties: propertiesOf(rule),
  };
}

/** `security-severity` must be a string: GitHub rejects the whole file for a number (cppcheck#7662). */
function propertiesOf(rule: RuleInfo): NonNullable<ReportingDescriptor['properties']> {
  const security = rule.securitySeverity > 0;
  const tags = [...new Set([...(security ? ['security'] : []), 'iam', rule.category, ...rule.tags])].slice(0, MAX_TAGS);
  return {
    tags,
    precision: rule.confidence,
    'problem.severity': rule.severity === 'info' ? 'recommendation' : rule.severity,
    ...(security && { 'security-severity': Math.min(10, Math.max(0.1, rule.securitySeverity)).toFixed(1) }),
  };
}

function helpText(rule: RuleInfo): string {
  const parts = [sentence(rule.what), sentence(rule.why), rule.fix === '' ? '' : `Fix: ${stopped(rule.fix)}`, ...rule.references, rule.helpUri];
  return parts.filter(Boolean).join('\n') || rule.id;
}

function helpMarkdown(rule: RuleInfo): string {
  const parts = [`# ${rule.title}`, sentence(rule.what)];
  if (rule.why !== '') parts.push(`## Why\n\n${sentence(rule.why)}`);
  if (rule.fix !== '') parts.push(`## Fix\n\n${sentence(rule.fix)}`);
  if (rule.references.length > 0) parts.push(`## References\n\n${rule.references.map((reference) => `- <${reference}>`).join('\n')}`);
  if (rule.helpUri !== '') parts.push(`[\`${rule.id}\` in the documentation](${rule.helpUri})`);
  return parts.join('\n\n');
}

/** `admin-star-star` → `AdminStarStar`. */
function pascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z0-9])/g, (_whole, letter: string) => letter.toUpperCase());
}

function cut(text: string): string {
  return text.length <= MAX_DESCRIPTION ? text : `${text.slice(0, MAX_DESCRIPTION - 1)}…`;
}
