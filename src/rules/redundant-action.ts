import { defineRule } from '../check/define.ts';
import { globCovers } from '../check/facts/glob.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** More pairs than this are not compared. */
const MOST_ACTIONS = 300;

/** An action that another pattern of the statement takes in. */
export default defineRule({
  id: 'redundant-action',
  title: 'Redundant action',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 0.5,
  confidence: 'high',
  preset: 'strict',
  peers: ['AccessAnalyzer:REDUNDANT_ACTION'],
  standards: [],
  on: 'statement',
  docs: {
    message: '`{action}` is covered by `{wider}`',
    why: 'Whoever removes the narrow action believes it gone, while the wide one still allows it.',
    fix: 'remove one of the two',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html'],
  },
  check: onStatements({ kinds: ['identity', 'resource', 'scp'] }, function* (facts) {
    const plain = facts.actions.filter(({ at, pattern }) => at.when === undefined && pattern.width !== 'unknown' && pattern.width !== 'malformed');
    const wide = plain.filter(({ pattern }) => pattern.width !== 'exact');
    if (plain.length > MOST_ACTIONS) return;
    for (const [index, action] of plain.entries()) {
      const lower = action.at.text.toLowerCase();
      const wider = wide.find((other) => other !== action && other.at.text.toLowerCase() !== lower && globCovers(other.at.text.toLowerCase(), lower)) ?? plain.slice(0, index).find((other) => other.at.text.toLowerCase() === lower);
      if (wider === undefined) continue;
      yield* hitAt(facts, [action.at], { says: { action: action.at.text, wider: wider.at.text }, evidence: { actions: [action.at.text] }, related: [{ message: 'the wider pattern', origin: wider.at.origin }] });
      return;
    }
  }),
});
