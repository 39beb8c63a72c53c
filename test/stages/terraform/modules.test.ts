import { describe, expect, it } from 'vitest';
import { main, opened, plain, property } from './given.ts';

const ROLE = 'variable "name" {}\nvariable "policy" { default = null }\nresource "aws_iam_role" "r" {\n  name = var.name\n  assume_role_policy = var.policy\n}\noutput "arn" {\n  value = aws_iam_role.r.arn\n}\n';

describe('module calls', () => {
  it('pass values down and outputs up, to any depth', () => {
    const found = opened({
      'main.tf': 'module "outer" {\n  source = "./outer"\n  prefix = "x"\n}\nresource "aws_iam_policy" "p" {\n  policy = jsonencode({ Resource = module.outer.arn })\n}\n',
      'outer/main.tf': 'variable "prefix" {}\nmodule "inner" {\n  source = "../role"\n  name   = "${var.prefix}-role"\n}\noutput "arn" {\n  value = module.inner.arn\n}\n',
      'role/main.tf': ROLE,
    });
    expect(found.templates).toHaveLength(1);
    expect(property(found.at('module.outer.module.inner.aws_iam_role.r'), 'name')).toBe('x-role');
    expect(property(found.at('aws_iam_policy.p'), 'policy')).toEqual({ Resource: '<module.outer.module.inner.aws_iam_role.r.arn>' });
  });

  it('have instances', () => {
    const found = opened({
      'main.tf': 'module "m" {\n  for_each = { a = "1", b = "2" }\n  source   = "./role"\n  name     = "${each.key}-${each.value}"\n}\noutput "all" {\n  value = { for k, m in module.m : k => m.arn }\n}\noutput "one" {\n  value = module.m["a"].arn\n}\n',
      'role/main.tf': ROLE,
    });
    expect(property(found.at('module.m["a"].aws_iam_role.r'), 'name')).toBe('a-1');
    expect(property(found.at('module.m["b"].aws_iam_role.r'), 'name')).toBe('b-2');
    expect(found.templates[0]?.outputs.map((output) => plain(output.value))).toEqual([
      { a: '<module.m["a"].aws_iam_role.r.arn>', b: '<module.m["b"].aws_iam_role.r.arn>' },
      '<module.m["a"].aws_iam_role.r.arn>',
    ]);
  });

  it('are represented by one instance when the keys are not known', () => {
    const found = opened({ 'main.tf': 'variable "names" {\n  type = set(string)\n}\nmodule "m" {\n  for_each = var.names\n  source   = "./role"\n  name     = each.key\n}\n', 'role/main.tf': ROLE });
    expect(property(found.at('module.m[*].aws_iam_role.r'), 'name')).toBe('?module.m[*].each.key');
  });

  it('carry their condition to what is in them', () => {
    const found = opened({ 'main.tf': 'variable "on" {\n  type = bool\n}\nmodule "m" {\n  count  = var.on ? 1 : 0\n  source = "./role"\n  name   = "x"\n}\n', 'role/main.tf': ROLE });
    expect(found.at('module.m[0].aws_iam_role.r').when?.map((literal) => literal.label)).toEqual(['var.on']);
  });

  it('name what is not in reach', () => {
    const found = main('module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}\noutput "id" {\n  value = "arn:${module.vpc.id}"\n}\n');
    expect(found.templates[0]?.outputs[0]?.value).toMatchObject({ kind: 'concat', parts: [{}, { kind: 'unknown', reason: 'remote-module', name: '.#module.vpc.id' }] });
    expect(found.problems.map((problem) => problem.message)).toEqual(['module `vpc` comes from `terraform-aws-modules/vpc/aws`, which is not in reach: what it declares is not judged']);
  });

  it('find installed modules by the manifest', () => {
    const found = opened({
      files: { 'main.tf': 'module "m" {\n  source = "acme/role/aws"\n  name   = "x"\n}\n' },
      disk: { '.terraform/modules/modules.json': '{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"m","Source":"registry/acme/role/aws","Dir":".terraform/modules/m"}]}', '.terraform/modules/m/main.tf': ROLE },
    });
    expect(property(found.at('module.m.aws_iam_role.r'), 'name')).toBe('x');
    expect(found.problems).toEqual([]);
  });

  it('read module folders that were not named to the run', () => {
    const found = opened({ files: { 'live/main.tf': 'module "m" {\n  source = "../modules/role"\n  name   = "x"\n}\n' }, disk: { 'modules/role/main.tf': ROLE } });
    expect(found.addresses).toContain('module.m.aws_iam_role.r');
  });

  it('do not read outside the root', () => {
    const found = main('module "m" {\n  source = "../../outside"\n}\n');
    expect(found.problems.map((problem) => problem.code)).toEqual(['path-outside-root']);
  });
});

describe('roots', () => {
  it('are the folders that nobody calls', () => {
    const found = opened({ 'a/main.tf': 'module "m" {\n  source = "../m"\n  name   = "a"\n}\n', 'b/main.tf': 'module "m" {\n  source = "../m"\n  name   = "b"\n}\n', 'm/main.tf': ROLE, 'alone/main.tf': 'resource "aws_iam_user" "u" {}\n' });
    expect(found.templates.map((template) => template.scope.id)).toEqual(['a', 'alone', 'b']);
  });

  it('of which each deployment is a template', () => {
    const found = opened({ files: { 'main.tf': 'data "aws_caller_identity" "c" {}\noutput "a" {\n  value = data.aws_caller_identity.c.account_id\n}\n' }, deployments: [{ account: '111111111111', region: 'eu-west-1' }, { account: '222222222222', region: undefined }] });
    expect(found.templates.map((template) => [template.scope.id, template.scope.account, template.outputs[0]?.value.kind === 'scalar' ? template.outputs[0].value.text : ''])).toEqual([
      ['.@111111111111/eu-west-1', '111111111111', '111111111111'],
      ['.@222222222222/?', '222222222222', '222222222222'],
    ]);
  });
});

