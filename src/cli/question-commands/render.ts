import type { Answer, CarriedCondition, EscalationPath, ExplainedHop, Ground } from '../../analyze/index.ts';
import { displayText } from '../../iam/token.ts';

/** A statement with its place, as the JSON forms show it. */
export function groundRecord({ layer, policy, statement, origin }: Ground) {
  const place = origin.source.position(origin.start);
  return { layer, policy: displayText(policy.name), statement: statement.sid === undefined ? statement.index : displayText(statement.sid.text), file: origin.source.path, line: place.line, column: place.column };
}

export function conditionRecord({ effect, condition }: CarriedCondition) {
  return { effect, operator: condition.operator.text, key: displayText(condition.key.text), values: condition.values.map(({ text }) => displayText(text)) };
}

export function answerRecord(answer: Answer) {
  const { witness } = answer;
  return {
    answer: answer.answer,
    decision: answer.decision,
    because: answer.because.map(groundRecord),
    blockedBy: answer.blockedBy,
    conditions: answer.conditions.map(conditionRecord),
    unknowns: answer.unknowns,
    assumptions: answer.assumptions,
    witness: { principal: witness.principal === null ? null : displayText(witness.principal), action: witness.action, resource: displayText(witness.resource) },
  };
}

export function answerLines(answer: Answer): readonly string[] {
  const record = answerRecord(answer);
  return [
    `${record.answer} (${record.decision}${record.blockedBy.length === 0 ? '' : `, by ${record.blockedBy.join(', ')}`})`,
    ...record.because.map((one) => `  ${one.file}:${one.line}:${one.column}  ${one.layer} policy ${one.policy}, statement ${one.statement}`),
    ...record.conditions.map((one) => `  ${one.effect === 'Deny' ? 'unless' : 'if'} ${one.operator} ${one.key} ${one.values.join(', ')}`),
    ...record.unknowns.map((one) => `  unknown: ${one}`),
    ...record.assumptions.map((one) => `  assuming: ${one}`),
  ];
}

export function pathRecord(path: EscalationPath, hops: readonly ExplainedHop[]) {
  return { verdict: path.verdict, path: hops.map((hop) => ({ from: hop.from, to: hop.to, technique: hop.technique, name: hop.name, verdict: hop.verdict, through: hop.through ?? null, needs: hop.needs, conditions: hop.conditions.map(conditionRecord), because: hop.because.map(groundRecord) })) };
}

export function pathLines(path: EscalationPath, hops: readonly ExplainedHop[]): readonly string[] {
  return [`${path.verdict === 'yes' ? 'path' : 'possible path'} of ${hops.length} ${hops.length === 1 ? 'step' : 'steps'}`, ...hops.flatMap((hop) => [`  ${hop.from}`, `    ${hop.technique}: ${hop.name}${hop.needs.length === 0 ? '' : ` (needs ${hop.needs.join(', ')})`} -> ${hop.to}`, ...hop.because.map(groundRecord).map((one) => `      ${one.file}:${one.line}:${one.column}  ${one.policy}`)])];
}
