import { defineRule, hit } from '../check/define.ts';
import { parseArn } from '../iam/arn.ts';
import { hasHole } from '../iam/token.ts';

/** A property for a role that holds the ARN of something else. */
export default defineRule({
  id: 'role-arn-malformed',
  title: 'Role ARN property is not a role ARN',
  category: 'policy-validity',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 2,
  confidence: 'high',
  preset: 'recommended',
  peers: ['cfn-lint:E3511', 'cfn-lint:E1156'],
  standards: [],
  on: 'binding',
  docs: {
    message: '`{text}` is not the ARN of a role',
    why: 'The property takes a role; with another ARN the deployment fails or the resource cannot act.',
    fix: 'write the ARN of a role (`arn:aws:iam::account:role/name`)',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  },
  *check({ declaration, roleText }) {
    const text = roleText;
    if (!text.startsWith('arn:') || hasHole(text)) return;
    const arn = parseArn(text);
    const fits = arn !== undefined && arn.service === 'iam' && /^\d{12}$|^$/.test(arn.account) && /^(role|instance-profile)\//.test(arn.resource);
    if (!fits) yield hit(declaration.role.origin, { says: { text }, evidence: { resources: [text] } });
  },
});