describe('remote state', () => {
  const network = 'terraform {\n  backend "s3" {\n    bucket = "states"\n    key    = "network.tfstate"\n  }\n}\nresource "aws_iam_role" "r" {\n  name = "r"\n}\noutput "role" {\n  value = aws_iam_role.r.arn\n}\n';
  const app = (key: string): string => `data "terraform_remote_state" "n" {\n  backend = "s3"\n  config = {\n    bucket = "states"\n    key    = "${key}"\n  }\n}\noutput "o" {\n  value = data.terraform_remote_state.n.outputs.role\n}\n`;

  it('is bound to the outputs of the root that keeps it', () => {
    const found = opened({ 'app/main.tf': app('network.tfstate'), 'network/main.tf': network });
    expect(found.templates[0]?.outputs[0]?.value).toMatchObject({ kind: 'reference', scope: 'network', address: 'aws_iam_role.r', attribute: 'arn' });
  });

  it('is unknown when no root of the run keeps it', () => {
    const found = opened({ 'app/main.tf': app('other.tfstate'), 'network/main.tf': network });
    expect(found.templates[0]?.outputs[0]?.value).toMatchObject({ kind: 'unknown', reason: 'import-outside-run', name: 'app#data.terraform_remote_state.n.outputs.role' });
  });

  it('is found by path for local backends', () => {
    const reader = 'data "terraform_remote_state" "n" {\n  backend = "local"\n  config = {\n    path = "../network/terraform.tfstate"\n  }\n}\noutput "o" {\n  value = data.terraform_remote_state.n.outputs.role\n}\n';
    const found = opened({ 'app/main.tf': reader, 'network/main.tf': 'output "role" {\n  value = "x"\n}\n' });
    expect(found.templates[0]?.outputs[0]?.value).toMatchObject({ kind: 'scalar', text: 'x' });
  });
});

describe('accounts and regions', () => {
  const providers = 'provider "aws" {\n  region              = "eu-west-1"\n  allowed_account_ids = ["111111111111"]\n}\nprovider "aws" {\n  alias  = "audit"\n  region = var.region\n  assume_role {\n    role_arn = "arn:aws:iam::222222222222:role/${var.role}"\n  }\n}\nprovider "aws" {\n  alias   = "other"\n  profile = "other"\n}\nvariable "region" {\n  default = "us-east-1"\n}\nvariable "role" {}\n';

  it('come from the provider block', () => {
    const found = main(`${providers}resource "aws_iam_user" "u" {\n  provider = aws.audit\n}\nresource "aws_iam_user" "v" {\n  provider = aws.other\n}\nresource "aws_iam_user" "w" {}\n`);
    expect(found.templates[0]?.scope).toMatchObject({ account: '111111111111', region: 'eu-west-1', partition: 'aws' });
    expect(found.at('aws_iam_user.u')).toMatchObject({ account: '222222222222', region: 'us-east-1' });
    expect(found.at('aws_iam_user.v')).toMatchObject({ account: undefined, region: undefined });
    expect('account' in found.at('aws_iam_user.v')).toBe(true);
    expect('account' in found.at('aws_iam_user.w')).toBe(false);
  });

  it('are handed down to modules', () => {
    const found = opened({
      'main.tf': `${providers}module "m" {\n  source = "./m"\n  providers = {\n    aws        = aws.audit\n    aws.second = aws\n  }\n}\n`,
      'm/main.tf': 'terraform {\n  required_providers {\n    aws = {\n      source                = "hashicorp/aws"\n      configuration_aliases = [aws.second]\n    }\n  }\n}\nresource "aws_iam_user" "u" {}\nresource "aws_iam_user" "s" {\n  provider = aws.second\n}\ndata "aws_caller_identity" "c" {}\noutput "account" {\n  value = data.aws_caller_identity.c.account_id\n}\n',
    });
    expect(found.at('module.m.aws_iam_user.u')).toMatchObject({ account: '222222222222' });
    expect('account' in found.at('module.m.aws_iam_user.s')).toBe(false);
    expect(property(found.at('module.m.output.account'), 'value')).toBe('222222222222');
  });

  it('are told apart even when they are not known', () => {
    const found = main(`${providers}data "aws_caller_identity" "o" {\n  provider = aws.other\n}\noutput "x" {\n  value = data.aws_caller_identity.o.account_id\n}\n`);
    expect(found.templates[0]?.outputs[0]?.value).toMatchObject({ kind: 'unknown', reason: 'deployment-account', name: '.#provider.aws.other#account', shape: 'atom' });
  });

  it('follow the region of a single resource', () => {
    expect(main('resource "aws_sqs_queue" "q" {\n  region = "eu-north-1"\n}\n').at('aws_sqs_queue.q').region).toBe('eu-north-1');
  });

  it('imply the partition', () => expect(main('provider "aws" {\n  region = "us-gov-west-1"\n}\n').templates[0]?.scope.partition).toBe('aws-us-gov'));
});
