import { defineRule, hit } from '../check/define.ts';
import { gapName } from '../check/facts/unknown.ts';

/** A policy, or a part of one, that could not be read, so that rules were not applied to it. */
export default defineRule({
  id: 'unresolved-policy',
  title: 'Policy could not be evaluated',
  category: 'coverage',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 1,
  confidence: 'high',
  preset: 'recommended',
  peers: [],
  standards: ['CWE-693'],
  on: 'model',
  docs: {
    message: '{what} could not be read: `{name}` is not known ({reason})',
    why: 'What is not read is not judged: silence about this policy does not mean that it is safe.',
    fix: 'give the value (a parameter, a variable, the imported stack) to the run',
    references: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html'],
  },
  *check(model) {
    for (const { property, gap, from } of model.gaps) {
      yield hit(gap.origin, { says: { what: `the policy in \`${property}\` of \`${from.displayName}\``, name: gapName(gap), reason: gap.reason } });
    }
    for (const policy of model.policies) {
      if (policy.managed === 'aws') continue;
      const owner = policy.from.displayName;
      for (const gap of policy.document.gaps) yield hit(gap.origin, { says: { what: `${gap.element === 'policy' ? 'a policy' : `\`${gap.element}\` of a policy`} of \`${owner}\``, name: gapName(gap), reason: gap.reason } });
      for (const statement of policy.document.statements) {
        const [gap] = statement.gaps;
        if (gap !== undefined) yield hit(gap.origin, { says: { what: `\`${gap.element}\` of a statement of \`${owner}\``, name: gapName(gap), reason: gap.reason } });
      }
    }
  },
});
