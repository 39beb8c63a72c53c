import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/core/problem.ts';
import { Source } from '../../../src/core/source.ts';
import type { Value } from '../../../src/core/value.ts';
import { field } from '../../../src/frontends/cdk/json.ts';
import { createCdkSource } from '../../../src/frontends/cdk/source/index.ts';
import { loadParser } from '../../../src/frontends/cdk/typescript/parser.ts';
import type { Resource, Template } from '../../../src/frontends/frontend.ts';
import { memoryFiles, NO_SETTINGS } from './synth.ts';

interface Read {
  readonly templates: readonly Template[];
  readonly resources: readonly Resource[];
  readonly problems: readonly Problem[];
}

/** Reads sources; those of the run are `app.ts` and whatever is named in `run`. */
function read(texts: Readonly<Record<string, string>>, run: readonly string[] = ['app.ts'], parser = loadParser): Read {
  const problems: Problem[] = [];
  const sources = run.map((path) => new Source(path, texts[path] ?? ''));
  const templates = [...createCdkSource({ loadParser: parser }).open(sources, { files: memoryFiles(texts), settings: NO_SETTINGS, report: (problem) => problems.push(problem) })];
  return { templates, resources: templates.flatMap((one) => one.resources), problems };
}

const IMPORTS = "import * as iam from 'aws-cdk-lib/aws-iam';\nimport { Stack } from 'aws-cdk-lib';\n";

function inStack(body: string): string {
  return `${IMPORTS}export class S extends Stack {\n  constructor(scope, id) {\n    super(scope, id);\n${body}\n  }\n}\n`;
}

/** A value as plain JSON; what is not known as `?name`, references as `<address.attribute>`. */
function plain(value: Value): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.text;
    case 'list':
      return value.items.map(plain);
    case 'map':
      return Object.fromEntries(value.entries.map((entry) => [entry.key, plain(entry.value)]));
    case 'reference':
      return `<${value.address}.${value.attribute}>`;
    case 'concat':
      return value.parts.map(plain).join('');
    case 'unknown':
      return `?${value.name.slice(value.name.indexOf('#') + 1)}`;
    case 'choice':
      return { either: value.options.map((option) => plain(option.value)) };
    case 'absent':
      return null;
  }
}

function only(body: string, type: string): unknown {
  const found = read({ 'app.ts': inStack(body) }).resources.filter((one) => one.type === type);
  expect(found.map((one) => one.type)).toEqual([type]);
  const [resource] = found;
  return resource === undefined ? undefined : plain(resource.properties());
}

function statements(body: string): unknown {
  const policy = only(body, 'AWS::IAM::Policy');
  return field(field(policy, 'PolicyDocument'), 'Statement');
}

/** The statement of one `addToPolicy` call with these properties. */
function statement(properties: string, before = ''): unknown {
  const list = statements(`${before}\n    fn.addToRolePolicy(new iam.PolicyStatement({ ${properties} }));`);
  return Array.isArray(list) ? list[0] : list;
}

