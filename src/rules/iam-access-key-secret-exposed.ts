import { defineRule, hit } from '../check/define.ts';
import { exposedKeyOf } from '../check/facts/exposed-key.ts';

/** The secret half of an access key, on its way to where others read it. */
export default defineRule({
  id: 'iam-access-key-secret-exposed',
  title: 'Secret access key flows to an output, env var, parameter or state in clear',
  category: 'long-lived-credentials',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8.5,
  confidence: 'high',
  preset: 'recommended',
  peers: [],
  standards: ['CWE-522', 'CWE-532', 'CWE-312'],
  on: 'credential',
  docs: {
    message: 'the secret of access key `{key}` goes to `{property}` of `{resource}` in clear',
    why: 'Outputs, environments and parameters are read by many; the secret works until someone deletes the key.',
    fix: 'write the secret to AWS Secrets Manager, or use a role instead of the key',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/securing_access-keys.html'],
  },
  *check({ declaration }, { model }) {
    if (declaration.credential !== 'free-text' || declaration.value === undefined) return;
    const exposed = exposedKeyOf(declaration.value, model);
    if (exposed !== undefined) yield hit(exposed.origin, { says: { key: exposed.key, property: declaration.property, resource: declaration.from.displayName } });
  },
});
