import { defineRule, hit } from '../check/define.ts';
import { secretPlaces } from '../check/facts/secret-text.ts';

/** A secret in the environment of a function. */
export default defineRule({
  id: 'hardcoded-secret-lambda-env',
  title: 'Secret in Lambda environment',
  category: 'long-lived-credentials',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_45', 'prowler:awslambda_function_no_secrets_in_variables'],
  standards: ['CWE-798'],
  on: 'credential',
  docs: {
    message: '{what} is written in the environment `{property}` of `{resource}`',
    why: 'Everyone who may read the configuration of the function can read its environment.',
    fix: 'read the secret from AWS Secrets Manager at run time',
    references: ['https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html'],
  },
  *check({ declaration }) {
    if (declaration.credential !== 'free-text' || declaration.value === undefined || !/^(environment\[?\]?\.variables)/i.test(declaration.property)) return;
    for (const place of secretPlaces(declaration.value)) yield hit(place.origin, { says: { what: place.what, property: declaration.property, resource: declaration.from.displayName } });
  },
});