describe('policy statements in sources', () => {
  it('are read from literals', () => {
    expect(statement("sid: 'A', effect: iam.Effect.DENY, actions: ['s3:GetObject', 's3:PutObject'], resources: ['*']")).toEqual({ Effect: 'Deny', Sid: 'A', Action: ['s3:GetObject', 's3:PutObject'], Resource: ['*'] });
  });

  it('allow when no effect is written', () => {
    expect(statement("notActions: ['iam:*'], notResources: ['arn:aws:s3:::x']")).toEqual({ Effect: 'Allow', NotAction: ['iam:*'], NotResource: ['arn:aws:s3:::x'] });
  });

  it.each([
    ['a constant', "const actions = ['s3:*'];", 'actions', ['s3:*']],
    ['a spread', "const some = ['s3:*'];", "actions: [...some, 'sqs:*']", ['s3:*', 'sqs:*']],
    ['a joined text', "const service = 's3';", "actions: [service + ':*', `${service}:Get*`]", ['s3:*', 's3:Get*']],
    ['a mapped list', '', "actions: ['Get', 'Put'].map((verb) => `s3:${verb}Object`)", ['s3:GetObject', 's3:PutObject']],
    ['an object', "const names = { read: 's3:Get*' } as const;", 'actions: [names.read]', ['s3:Get*']],
    ['a choice', '', "actions: [scope ? 's3:*' : 's3:Get*']", [{ either: ['s3:*', 's3:Get*'] }]],
    ['the environment', '', 'actions: [process.env.ACTION]', ['?process.env.ACTION']],
    ['a variable that changes', "let action = 's3:Get*'; action = scope;", 'actions: [action]', ['?action']],
    ['what only runs', '', 'actions: [compute()]', ['?compute()']],
  ])('fold %s', (_what, before, property, expected) => {
    expect(statement(property, before)).toMatchObject({ Action: expected });
  });

  it('fold constants, enums and static members of other files', () => {
    const { resources } = read({
      'app.ts': `${IMPORTS}import { ACCOUNT, Names, Static } from './names';\nimport * as all from './names.js';\nfn.addToRolePolicy(new iam.PolicyStatement({ actions: [Names.Read, Static.WRITE], resources: [\`arn:aws:iam::\${ACCOUNT}:role/\${all.ROLE}\`] }));`,
      'names.ts': "export const ACCOUNT = '111111111111';\nexport const ROLE = 'deployer';\nexport enum Names { Read = 's3:Get*' }\nexport class Static { static readonly WRITE = 's3:Put*'; }\n",
    });
    expect(resources.map((one) => plain(one.properties()))).toMatchObject([{ PolicyDocument: { Statement: [{ Action: ['s3:Get*', 's3:Put*'], Resource: ['arn:aws:iam::111111111111:role/deployer'] }] } }]);
  });

  it('take parameters from the calls that give them', () => {
    const found = statements(`allow('s3:*');\n    allow('sqs:*');\n    function allow(action) { fn.addToRolePolicy(new iam.PolicyStatement({ actions: [action], resources: ['*'] })); }`);
    expect(found).toMatchObject([{ Action: [{ either: ['s3:*', 'sqs:*'] }] }]);
  });

  it('survive functions that call themselves', () => {
    const found = statements("function again(action) { again(action); fn.addToRolePolicy(new iam.PolicyStatement({ actions: [action], resources: ['*'] })); }");
    expect(found).toMatchObject([{ Action: ['?action'] }]);
  });

  it('keep their place: each text points at its own characters', () => {
    const text = inStack("    fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));");
    const [resource] = read({ 'app.ts': text }).resources;
    const found: string[] = [];
    const visit = (value: Value): void => {
      if (value.kind === 'scalar') found.push(value.origin.source.text.slice(value.origin.start, value.origin.end));
      else if (value.kind === 'list') value.items.forEach(visit);
      else if (value.kind === 'map') value.entries.forEach((entry) => visit(entry.value));
    };
    if (resource !== undefined) visit(resource.properties());
    expect(found).toEqual(expect.arrayContaining(['s3:*', '*']));
    expect(resource?.origin.source.position(resource.origin.start)).toEqual({ line: 6, column: 8 });
  });

  it('take what is added to them later', () => {
    const found = statements(`const st = new iam.PolicyStatement();
    st.addActions('s3:*', 'sqs:*'); st.addAllResources(); st.addCondition('StringEquals', { 'aws:PrincipalOrgID': 'o-1' });
    role.addToPolicy(st);`);
    expect(found).toEqual([{ Effect: 'Allow', Action: ['s3:*', 'sqs:*'], Resource: ['*'], Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }]);
  });

  it('may be JSON', () => {
    expect(statements("role.addToPolicy(iam.PolicyStatement.fromJson({ Effect: 'Allow', Action: '*', Resource: '*' }));")).toEqual([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
  });

  it('leave unknown what a spread may bring, instead of taking it for absent', () => {
    expect(statement('...props.base, resources: ["*"]')).toMatchObject({ Action: expect.stringContaining('?'), Condition: { unknown: expect.stringContaining('?') } });
  });

  it('take a class of the project with the same name for what it is', () => {
    expect(read({ 'app.ts': "import 'aws-cdk-lib';\nclass PolicyStatement {}\nf.addToPolicy(new PolicyStatement({ actions: ['*'] }));" }).resources.flatMap((one) => (one.type === 'AWS::IAM::Policy' ? [plain(one.properties())] : []))).toMatchObject([{ PolicyDocument: { Statement: [expect.stringContaining('?')] } }]);
  });
});

describe('principals in sources', () => {
  const trust = (assumedBy: string, more = ''): unknown => {
    const role = only(`    new iam.Role(this, 'R', { assumedBy: ${assumedBy}${more} });`, 'AWS::IAM::Role');
    return field(field(role, 'AssumeRolePolicyDocument'), 'Statement');
  };
  const allow = (principal: unknown, more: object = {}): object => ({ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: principal, ...more });

  it.each([
    ["new iam.AccountPrincipal('111111111111')", { AWS: ['arn:aws:iam::111111111111:root'] }],
    ['new iam.AccountPrincipal(props.account)', { AWS: ['arn:aws:iam::?props.account:root'] }],
    ['new iam.AccountRootPrincipal()', { AWS: ['arn:aws:iam::?AWS::AccountId:root'] }],
    ['new iam.AnyPrincipal()', { AWS: ['*'] }],
    ['new iam.StarPrincipal()', '*'],
    ["new iam.ArnPrincipal('arn:aws:iam::111111111111:role/x')", { AWS: ['arn:aws:iam::111111111111:role/x'] }],
    ["new iam.ServicePrincipal('lambda.amazonaws.com')", { Service: ['lambda.amazonaws.com'] }],
    ["new iam.ServicePrincipal('lambda')", { Service: ['lambda.amazonaws.com'] }],
    ["new iam.CanonicalUserPrincipal('abc')", { CanonicalUser: ['abc'] }],
  ])('%s', (source, principal) => {
    expect(trust(source)).toEqual([allow(principal)]);
  });

  it('bring their conditions and actions along', () => {
    expect(trust("new iam.OrganizationPrincipal('o-123')")).toEqual([allow({ AWS: ['*'] }, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-123' } } })]);
    expect(trust("new iam.WebIdentityPrincipal('arn:aws:iam::111111111111:oidc-provider/x', { StringLike: { 'x:sub': 'repo:*' } })")).toEqual([
      { Effect: 'Allow', Action: ['sts:AssumeRoleWithWebIdentity'], Principal: { Federated: ['arn:aws:iam::111111111111:oidc-provider/x'] }, Condition: { StringLike: { 'x:sub': 'repo:*' } } },
    ]);
    expect(trust("new iam.FederatedPrincipal('cognito-identity.amazonaws.com', {}, 'sts:AssumeRoleWithWebIdentity')")).toMatchObject([{ Action: ['sts:AssumeRoleWithWebIdentity'] }]);
  });

  it('are limited by withConditions and external ids, also by ones that only run', () => {
    expect(trust("new iam.AnyPrincipal().withConditions({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } })")).toEqual([allow({ AWS: ['*'] }, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })]);
    expect(trust("new iam.AccountPrincipal('111111111111')", ", externalIds: ['x1']")).toEqual([allow({ AWS: ['arn:aws:iam::111111111111:root'] }, { Condition: { StringEquals: { 'sts:ExternalId': ['x1'] } } })]);
    expect(trust('new iam.AnyPrincipal().withConditions(props.limits)')).toEqual([allow({ AWS: ['*'] }, { Condition: { unknown: '?props.limits' } })]);
  });

  it('may be several, each a statement of its own', () => {
    expect(trust("new iam.CompositePrincipal(new iam.AnyPrincipal(), new iam.ServicePrincipal('ec2.amazonaws.com').withSessionTags())")).toEqual([
      allow({ AWS: ['*'] }),
      { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: ['ec2.amazonaws.com'] } },
    ]);
  });

  it('may be roles of the sources', () => {
    const { resources } = read({ 'app.ts': inStack("    const a = new iam.Role(this, 'A', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });\n    new iam.Role(this, 'B', { assumedBy: a });") });
    expect(resources.map((one) => plain(one.properties()))[1]).toMatchObject({ AssumeRolePolicyDocument: { Statement: [{ Principal: { AWS: ['<S/A.Arn>'] } }] } });
  });

  it('stand in resource policies', () => {
    expect(only("    bucket.addToResourcePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')], principals: [new iam.AnyPrincipal()] }));", 'AWS::S3::BucketPolicy')).toMatchObject({
      PolicyDocument: { Statement: [{ Principal: { AWS: ['*'] }, Resource: ['?bucket.bucketArn/*'] }] },
    });
  });
});

describe('identities in sources', () => {
  it('are roles, users, groups, keys and policies, referring to each other', () => {
    const { resources, templates } = read({
      'app.ts': inStack(`    const group = new iam.Group(this, 'G', { managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')] });
    const user = new iam.User(this, 'U', { groups: [group], userName: 'ann' });
    new iam.AccessKey(this, 'K', { user, status: iam.AccessKeyStatus.INACTIVE });
    const policy = new iam.ManagedPolicy(this, 'P', { statements: [new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })], users: [user] });
    user.addManagedPolicy(policy);`),
    });
    expect(templates[0]?.dialect).toBe('cdk-source');
    expect(resources.map((one) => [one.type, one.address, plain(one.properties())])).toEqual([
      ['AWS::IAM::Group', 'S/G', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }],
      ['AWS::IAM::User', 'S/U', { ManagedPolicyArns: ['<S/P.>'], Groups: ['<S/G.>'], UserName: 'ann' }],
      ['AWS::IAM::AccessKey', 'S/K', { UserName: '<S/U.>', Status: 'Inactive' }],
      ['AWS::IAM::ManagedPolicy', 'S/P', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:*'], Resource: ['*'] }] }, Users: ['<S/U.>'] }],
    ]);
  });

  it('may be written on the level of CloudFormation', () => {
    expect(only("    new iam.CfnUser(this, 'U', { loginProfile: { password: 'hunter2hunter2' }, policies: [{ policyName: 'p', policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }] });", 'AWS::IAM::User')).toEqual({
      LoginProfile: { Password: 'hunter2hunter2' },
      Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
    });
  });

  it('may be classes that extend the library, with what their own code adds', () => {
    const { resources } = read({ 'app.ts': `${IMPORTS}class Admin extends iam.Role {\n  constructor(scope, id) {\n    super(scope, id, { assumedBy: new iam.AnyPrincipal() });\n    this.addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));\n  }\n}` });
    expect(resources.map((one) => [one.type, one.address])).toEqual([['AWS::IAM::Role', 'Admin'], ['AWS::IAM::Policy', 'Admin/DefaultPolicy']]);
    expect(plain(resources[1]?.properties() ?? { kind: 'absent', origin: { source: new Source('', ''), start: 0, end: 0 } })).toMatchObject({ Roles: ['<Admin.>'] });
  });

  it('have documents of their own: inline policies and trust that code adds to', () => {
    const role = only(
      `    const role = new iam.Role(this, 'R', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'), inlinePolicies: { all: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['*'], resources: ['*'] })] }) } });
    role.assumeRolePolicy?.addStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.AnyPrincipal()] }));`,
      'AWS::IAM::Role',
    );
    expect(role).toMatchObject({ AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: ['ec2.amazonaws.com'] } }, { Principal: { AWS: ['*'] } }] }, Policies: [{ PolicyName: 'all', PolicyDocument: { Statement: [{ Action: ['*'] }] } }] });
  });

  it('are unknown in what only runs', () => {
    expect(only("    new iam.Role(this, 'R', props.role);", 'AWS::IAM::Role')).toEqual({ AssumeRolePolicyDocument: '?props.role' });
  });

  it('take statements whose use is not shown as raw policies', () => {
    const { resources } = read({ 'app.ts': `${IMPORTS}export const one = make(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));\nexport const other = () => new iam.PolicyStatement({ actions: ['sqs:*'], principals: [new iam.AnyPrincipal()] });\nexport const trust = new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.AnyPrincipal()] });` });
    expect(resources.map((one) => one.type)).toEqual(['policy:identity', 'policy:resource', 'policy:trust']);
    expect(new Set(resources.map((one) => one.address)).size).toBe(3);
  });
});

