import { describe, expect, it } from 'vitest';
import { knownText, property } from '../../../src/core/value.ts';
import type { DeploymentSettings } from '../../../src/frontends/frontend.ts';
import { memoryFiles, NO_SETTINGS, openAssembly, resourcesOf } from './synth.ts';

type Json = Readonly<Record<string, unknown>>;

/** A role whose trust names the deployment's own account. */
const ROLE: Json = {
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: { Ref: 'AWS::AccountId' } } }] } },
};

function template(resources: Json = { Role: ROLE }): string {
  return JSON.stringify({ Resources: resources }, null, 1);
}

function stack(extra: Json = {}, properties: Json = {}): Json {
  return { type: 'aws:cloudformation:stack', environment: 'aws://111111111111/eu-west-1', properties: { templateFile: 'S.template.json', ...properties }, displayName: 'S', ...extra };
}

function manifest(artifacts: Json, version = '55.0.0'): string {
  return JSON.stringify({ version, artifacts });
}

function open(texts: Readonly<Record<string, string>>, settings: DeploymentSettings = NO_SETTINGS) {
  const opened = openAssembly(memoryFiles(texts), { settings });
  return { ...opened, scopes: opened.templates.map((one) => one.scope), codes: opened.problems.map((problem) => problem.code) };
}

function account(opened: { readonly templates: ReturnType<typeof open>['templates'] }, index = 0): unknown {
  const trust = property(opened.templates[index]?.resources.find((one) => one.type === 'AWS::IAM::Role')?.properties(), 'AssumeRolePolicyDocument');
  const statement = property(trust, 'Statement');
  const principal = property(property(statement?.kind === 'list' ? statement.items[0] : undefined, 'Principal'), 'AWS');
  return principal?.kind === 'unknown' ? principal.reason : knownText(principal);
}

