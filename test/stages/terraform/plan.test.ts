import { describe, expect, it } from 'vitest';
import { locate } from '../../../src/parse/json.ts';
import { opened, type Opened, plain, property, propertyValue } from './given.ts';

interface Change {
  readonly address: string;
  readonly after?: unknown;
  readonly unknown?: unknown;
  readonly actions?: readonly string[];
  readonly mode?: string;
  readonly index?: string | number;
  readonly module?: string;
}

/** One entry of `resource_changes`. */
function change({ address, after = {}, unknown = {}, actions = ['create'], mode = 'managed', index, module }: Change): unknown {
  const [type = '', name = ''] = address.replace(/^(module\.[^.]+\.)*/, '').replace(/^data\./, '').replace(/\[.*$/, '').split('.');
  return { address, mode, type, name, index, ...(module === undefined ? {} : { module_address: module }), change: { actions, before: null, after, after_unknown: unknown } };
}

interface Plan {
  readonly changes: readonly unknown[];
  readonly resources?: Readonly<Record<string, unknown>>;
  readonly root?: Readonly<Record<string, unknown>>;
  readonly rest?: Readonly<Record<string, unknown>>;
}

/** A plan as `terraform show -json` prints it; `resources` are the arguments in its configuration section by address. */
function planText({ changes, resources = {}, root = {}, rest = {} }: Plan): string {
  const configured = Object.entries(resources).map(([address, expressions]) => {
    const [type = '', name = ''] = address.replace(/^data\./, '').split('.');
    return { address, mode: address.startsWith('data.') ? 'data' : 'managed', type, name, provider_config_key: 'aws', expressions };
  });
  return JSON.stringify({ format_version: '1.2', terraform_version: '1.9.0', planned_values: {}, resource_changes: changes, configuration: { provider_config: { aws: { name: 'aws', expressions: { region: { constant_value: 'eu-west-1' } } } }, root_module: { resources: configured, ...root } }, ...rest });
}

function plan(given: Plan): Opened {
  return opened({ 'plan.json': planText(given) });
}

describe('plans', () => {
  it('show what resources will be', () => {
    const found = plan({ changes: [change({ address: 'aws_iam_user.u', after: { name: 'u', tags: null, path: '/' } })] });
    expect(plain(found.at('aws_iam_user.u').properties())).toEqual({ name: 'u', path: '/' });
    expect(found.templates[0]?.scope).toMatchObject({ id: 'plan.json', region: 'eu-west-1' });
  });

  it('point into the JSON by path', () => {
    const text = planText({ changes: [change({ address: 'aws_iam_user.u', after: { name: 'the-name' } })] });
    const origin = propertyValue(opened({ 'plan.json': text }).at('aws_iam_user.u'), 'name')?.origin;
    expect(origin?.pointer).toEqual(['resource_changes', 0, 'change', 'after', 'name']);
    const span = locate(text, origin?.pointer ?? []);
    expect(text.slice(span?.start, span?.end)).toBe('the-name');
  });

  it('leave out what is deleted or forgotten, and take what drifted as planned', () => {
    const found = plan({
      changes: [
        change({ address: 'aws_iam_user.gone', actions: ['delete'], after: null }),
        change({ address: 'aws_iam_user.forgotten', actions: ['forget'], after: null }),
        change({ address: 'aws_iam_user.replaced', actions: ['delete', 'create'], after: { name: 'r' } }),
        change({ address: 'aws_iam_user.kept', actions: ['no-op'], after: { name: 'planned' } }),
      ],
      rest: {
        planned_values: { root_module: { resources: [{ address: 'aws_iam_user.gone', mode: 'managed', type: 'aws_iam_user', name: 'gone', values: {} }] } },
        resource_drift: [change({ address: 'aws_iam_user.kept', actions: ['update'], after: { name: 'drifted' } })],
      },
    });
    expect(found.addresses.filter((address) => address.startsWith('aws_'))).toEqual(['aws_iam_user.replaced', 'aws_iam_user.kept']);
    expect(property(found.at('aws_iam_user.kept'), 'name')).toBe('planned');
  });

  it('know by the configuration what an unknown will be', () => {
    const found = plan({
      changes: [
        change({ address: 'aws_iam_role.r', after: { name: 'r' }, unknown: { arn: true, id: true, policy: true } }),
        change({ address: 'aws_iam_role_policy_attachment.a', after: { role: 'r' }, unknown: { policy_arn: true, id: true } }),
        change({ address: 'aws_iam_policy.p', after: {}, unknown: { arn: true } }),
      ],
      resources: { 'aws_iam_role.r': { name: { constant_value: 'r' } }, 'aws_iam_policy.p': {}, 'aws_iam_role_policy_attachment.a': { policy_arn: { references: ['aws_iam_policy.p.arn', 'aws_iam_policy.p'] }, role: { references: ['aws_iam_role.r.name', 'aws_iam_role.r'] } } },
    });
    expect(plain(found.at('aws_iam_role_policy_attachment.a').properties())).toEqual({ role: 'r', policy_arn: '<aws_iam_policy.p.arn>' });
    // An unknown without an expression is a default of the provider: not set.
    expect(property(found.at('aws_iam_role.r'), 'policy')).toBeUndefined();
  });

  it('complete references of old plans by what they are for', () => {
    const found = plan({
      changes: [change({ address: 'aws_iam_policy.p' }), change({ address: 'aws_s3_bucket.b' }), change({ address: 'aws_iam_role_policy_attachment.a', unknown: { policy_arn: true } }), change({ address: 'aws_s3_bucket_policy.q', unknown: { bucket: true } })],
      resources: { 'aws_iam_policy.p': {}, 'aws_s3_bucket.b': {}, 'aws_iam_role_policy_attachment.a': { policy_arn: { references: ['aws_iam_policy.p'] } }, 'aws_s3_bucket_policy.q': { bucket: { references: ['aws_s3_bucket.b'] } } },
    });
    expect(property(found.at('aws_iam_role_policy_attachment.a'), 'policy_arn')).toBe('<aws_iam_policy.p.arn>');
    expect(property(found.at('aws_s3_bucket_policy.q'), 'bucket')).toBe('<aws_s3_bucket.b.id>');
  });

  it('rebuild documents that are made when the plan is applied', () => {
    const found = plan({
      changes: [
        change({ address: 'aws_iam_role.r', unknown: { arn: true } }),
        change({ address: 'aws_s3_bucket.b', unknown: { arn: true } }),
        change({
          address: 'data.aws_iam_policy_document.d',
          mode: 'data',
          actions: ['read'],
          after: { statement: [{ actions: ['iam:PassRole'], effect: 'Allow', resources: [null] }, { actions: ['s3:*'], effect: null, resources: [null, 'fixed'] }] },
          unknown: { json: true, id: true, statement: [{ actions: [false], resources: [true] }, { actions: [false], resources: [true, false] }] },
        }),
        change({ address: 'aws_iam_policy.p', unknown: { policy: true } }),
      ],
      resources: {
        'aws_iam_role.r': {},
        'aws_s3_bucket.b': {},
        'data.aws_iam_policy_document.d': { statement: [{ actions: { constant_value: ['iam:PassRole'] }, resources: { references: ['aws_iam_role.r.arn', 'aws_iam_role.r'] } }, { actions: { constant_value: ['s3:*'] }, resources: { references: ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'] } }] },
        'aws_iam_policy.p': { policy: { references: ['data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d'] } },
      },
    });
    expect(property(found.at('aws_iam_policy.p'), 'policy')).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'iam:PassRole', Resource: '<aws_iam_role.r.arn>' },
        // `bucket.arn` and `"${bucket.arn}/*"` look the same in a plan.
        { Effect: 'Allow', Action: 's3:*', Resource: ['{<aws_s3_bucket.b.arn>}{?the rest of data.aws_iam_policy_document.d resources 0}', 'fixed'] },
      ],
    });
  });

  it('do not pass off a reference for the document it is a part of', () => {
    const found = plan({
      changes: [change({ address: 'aws_s3_bucket.b' }), change({ address: 'aws_iam_policy.p', unknown: { policy: true } })],
      resources: { 'aws_s3_bucket.b': {}, 'aws_iam_policy.p': { policy: { references: ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'] } } },
    });
    expect(propertyValue(found.at('aws_iam_policy.p'), 'policy')).toMatchObject({ kind: 'unknown', reason: 'known-after-apply' });
  });

  it('follow variables and outputs of modules', () => {
    const found = plan({
      changes: [
        change({ address: 'module.roles["a"].aws_iam_role.r', module: 'module.roles["a"]', unknown: { arn: true } }),
        change({ address: 'module.user.aws_iam_role_policy_attachment.x', module: 'module.user', unknown: { policy_arn: true, role: true } }),
      ],
      root: {
        module_calls: {
          roles: { source: './roles', for_each_expression: {}, module: { resources: [{ address: 'aws_iam_role.r', mode: 'managed', type: 'aws_iam_role', name: 'r', expressions: {} }], outputs: { arn: { expression: { references: ['aws_iam_role.r.arn', 'aws_iam_role.r'] } } } } },
          user: {
            source: './user',
            expressions: { policy: { references: ['module.roles["a"].arn', 'module.roles["a"]', 'module.roles'] }, role: { constant_value: 'fixed' } },
            module: { resources: [{ address: 'aws_iam_role_policy_attachment.x', mode: 'managed', type: 'aws_iam_role_policy_attachment', name: 'x', expressions: { policy_arn: { references: ['var.policy'] }, role: { references: ['var.role'] } } }], variables: { policy: {}, role: {} } },
          },
        },
      },
    });
    const attachment = found.at('module.user.aws_iam_role_policy_attachment.x');
    expect(property(attachment, 'policy_arn')).toBe('<module.roles["a"].aws_iam_role.r.arn>');
    expect(property(attachment, 'role')).toBe('fixed');
  });

  it('gain structure from templates that JSON syntax leaves in constants', () => {
    const found = plan({
      changes: [change({ address: 'aws_s3_bucket.b' }), change({ address: 'aws_iam_policy.p', unknown: { policy: true } })],
      resources: { 'aws_s3_bucket.b': {}, 'aws_iam_policy.p': { policy: { constant_value: '${jsonencode({"Statement" = [{"Resource" = "${aws_s3_bucket.b.arn}/*"}]})}', references: ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'] } } },
    });
    expect(property(found.at('aws_iam_policy.p'), 'policy')).toEqual({ Statement: [{ Resource: '{<aws_s3_bucket.b.arn>}/*' }] });
  });

  it('say in which account they were made', () => {
    const caller = { address: 'data.aws_caller_identity.c', mode: 'data', type: 'aws_caller_identity', name: 'c', values: { account_id: '111111111111' } };
    const scope = (given: Partial<Plan>): unknown => plan({ changes: [change({ address: 'aws_iam_user.u' })], ...given }).templates[0]?.scope.account;
    expect(scope({ rest: { prior_state: { values: { root_module: { resources: [caller] } } } }, resources: { 'data.aws_caller_identity.c': {} } })).toBe('111111111111');
    expect(scope({ changes: [change({ address: 'aws_iam_user.u', after: { arn: 'arn:aws:iam::222222222222:user/u' } })], resources: { 'aws_iam_user.u': {} } })).toBe('222222222222');
    const changes = [change({ address: 'aws_iam_user.u', after: { arn: 'arn:aws:iam::222222222222:user/u' } }), change({ address: 'aws_iam_user.v', after: { arn: 'arn:aws:iam::333333333333:user/v' } })];
    expect(scope({ changes, resources: { 'aws_iam_user.u': {}, 'aws_iam_user.v': {} } })).toBeUndefined();
  });

  it('tell accounts of aliased providers apart', () => {
    const text = planText({ changes: [change({ address: 'aws_iam_user.u' })], rest: {} });
    const json: unknown = JSON.parse(text, (key, value: unknown) => {
      if (key === 'provider_config') return { aws: { name: 'aws', expressions: {} }, 'aws.audit': { name: 'aws', alias: 'audit', expressions: { assume_role: [{ role_arn: { constant_value: 'arn:aws:iam::444444444444:role/x' } }] } } };
      return key === 'root_module' ? { resources: [{ address: 'aws_iam_user.u', mode: 'managed', type: 'aws_iam_user', name: 'u', provider_config_key: 'aws.audit', expressions: {} }] } : value;
    });
    expect(opened({ 'plan.json': JSON.stringify(json) }).at('aws_iam_user.u')).toMatchObject({ account: '444444444444' });
  });

  it('offer provider arguments, variables and outputs to the search for credentials', () => {
    const found = plan({ changes: [], root: { variables: { secret: { default: 'x' } }, outputs: { o: { expression: { references: ['var.secret'] }, sensitive: true } } }, rest: { planned_values: { outputs: { o: { sensitive: true, value: 'y' } }, root_module: {} } } });
    expect(found.templates[0]?.resources.map((resource) => [resource.type, resource.address])).toEqual([
      ['terraform:provider:aws', 'provider.aws'],
      ['terraform:variable', 'var.secret'],
      ['terraform:output', 'output.o'],
    ]);
    expect(property(found.at('var.secret'), 'default')).toBe('x');
    expect(plain(found.at('output.o').properties())).toEqual({ value: 'y', sensitive: true });
  });

  it('are told when they cannot be read', () => {
    expect(opened({ 'plan.json': '{"format_version":"1.2","planned_values":{' }).problems.map((problem) => problem.code)).toEqual(['unreadable-input']);
  });
});

describe('states', () => {
  const raw = (resources: readonly unknown[]): string => JSON.stringify({ version: 4, terraform_version: '1.9.0', serial: 1, lineage: 'x', outputs: { o: { value: 'v', type: 'string' } }, resources });

  it('are read as they are stored', () => {
    const found = opened({
      'terraform.tfstate': raw([
        { mode: 'managed', type: 'aws_iam_user', name: 'u', provider: 'provider["registry.terraform.io/hashicorp/aws"]', instances: [{ index_key: 'a', attributes: { name: 'ua', arn: 'arn:aws:iam::111111111111:user/ua' } }, { index_key: 'b', attributes: { name: 'ub' } }] },
        { module: 'module.m', mode: 'data', type: 'aws_iam_role', name: 'r', provider: 'provider["registry.terraform.io/hashicorp/aws"].audit', instances: [{ attributes: { name: 'r' } }] },
        { mode: 'managed', type: 'aws_iam_user', name: 'old', provider: 'provider["registry.terraform.io/hashicorp/aws"]', instances: [{ deposed: '1234', attributes: { name: 'old' } }] },
      ]),
    });
    expect(found.addresses).toEqual(['aws_iam_user.u["a"]', 'aws_iam_user.u["b"]', 'module.m.data.aws_iam_role.r', 'output.o']);
    expect(property(found.at('aws_iam_user.u["a"]'), 'name')).toBe('ua');
    expect(found.templates[0]?.scope.account).toBe('111111111111');
    expect('account' in found.at('module.m.data.aws_iam_role.r')).toBe(true);
    expect(found.at('module.m.data.aws_iam_role.r').type).toBe('data.aws_iam_role');
    expect(propertyValue(found.at('aws_iam_user.u["a"]'), 'name')?.origin.pointer).toEqual(['resources', 0, 'instances', 0, 'attributes', 'name']);
  });

  it('are read as `terraform show -json` prints them', () => {
    const found = opened({ 'state.json': JSON.stringify({ format_version: '1.0', terraform_version: '1.9.0', values: { outputs: {}, root_module: { resources: [], child_modules: [{ address: 'module.m', resources: [{ address: 'module.m.aws_iam_user.u', mode: 'managed', type: 'aws_iam_user', name: 'u', values: { name: 'u' } }] }] } } }) });
    expect(property(found.at('module.m.aws_iam_user.u'), 'name')).toBe('u');
  });

  it('of older formats are refused by name', () => {
    const found = opened({ 'terraform.tfstate': '{"version":3,"serial":1,"lineage":"x","modules":[]}' });
    expect(found.problems.map((problem) => problem.message)).toEqual(['a state of format 3 is not read: only format 4 (Terraform 0.12 and later) is']);
  });
});

describe('plans with their sources', () => {
  const source = 'variable "bucket" {}\nresource "aws_s3_bucket" "b" {\n  bucket = var.bucket\n}\nresource "aws_iam_policy" "p" {\n  name = "p"\n  policy = jsonencode({\n    Statement = [\n      { Action = "s3:*", Resource = "${aws_s3_bucket.b.arn}/*" },\n    ]\n  })\n}\nresource "aws_iam_user" "u" {\n  for_each = toset([var.bucket])\n  name     = "user-${each.key}"\n}\n';
  const planned = planText({
    changes: [
      change({ address: 'aws_s3_bucket.b', after: { bucket: 'logs' }, unknown: { arn: true } }),
      change({ address: 'aws_iam_policy.p', after: { name: 'p', path: '/' }, unknown: { policy: true } }),
      change({ address: 'aws_iam_user.u["logs"]', index: 'logs', after: { name: 'user-logs' } }),
    ],
    resources: { 'aws_s3_bucket.b': { bucket: { references: ['var.bucket'] } }, 'aws_iam_policy.p': { name: { constant_value: 'p' }, policy: { references: ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'] } }, 'aws_iam_user.u': { name: { references: ['each.key'] } } },
    rest: { variables: { bucket: { value: 'logs' } } },
  });

  it('are one template, with values of the plan at places of the source', () => {
    const found = opened({ 'plan.json': planned, 'main.tf': source });
    expect(found.templates).toHaveLength(1);
    expect(found.addresses.filter((address) => address.startsWith('aws_'))).toEqual(['aws_s3_bucket.b', 'aws_iam_policy.p', 'aws_iam_user.u["logs"]']);
    expect(property(found.at('aws_s3_bucket.b'), 'bucket')).toBe('logs');
    expect(property(found.at('aws_iam_policy.p'), 'policy')).toEqual({ Statement: [{ Action: 's3:*', Resource: '{<aws_s3_bucket.b.arn>}/*' }] });
    expect(property(found.at('aws_iam_policy.p'), 'path')).toBe('/');
    const bucket = propertyValue(found.at('aws_s3_bucket.b'), 'bucket')?.origin;
    // The value came from outside: the variable is the place to look at.
    expect([bucket?.source.path, bucket?.source.position(bucket.start).line]).toEqual(['main.tf', 1]);
    expect(found.at('aws_iam_user.u["logs"]').origin.source.path).toBe('main.tf');
  });

  it('bring the places of a document that the plan knows as one text', () => {
    const known = planText({
      changes: [change({ address: 'aws_iam_policy.p', after: { policy: '{"Statement":[{"Action":["s3:Get*","s3:List*"],"Resource":"arn:x"}]}' } })],
      resources: { 'aws_iam_policy.p': { policy: { references: ['data.aws_iam_policy_document.d.json'] } } },
    });
    const sources = 'variable "v" {}\ndata "aws_iam_policy_document" "d" {\n  statement {\n    actions = [\n      "s3:List*",\n      "s3:Get*",\n    ]\n    resources = [var.v]\n  }\n}\nresource "aws_iam_policy" "p" {\n  policy = data.aws_iam_policy_document.d.json\n}\n';
    const policy = propertyValue(opened({ 'plan.json': known, 'main.tf': sources }).at('aws_iam_policy.p'), 'policy');
    const lines: string[] = [];
    const visit = (value: typeof policy): void => {
      if (value?.kind === 'scalar') lines.push(`${value.text} ${value.origin.source.path}:${value.origin.source.position(value.origin.start).line}`);
      if (value?.kind === 'list') value.items.forEach(visit);
      if (value?.kind === 'map') value.entries.forEach((entry) => visit(entry.value));
    };
    visit(policy);
    // The plan's order, the source's lines; the value of the variable stands where the variable is declared.
    expect(lines).toEqual(['s3:Get* main.tf:6', 's3:List* main.tf:5', 'arn:x main.tf:1']);
  });

  it('say the same alone and together', () => {
    const sources = { 'main.tf': 'variable "name" {\n  type = string\n}\nresource "aws_iam_policy" "p" {\n  name   = var.name\n  policy = <<-EOF\n    {"Statement": [{"Action": "s3:*", "Resource": "arn:aws:s3:::${var.name}/*"}]}\n  EOF\n}\n', 'terraform.tfvars': 'name = "logs"\n' };
    const text = '{"Statement": [{"Action": "s3:*", "Resource": "arn:aws:s3:::logs/*"}]}\n';
    const planned = { 'plan.json': planText({ changes: [change({ address: 'aws_iam_policy.p', after: { name: 'logs', policy: text } })], resources: { 'aws_iam_policy.p': { name: { references: ['var.name'] }, policy: { references: ['var.name'] } } }, rest: { variables: { name: { value: 'logs' } } } }) };
    const said = [sources, planned, { ...sources, ...planned }].map((files) => plain(opened(files).at('aws_iam_policy.p').properties()));
    expect(said).toEqual([said[0], said[0], said[0]]);
    expect(said[0]).toEqual({ name: 'logs', policy: text });
  });

  it('keep what the plan does not have, and leave out what it has not', () => {
    const found = opened({
      'plan.json': planText({ changes: [change({ address: 'aws_iam_user.u', after: { name: 'u' } })], resources: { 'aws_iam_user.u': { name: { constant_value: 'u' } }, 'aws_iam_user.off': {} } }),
      'main.tf': 'resource "aws_iam_user" "u" {\n  name = "u"\n}\nresource "aws_iam_user" "off" {\n  count = var.on ? 1 : 0\n}\nvariable "on" {}\nresource "aws_iam_user" "new" {\n  name = "n"\n}\n',
    });
    expect(found.addresses.filter((address) => address.startsWith('aws_'))).toEqual(['aws_iam_user.u', 'aws_iam_user.new']);
  });

  it('of several environments are a template each', () => {
    const environment = (name: string): string => planText({ changes: [change({ address: 'aws_s3_bucket.b', after: { bucket: name } })], resources: { 'aws_s3_bucket.b': { bucket: { references: ['var.bucket'] } } } });
    const found = opened({ 'dev.json': environment('dev'), 'prod.json': environment('prod'), 'main.tf': 'variable "bucket" {}\nresource "aws_s3_bucket" "b" {\n  bucket = var.bucket\n}\n' });
    expect(found.templates.map((template) => [template.scope.id, template.resources.filter((one) => one.type === 'aws_s3_bucket').map((one) => property(one, 'bucket'))])).toEqual([
      ['.', ['dev']],
      ['.@prod.json', ['prod']],
    ]);
  });

  it('that are not theirs stay apart', () => {
    const found = opened({ 'x/plan.json': planned, 'y/main.tf': 'resource "aws_iam_user" "other" {}\n' });
    expect(found.templates.map((template) => template.scope.id)).toEqual(['x/plan.json', 'y']);
  });

  it('join in modules too', () => {
    const found = opened({
      'plan.json': planText({
        changes: [change({ address: 'module.m["a"].aws_iam_user.u', module: 'module.m["a"]', after: { name: 'user-a' } })],
        root: { module_calls: { m: { source: './m', module: { resources: [{ address: 'aws_iam_user.u', mode: 'managed', type: 'aws_iam_user', name: 'u', expressions: { name: { references: ['var.n'] } } }] } } } },
      }),
      'main.tf': 'variable "names" {}\nmodule "m" {\n  for_each = var.names\n  source   = "./m"\n  n        = each.key\n}\n',
      'm/main.tf': 'variable "n" {}\nresource "aws_iam_user" "u" {\n  name = "user-${var.n}"\n}\n',
    });
    const user = found.at('module.m["a"].aws_iam_user.u');
    expect(property(user, 'name')).toBe('user-a');
    expect(user.origin.source.path).toBe('m/main.tf');
    expect(found.templates).toHaveLength(1);
  });

  it('know a state by its addresses', () => {
    const state = JSON.stringify({ version: 4, serial: 1, lineage: 'x', outputs: {}, resources: [{ mode: 'managed', type: 'aws_iam_user', name: 'u', provider: 'provider["registry.terraform.io/hashicorp/aws"]', instances: [{ attributes: { name: 'real' } }] }] });
    const found = opened({ 'terraform.tfstate': state, 'main.tf': 'variable "n" {}\nresource "aws_iam_user" "u" {\n  name = var.n\n}\nresource "aws_iam_user" "new" {}\n' });
    expect(found.addresses.filter((address) => address.startsWith('aws_'))).toEqual(['aws_iam_user.u', 'aws_iam_user.new']);
    expect(property(found.at('aws_iam_user.u'), 'name')).toBe('real');
  });
});
