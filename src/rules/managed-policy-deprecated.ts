import { defineRule, hit } from '../check/define.ts';
import { managedAttachments, principalName } from '../check/facts/managed.ts';
import { isManagedPolicyArn, managedPolicyFlags } from '../data/managed-policies.ts';
import { displayText, hasOpenHole } from '../iam/token.ts';

/** An AWS managed policy that AWS has withdrawn or replaced, or that never existed. */
export default defineRule({
  id: 'managed-policy-deprecated',
  title: 'Deprecated or unknown AWS managed policy attached',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 2,
  confidence: 'medium',
  preset: 'recommended',
  peers: [],
  standards: [],
  on: 'principal',
  docs: {
    message: '{principal} names the AWS policy `{policy}`, {fault}',
    why: 'A policy that does not exist makes the deployment fail; one that AWS has replaced is not kept up to date.',
    fix: 'attach the policy that took its place, or correct the name',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html'],
  },
  *check(principal) {
    for (const { attached, flags } of managedAttachments(principal)) {
      // Serverless templates attach some of AWS's policies themselves; only what is written can be exchanged.
      const written = attached.at.origin.source.text.slice(attached.at.origin.start, attached.at.origin.end).includes(attached.policy.name);
      if (flags?.deprecated !== undefined && (flags.deprecated === 'removed' || written)) yield hit(attached.at.origin, { says: { principal: principalName(principal), policy: attached.policy.name, fault: faultOf(flags.deprecated, flags.replacement) }, evidence: { resources: [attached.policy.id] } });
    }
    for (const at of principal.unknownAttachments) {
      if (hasOpenHole(at.text) || !isManagedPolicyArn(at.text)) continue;
      const flags = managedPolicyFlags(at.text);
      const fault = flags?.deprecated === undefined ? 'which AWS does not have' : faultOf(flags.deprecated, flags.replacement);
      yield hit(at.origin, { says: { principal: principalName(principal), policy: displayText(at.text), fault }, evidence: { resources: [at.text] } });
    }
  },
});

function faultOf(deprecated: 'removed' | 'superseded', replacement: string | undefined): string {
  const instead = replacement === undefined ? '' : ` (now \`${replacement}\`)`;
  return deprecated === 'removed' ? `which AWS has withdrawn${instead}` : `which AWS has replaced${instead}`;
}
