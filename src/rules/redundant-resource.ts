import { defineRule } from '../check/define.ts';
import { globCovers } from '../check/facts/glob.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** More pairs than this are not compared. */
const MOST_RESOURCES = 200;

/** A resource that another string of the statement takes in. */
export default defineRule({
  id: 'redundant-resource',
  title: 'Redundant resource',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 1,
  confidence: 'high',
  preset: 'strict',
  peers: ['AccessAnalyzer:REDUNDANT_RESOURCE'],
  standards: [],
  on: 'statement',
  docs: {
    message: '`{resource}` is covered by `{wider}`',
    why: 'The narrow resource looks like the limit, while the wide one reaches further.',
    fix: 'remove the one that is not meant',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html'],
  },
  check: onStatements({ kinds: ['identity', 'resource', 'scp'] }, function* (facts) {
    const plain = facts.resources.filter(({ at, pattern }) => at.when === undefined && pattern.width !== 'unknown' && pattern.width !== 'malformed');
    if (plain.length > MOST_RESOURCES) return;
    const wide = plain.filter(({ pattern }) => pattern.width !== 'specific');
    for (const resource of plain) {
      const wider = wide.find((other) => other.at.text !== resource.at.text && globCovers(other.at.text, resource.at.text));
      if (wider === undefined) continue;
      yield* hitAt(facts, [resource.at], { says: { resource: resource.at.text, wider: wider.at.text }, evidence: { resources: [resource.at.text] }, related: [{ message: 'the wider pattern', origin: wider.at.origin }] });
      return;
    }
  }),
});
