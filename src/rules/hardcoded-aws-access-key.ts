import { defineRule, hit } from '../check/define.ts';
import { accessKeyPlaces } from '../check/facts/access-key.ts';

/** An AWS access key written out, wherever in the input. */
export default defineRule({
  id: 'hardcoded-aws-access-key',
  title: 'AWS key literal in the template',
  category: 'long-lived-credentials',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 9,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_41', 'checkov:CKV_SECRET_2', 'checkov:CKV_SECRET_380', 'checkov:CKV_SECRET_381', 'checkov:CKV_SECRET_6', 'checkov:CKV_SECRET_19', 'checkov:CKV_SECRET_80', 'checkov:CKV_SECRET_10'],
  standards: ['CWE-798'],
  on: 'credential',
  docs: {
    message: 'an AWS access key ({kind}, ending in `{end}`) is written in `{property}`',
    why: 'Whoever reads the file, its history or the deployed resource can act with the key.',
    fix: 'deactivate the key now, then use a role; a key that was committed is no secret any more',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/securing_access-keys.html'],
  },
  *check({ declaration }) {
    if (declaration.value === undefined) return;
    for (const place of accessKeyPlaces(declaration.value)) yield hit(place.origin, { says: { kind: place.kind, end: place.end, property: declaration.property } });
  },
});
