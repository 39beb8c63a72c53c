import { defineRule, hit } from '../check/define.ts';
import { secretPlaces } from '../check/facts/secret-text.ts';

/** A secret in the start script of a machine. */
export default defineRule({
  id: 'hardcoded-secret-userdata',
  title: 'Secret in EC2 user data or launch template',
  category: 'long-lived-credentials',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_46', 'checkov:CKV_SECRET_13', 'trivy:AWS-0029', 'trivy:AWS-0129', 'prowler:ec2_instance_secrets_user_data', 'prowler:ec2_launch_template_no_secrets'],
  standards: ['CWE-798'],
  on: 'credential',
  docs: {
    message: '{what} is written in the start script `{property}` of `{resource}`',
    why: 'Every process on the machine and everyone who may describe it can read the script.',
    fix: 'give the machine an instance profile, and read secrets from AWS Secrets Manager',
    references: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html'],
  },
  *check({ declaration }) {
    if (declaration.credential !== 'free-text' || declaration.value === undefined || !/user_?data/i.test(declaration.property)) return;
    for (const place of secretPlaces(declaration.value)) yield hit(place.origin, { says: { what: place.what, property: declaration.property, resource: declaration.from.displayName } });
  },
});