describe('where a stack is deployed', () => {
  it('is what its environment says', () => {
    const opened = open({ 'cdk.out/manifest.json': manifest({ S: stack() }), 'cdk.out/S.template.json': template() });
    expect(opened.scopes).toEqual([{ id: 'cdk.out/S.template.json', name: 'S', account: '111111111111', region: 'eu-west-1', partition: 'aws' }]);
    expect(account(opened)).toBe('111111111111');
  });

  it('is not known for a stack without environment, unless the configuration says', () => {
    const texts = { 'cdk.out/manifest.json': manifest({ S: stack({ environment: 'aws://unknown-account/unknown-region' }) }), 'cdk.out/S.template.json': template() };
    expect(account(open(texts))).toBe('deployment-account');
    const configured = open(texts, { ...NO_SETTINGS, deploymentsOf: (path) => (path === 'cdk.out/S.template.json' ? [{ account: '222222222222', region: 'us-east-1' }, { account: '333333333333', region: undefined }] : []) });
    expect(configured.scopes.map((scope) => scope.account)).toEqual(['222222222222', '333333333333']);
    expect(new Set(configured.scopes.map((scope) => scope.id)).size).toBe(2);
    expect([account(configured, 0), account(configured, 1)]).toEqual(['222222222222', '333333333333']);
  });

  it('may be configured for the assembly as a whole', () => {
    const opened = open(
      { 'cdk.out/manifest.json': manifest({ S: stack({ environment: 'aws://unknown-account/eu-west-1' }) }), 'cdk.out/S.template.json': template() },
      { ...NO_SETTINGS, deploymentsOf: (path) => (path === 'cdk.out/manifest.json' ? [{ account: '222222222222', region: 'us-east-1' }] : []) },
    );
    expect(opened.scopes.map((scope) => [scope.account, scope.region])).toEqual([['222222222222', 'eu-west-1']]);
  });

  it('decides the partition', () => {
    const opened = open({ 'cdk.out/manifest.json': manifest({ S: stack({ environment: 'aws://111111111111/cn-north-1' }) }), 'cdk.out/S.template.json': template() });
    expect(opened.scopes[0]?.partition).toBe('aws-cn');
  });

  it('names the roles of the bootstrap stack that deploy there', () => {
    const roles = { assumeRoleArn: 'arn:${AWS::Partition}:iam::111111111111:role/cdk-x-deploy-role', cloudFormationExecutionRoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-x-cfn-exec-role', lookupRole: { arn: 'arn:${AWS::Partition}:iam::${Other}:role/x' } };
    const opened = open({ 'cdk.out/manifest.json': manifest({ S: stack({}, roles) }), 'cdk.out/S.template.json': template() });
    const bootstrap = resourcesOf(opened).filter((one) => one.type === 'cdk:bootstrap-role');
    expect(bootstrap.map((one) => [knownText(property(one.properties(), 'Purpose')), knownText(property(one.properties(), 'Arn'))])).toEqual([
      ['deploy', 'arn:aws:iam::111111111111:role/cdk-x-deploy-role'],
      ['execution', 'arn:aws:iam::111111111111:role/cdk-x-cfn-exec-role'],
    ]);
  });
});

describe('names of stacks and constructs', () => {
  it('takes the stack name CloudFormation knows, which other stacks refer to', () => {
    const opened = open({ 'cdk.out/manifest.json': manifest({ DevAppF437: stack({}, { stackName: 'Dev-App' }) }), 'cdk.out/S.template.json': template() });
    expect(opened.scopes[0]?.name).toBe('Dev-App');
  });

  it('keeps two stacks of one template apart', () => {
    const opened = open({ 'cdk.out/manifest.json': manifest({ A: stack(), B: stack() }), 'cdk.out/S.template.json': template() });
    expect(new Set(opened.scopes.map((scope) => scope.id)).size).toBe(2);
  });

  it.each([
    ['a metadata file', { artifact: { additionalMetadataFile: 'S.metadata.json' }, files: { 'cdk.out/S.metadata.json': JSON.stringify({ '/S/Role/Resource': [{ type: 'aws:cdk:logicalId', data: 'Role' }] }) } }],
    ['metadata inside an older manifest', { artifact: { metadata: { '/S/Role/Resource': [{ type: 'aws:cdk:logicalId', data: 'Role' }] } }, files: {} }],
    ['the path the CLI leaves in the template', { artifact: {}, files: { 'cdk.out/S.template.json': template({ Role: { ...ROLE, Metadata: { 'aws:cdk:path': 'S/Role/Resource' } } }) } }],
    [
      'the construct tree, when the metadata file is not kept',
      {
        artifact: { additionalMetadataFile: 'S.metadata.json' },
        files: { 'cdk.out/tree.json': JSON.stringify({ tree: { path: '', children: { S: { path: 'S', children: { Role: { path: 'S/Role', children: { Resource: { path: 'S/Role/Resource', attributes: { 'aws:cdk:cloudformation:logicalId': 'Role' } } } } } } } } }) },
      },
    ],
  ])('finds construct paths in %s', (_where, { artifact, files }) => {
    const artifacts = { S: stack(artifact), Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } } };
    const opened = open({ 'cdk.out/manifest.json': manifest(artifacts, '36.0.0'), 'cdk.out/S.template.json': template(), ...files });
    expect(opened.problems).toEqual([]);
    expect(resourcesOf(opened).map((one) => one.displayName)).toContain('S/Role/Resource');
  });

  it('tells the constructs of nested stacks from those of their parent, though logical ids repeat', () => {
    const nestedResource = (name: string): string => `${name}.NestedStack/${name}.NestedStackResource`;
    const metadata = {
      '/S/Role/Resource': [{ type: 'aws:cdk:logicalId', data: 'Role' }],
      [`/S/${nestedResource('N')}`]: [{ type: 'aws:cdk:logicalId', data: 'Nested' }],
      '/S/N/Role/Resource': [{ type: 'aws:cdk:logicalId', data: 'Role' }],
      [`/S/N/${nestedResource('M')}`]: [{ type: 'aws:cdk:logicalId', data: 'Nested' }],
      '/S/N/M/Role/Resource': [{ type: 'aws:cdk:logicalId', data: 'Role' }],
    };
    const hash = (letter: string): string => letter.repeat(64);
    const nested = (letter: string): Json => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::URLSuffix' }, `/assets/${hash(letter)}.json`]] } } });
    const assets = { files: { [hash('a')]: { source: { path: 'N.nested.template.json' } }, [hash('b')]: { source: { path: 'M.nested.template.json' } } } };
    const opened = open({
      'cdk.out/manifest.json': manifest({ S: stack({ metadata, dependencies: ['S.assets'] }), 'S.assets': { type: 'cdk:asset-manifest', properties: { file: 'S.assets.json' } } }),
      'cdk.out/S.assets.json': JSON.stringify(assets),
      'cdk.out/S.template.json': template({ Role: ROLE, Nested: nested('a') }),
      'cdk.out/N.nested.template.json': template({ Role: ROLE, Nested: nested('b') }),
      'cdk.out/M.nested.template.json': template({ Role: ROLE }),
    });
    expect(opened.problems).toEqual([]);
    expect(opened.templates.map((one) => one.resources.find((resource) => resource.address === 'Role')?.displayName)).toEqual(['S/Role/Resource', 'S/N/Role/Resource', 'S/N/M/Role/Resource']);
    expect(opened.scopes.map((scope) => scope.account)).toEqual(['111111111111', '111111111111', '111111111111']);
  });

  it('finds a nested template by the file that metadata names, when no asset manifest is there', () => {
    const metadata = { '/S/N': [{ type: 'aws:cdk:templateFile', data: 'N.nested.template.json' }], '/S/N.NestedStack/N.NestedStackResource': [{ type: 'aws:cdk:logicalId', data: 'Nested' }] };
    const opened = open({
      'cdk.out/manifest.json': manifest({ S: stack({ metadata }) }),
      'cdk.out/S.template.json': template({ Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/unknown.json' } } }),
      'cdk.out/N.nested.template.json': template(),
    });
    expect(opened.templates).toHaveLength(2);
  });
});

describe('acknowledged rules', () => {
  it('become suppressions of the construct and all below it, with their reasons', () => {
    const metadata = {
      '/S/App': [{ type: 'aws:cdk:acknowledged-rules', data: { 'iamlint::admin-star-star': 'break glass', 'Annotation::something': 'not ours', 'CdkNag::AwsSolutions-IAM5': 'known' } }],
      '/S/App/Role/Resource': [{ type: 'aws:cdk:logicalId', data: 'Role' }],
      '/S/AppOther/Resource': [{ type: 'aws:cdk:logicalId', data: 'Other' }],
    };
    const opened = open({ 'cdk.out/manifest.json': manifest({ S: stack({ metadata }) }), 'cdk.out/S.template.json': template({ Role: ROLE, Other: ROLE }) });
    const marks = resourcesOf(opened).map((one) => [one.address, (one.suppressions ?? []).map((mark) => [mark.rules, mark.reason])]);
    expect(marks).toEqual([
      ['Role', [[['admin-star-star'], 'break glass'], [['cdk-nag:AwsSolutions-IAM5'], 'known']]],
      ['Other', []],
    ]);
  });
});

describe('suppression comments of the sources', () => {
  it('hold for the assembly, whose findings are shown there', () => {
    const opened = open({
      'cdk.out/manifest.json': manifest({ S: stack(), T: stack({}, { templateFile: 'T.template.json' }) }),
      'cdk.out/S.template.json': template(),
      'cdk.out/T.template.json': template(),
      'lib/app.ts': '// iamlint-ignore admin-star-star: bootstrap\nrole.addToPolicy(all);',
    });
    const marks = opened.templates.flatMap((one) => one.suppressions);
    expect(marks.map((mark) => [mark.rules, mark.reason, mark.origin.source.path, mark.covers])).toEqual([[['admin-star-star'], 'bootstrap', 'lib/app.ts', { kind: 'lines', from: 2, to: 2 }]]);
  });
});

describe('assemblies that are not as they should be', () => {
  it.each([
    ['a template outside the assembly', { S: stack({}, { templateFile: '../../secrets/S.template.json' }) }, 'path-outside-root'],
    ['an absolute template path', { S: stack({}, { templateFile: '/etc/passwd' }) }, 'path-outside-root'],
    ['a template that is not there', { S: stack({}, { templateFile: 'gone.template.json' }) }, 'missing-file'],
    ['a stack without a template', { S: { type: 'aws:cloudformation:stack', properties: {} } }, 'unsupported-construct'],
    ['an assembly nested in itself', { N: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } }, 'path-outside-root'],
    ['a nested assembly outside', { N: { type: 'cdk:cloud-assembly', properties: { directoryName: '../other' } } }, 'path-outside-root'],
    ['a nested assembly that is not there', { N: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-N' } } }, 'missing-file'],
    ['metadata that is not there', { S: stack({ additionalMetadataFile: 'S.metadata.json' }) }, 'missing-file'],
    ['a prototype key', { ['__proto__']: stack(), S: stack({ environment: 5, displayName: [] }) }, undefined],
  ])('reports %s and goes on', (_what, artifacts, code) => {
    const opened = open({ 'cdk.out/manifest.json': manifest({ ...artifacts, Good: stack({}, { templateFile: 'Good.template.json' }) }), 'cdk.out/S.template.json': template(), 'cdk.out/Good.template.json': template() });
    expect(opened.scopes.map((scope) => scope.name)).toContain('Good');
    if (code !== undefined) expect(opened.codes).toContain(code);
  });

  it('reports nested assemblies that contain each other', () => {
    const nested = (name: string): Json => ({ N: { type: 'cdk:cloud-assembly', properties: { directoryName: name } } });
    const texts: Record<string, string> = {};
    for (let depth = 0, folder = 'cdk.out'; depth < 30; depth += 1, folder += '/in') texts[`${folder}/manifest.json`] = manifest(nested('in'));
    expect(open(texts).codes).toContain('cyclic-reference');
  });

  it('reports a nested stack that contains itself', () => {
    const hash = 'a'.repeat(64);
    const opened = open({
      'cdk.out/manifest.json': manifest({ S: stack({ dependencies: ['S.assets'] }), 'S.assets': { type: 'cdk:asset-manifest', properties: { file: 'S.assets.json' } } }),
      'cdk.out/S.assets.json': JSON.stringify({ files: { [hash]: { source: { path: 'S.template.json' } } } }),
      'cdk.out/S.template.json': template({ Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `https://x/${hash}.json` } } }),
    });
    expect(opened.codes).toContain('cyclic-reference');
  });

  it('reports a manifest that is no JSON', () => {
    expect(open({ 'cdk.out/manifest.json': '{"version": "55.0.0", "artifacts": {' }).codes).toEqual(['unreadable-input']);
  });

  it('reads a newer schema, and says so', () => {
    const opened = open({ 'cdk.out/manifest.json': manifest({ S: stack() }, '99.1.0'), 'cdk.out/S.template.json': template() });
    expect(opened.codes).toEqual(['unsupported-construct']);
    expect(opened.templates).toHaveLength(1);
  });

  it('says which templates of the folder no stack reaches', () => {
    const opened = open({ 'cdk.out/manifest.json': manifest({ S: stack() }), 'cdk.out/S.template.json': template(), 'cdk.out/Old.template.json': template() });
    expect(opened.problems.map((problem) => problem.message)).toEqual([expect.stringContaining('`Old.template.json`')]);
    expect(opened.templates).toHaveLength(1);
  });

  it('says once that TypeScript lines need the parser, when it is not installed and there are sources', () => {
    const texts = { 'cdk.out/manifest.json': manifest({ S: stack() }), 'cdk.out/S.template.json': template() };
    const without = (files: Readonly<Record<string, string>>) => openAssembly(memoryFiles(files), { parser: false }).problems.map((problem) => problem.code);
    expect(without({ ...texts, 'bin/app.ts': 'new App();' })).toEqual(['feature-unavailable']);
    expect(without(texts)).toEqual([]);
  });
});