describe('credentials in sources', () => {
  const literals = (text: string): unknown => read({ 'app.ts': `import 'aws-cdk-lib';\n${text}` }).resources.map((one) => [one.type, plain(one.properties())]);

  it('are found by their form, whatever they are called', () => {
    const key = `AKIA${'ABCDEFGHIJKLMNOP'}`;
    expect(literals(`const x = { a: '${key}', url: 'https://${key}@example.com' };`)).toEqual([
      ['typescript:literal', { value: key, name: 'a' }],
      ['typescript:literal', { value: `https://${key}@example.com`, name: 'url' }],
    ]);
  });

  it('are found by the name they are given to', () => {
    const word = 'n0tReallyASecret1';
    expect(literals(`const password = '${word}';\nSecretValue.unsafePlainText('${word}');`)).toEqual([
      ['typescript:literal', { value: word, name: 'password' }],
      ['typescript:literal', { value: word, name: 'secret' }],
    ]);
  });

  it('are not names, paths and references', () => {
    expect(literals("const secretName = 'prod/database/password1'; const secretArn = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:x'; const title = 'a title of 16 chars';")).toEqual([]);
  });
});

describe('sources as files', () => {
  it('carry the suppressions their comments make', () => {
    const { templates } = read({ 'app.ts': `${IMPORTS}// iamlint-ignore admin-star-star: bootstrap only\nr.addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));` });
    expect(templates[0]?.suppressions.map((mark) => [mark.rules, mark.reason, mark.covers])).toEqual([[['admin-star-star'], 'bootstrap only', { kind: 'lines', from: 4, to: 4 }]]);
  });

  it('are reported when they do not parse, and the others are read', () => {
    const { problems, resources } = read({ 'app.ts': "import 'aws-cdk-lib'; new (", 'b.ts': `${IMPORTS}new iam.User(scope, 'U');` }, ['app.ts', 'b.ts']);
    expect(problems.map((problem) => [problem.code, problem.origin.source.path])).toEqual([['unreadable-input', 'app.ts']]);
    expect(resources.map((one) => one.type)).toEqual(['AWS::IAM::User']);
  });

  it('are reported when they are nested too deeply', () => {
    const { problems } = read({ 'app.ts': `import 'aws-cdk-lib'; const x = ${'['.repeat(30_000)}${']'.repeat(30_000)};` });
    expect(problems.map((problem) => [problem.code, problem.message])).toEqual([['unreadable-input', expect.stringContaining('too deeply')]]);
  });

  it('are named once when no parser is installed', () => {
    const { problems, templates } = read({ 'app.ts': IMPORTS, 'b.ts': IMPORTS }, ['app.ts', 'b.ts'], () => undefined);
    expect([problems.map((problem) => problem.code), templates]).toEqual([['feature-unavailable'], []]);
  });

  it('end folding that would not end', () => {
    const doubled = Array.from({ length: 40 }, (_, index) => `const a${index + 1} = a${index} + a${index};`).join('\n');
    const { resources } = read({ 'app.ts': `${IMPORTS}const a0 = 's3:*';\n${doubled}\nr.addToPolicy(new iam.PolicyStatement({ actions: [a40], resources: ['*'] }));` });
    expect(resources).toHaveLength(1);
  });
});
