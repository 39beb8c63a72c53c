import pc from 'picocolors';
import type { Statement } from '../iam/policy-document.ts';
import { displayText } from '../iam/token.ts';
import { printable } from '../report/printable.ts';
import type { PolicyComparison } from './compare-policies.ts';
import { frameOf, placeOf, placeText } from './place.ts';
import { requestRecord, requestText } from './request-text.ts';

/** A comparison for people: the answer, the request that shows it, and the statements that make the difference. */
export function comparisonText(compared: PolicyComparison, color: boolean): string {
  const colors = pc.createColors(color);
  const { comparison } = compared;
  const dim = colors.dim(` (${compared.type} policy)`);
  if (comparison.newAccess === 'no') return `${colors.green('✓ no new access')}${dim}: the old version allows whatever the new one allows\n`;
  if (comparison.newAccess === 'unknown') return `${colors.yellow('? could not decide')}${dim}: ${printable(displayText(comparison.reason ?? 'no reason is known'))}\n`;
  const lines = [`${colors.red('✗ new access')}${dim}: the new version allows what the old one does not`];
  if (comparison.witness !== undefined) lines.push('', `  ${requestText(comparison.witness, 'may')}`);
  const block = (statement: Statement, what: string): void => {
    const place = placeOf(statement.origin, '');
    lines.push('', `  ${nameOf(statement)} ${what}`);
    if (place !== undefined) lines.push(`  ${colors.cyan(placeText(place))}`, ...frameOf(statement.origin).map((line) => colors.dim(line)));
  };
  for (const statement of compared.grantedBy) block(statement, 'of the new version allows it');
  for (const statement of compared.deniedBefore) block(statement, 'of the old version denied it');
  return `${lines.join('\n')}\n`;
}

function nameOf(statement: Statement): string {
  return statement.sid === undefined ? `statement ${statement.index + 1}` : `statement \`${printable(displayText(statement.sid.text))}\``;
}

/** A comparison as data; the shape is described in docs/assertions.md, keys are only ever added. */
export function comparisonRecord({ type, comparison, grantedBy, deniedBefore }: PolicyComparison) {
  return {
    version: 1,
    type,
    newAccess: comparison.newAccess,
    witness: comparison.witness === undefined ? null : requestRecord(comparison.witness),
    grantedBy: grantedBy.map(statementRecord),
    deniedBefore: deniedBefore.map(statementRecord),
    reason: comparison.reason === undefined ? null : displayText(comparison.reason),
  };
}

function statementRecord(statement: Statement) {
  const place = placeOf(statement.origin, '');
  return { sid: statement.sid === undefined ? null : displayText(statement.sid.text), index: statement.index, file: place?.file ?? null, line: place?.line ?? null, column: place?.column ?? null, endLine: place?.endLine ?? null, endColumn: place?.endColumn ?? null };
}
