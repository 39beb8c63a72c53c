import { describe, expect, test } from 'vitest';
import { conditionKeyInfo } from '../../src/data/condition-keys.ts';
import { isWideSubject, oidcIssuer, oidcIssuers } from '../../src/data/oidc-issuers.ts';
import { rcpAppliesTo, rcpServices, rcpServicesDate } from '../../src/data/rcp-services.ts';
import { servicePrincipal, servicePrincipals } from '../../src/data/service-principals.ts';
import { serviceExists } from '../../src/data/actions.ts';

describe('service principals', () => {
  test('are known in global, regional and partition forms', () => {
    expect(servicePrincipal('lambda.amazonaws.com')).toMatchObject({ principal: 'lambda.amazonaws.com', region: undefined });
    expect(servicePrincipal('logs.eu-west-1.amazonaws.com')).toMatchObject({ principal: 'logs.amazonaws.com', region: 'eu-west-1', regionalForm: true });
    expect(servicePrincipal('ec2.amazonaws.com.cn')?.principal).toBe('ec2.amazonaws.com');
    expect(servicePrincipal('ssm-sap.us-gov-west-1.amazonaws.com')?.region).toBe('us-gov-west-1');
    for (const name of ['lamda.amazonaws.com', 'lambda', '', 'lambda.amazonaws.com.evil.example', 'eu-west-1.amazonaws.com'])
      expect(servicePrincipal(name), name).toBeUndefined();
  });

  test('tell which services send source keys', () => {
    expect(servicePrincipal('sns.amazonaws.com')?.sendsSource).toContain('resource-policy');
    expect(servicePrincipal('cloudtrail.amazonaws.com')?.sendsSource).toContain('resource-policy');
    expect(servicePrincipal('ecs-tasks.amazonaws.com')?.sendsSource).toContain('trust-policy');
    expect(servicePrincipal('ec2.amazonaws.com')).toMatchObject({ sendsSource: [], withoutSourceInTrust: true });
    expect(servicePrincipal('ecs.application-autoscaling.amazonaws.com')?.serviceLinked).toBe(true);
  });

  test('a broken refresh would lose those that AWS managed policies name', () => {
    expect(servicePrincipals().length).toBeGreaterThan(350);
    expect(servicePrincipals()).toContain('wellarchitected.amazonaws.com');
  });
});

describe('services with resource control policies', () => {
  test('are dated and exist', () => {
    for (const service of ['s3', 'sts', 'kms', 'sqs', 'secretsmanager']) expect(rcpAppliesTo(service), service).toBe(true);
    expect(rcpAppliesTo('ec2')).toBe(false);
    expect(rcpServicesDate()).toMatch(/^20\d\d-/);
    for (const service of rcpServices()) expect(serviceExists(service), service).toBe(true);
  });
});

describe('OIDC issuers', () => {
  test.each([
    ['https://token.actions.githubusercontent.com', 'github-actions', 'shared'],
    ['token.actions.githubusercontent.com/my-enterprise', 'github-actions-enterprise', 'tenant'],
    ['gitlab.com', 'gitlab', 'shared'],
    ['app.terraform.io', 'terraform-cloud', 'shared'],
    ['oidc.circleci.com/org/1234', 'circleci', 'tenant'],
    ['agent.buildkite.com', 'buildkite', 'shared'],
    ['api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc', 'bitbucket', 'tenant'],
    ['oidc.eks.eu-west-1.amazonaws.com/id/AB12', 'eks', 'tenant'],
    ['accounts.google.com', 'google', 'shared'],
    ['cognito-identity.amazonaws.com', 'cognito-identity', 'shared'],
    ['acme.eu.auth0.com/', 'auth0', 'tenant'],
  ])('%s is %s', (issuer, id, tenancy) => {
    expect(oidcIssuer(issuer)).toMatchObject({ id, tenancy });
  });

  test('a pattern part stands for one part only', () => {
    for (const issuer of [
      'evil.token.actions.githubusercontent.com',
      'oidc.eks.eu-west-1.evil.amazonaws.com/id/AB',
      'gitlab.com/x',
      'oidc.eks.eu-west-1.amazonaws.com/id/',
      '',
      'gitlab.example.com',
    ]) {
      expect(oidcIssuer(issuer), issuer).toBeUndefined();
    }
  });

  test('subjects that leave the tenant open are wide', () => {
    const github = oidcIssuer('token.actions.githubusercontent.com');
    if (!github) throw new Error('GitHub is missing');
    for (const subject of ['*', 'repo:*', 'repo:*/*', 'repo:ac*/app:*', '*:ref:refs/heads/main']) expect(isWideSubject(github, subject), subject).toBe(true);
    for (const subject of ['repo:acme/app:ref:refs/heads/main', 'repo:acme/*', 'repo:acme/app:*']) expect(isWideSubject(github, subject), subject).toBe(false);
    for (const issuer of oidcIssuers()) for (const subject of issuer.subject?.tooWide ?? []) expect(isWideSubject(issuer, subject), `${issuer.id} ${subject}`).toBe(true);
  });

  test('claims to pin are condition keys of the issuer', () => {
    for (const issuer of oidcIssuers().filter((row) => row.enforcedByAws)) {
      const host = (issuer.issuers[0] ?? '').replaceAll('*', 'x');
      for (const claim of issuer.pin.flat()) expect(conditionKeyInfo(`${host}:${claim}`), `${issuer.id} ${claim}`).toBeDefined();
    }
  });
});
