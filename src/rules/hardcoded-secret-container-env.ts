import { defineRule, hit } from '../check/define.ts';
import { secretPlaces } from '../check/facts/secret-text.ts';

/** A secret in the environment of a container. */
export default defineRule({
  id: 'hardcoded-secret-container-env',
  title: 'Secret in container environment',
  category: 'long-lived-credentials',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8,
  confidence: 'high',
  preset: 'recommended',
  peers: ['trivy:AWS-0036', 'cdk-nag:AwsSolutions-ECS2', 'prowler:ecs_task_definitions_no_environment_secrets', 'prowler:glue_etl_jobs_no_secrets_in_arguments'],
  standards: ['FSBP ECS.8', 'CWE-798'],
  on: 'credential',
  docs: {
    message: '{what} is written in the environment `{property}` of `{resource}`',
    why: 'Everyone who may describe the task definition can read its environment.',
    fix: 'pass the secret through the `secrets` of the container',
    references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html'],
  },
  *check({ declaration }) {
    if (declaration.credential !== 'free-text' || declaration.value === undefined || !/container|runtimeenvironmentvariables|runtime_environment_variables|defaultarguments|default_arguments/i.test(declaration.property)) return;
    for (const place of secretPlaces(declaration.value)) yield hit(place.origin, { says: { what: place.what, property: declaration.property, resource: declaration.from.displayName } });
  },
});
