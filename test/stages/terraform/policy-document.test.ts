import { describe, expect, it } from 'vitest';
import { lineOf, main, opened, plain, property, propertyValue } from './given.ts';

/** The document that `data.aws_iam_policy_document.d` yields. */
function documentOf(body: string, around = ''): unknown {
  return property(main(`${around}\ndata "aws_iam_policy_document" "d" {\n${body}\n}\nresource "aws_iam_policy" "p" {\n  policy = data.aws_iam_policy_document.d.json\n}\n`).at('aws_iam_policy.p'), 'policy');
}

describe('aws_iam_policy_document', () => {
  it('fills in the version and the effect, and writes a list of one as a string', () => {
    expect(documentOf('statement {\n  actions   = ["s3:GetObject"]\n  resources = ["a", "b"]\n}')).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: ['a', 'b'] }],
    });
  });

  it('takes every argument', () => {
    const body = `
      version   = "2008-10-17"
      policy_id = "id"
      statement {
        sid           = "S"
        effect        = "Deny"
        not_actions   = ["a:*"]
        not_resources = ["arn:&{aws:username}"]
        principals {
          type        = "AWS"
          identifiers = ["1", "2"]
        }
        principals {
          type        = "Service"
          identifiers = ["ec2.amazonaws.com"]
        }
        not_principals {
          type        = "*"
          identifiers = ["*"]
        }
        condition {
          test     = "StringEquals"
          variable = "aws:x"
          values   = ["1"]
        }
        condition {
          test     = "StringEquals"
          variable = "aws:y"
          values   = ["&{aws:z}", "2"]
        }
      }`;
    expect(documentOf(body)).toEqual({
      Version: '2008-10-17',
      Id: 'id',
      Statement: [
        {
          Sid: 'S',
          Effect: 'Deny',
          NotAction: 'a:*',
          NotResource: 'arn:${aws:username}',
          Principal: { AWS: ['1', '2'], Service: 'ec2.amazonaws.com' },
          NotPrincipal: '*',
          Condition: { StringEquals: { 'aws:x': '1', 'aws:y': ['${aws:z}', '2'] } },
        },
      ],
    });
  });

  it('expands dynamic blocks, under their guards where a condition decides', () => {
    const dynamic = 'dynamic "statement" {\n  for_each = LIST\n  iterator = each_one\n  content {\n    actions = [each_one.value]\n  }\n}';
    expect(documentOf(dynamic.replace('LIST', '["a", "b"]'))).toMatchObject({ Statement: [{ Action: 'a' }, { Action: 'b' }] });
    expect(documentOf(dynamic.replace('LIST', 'var.on ? ["a"] : []'), 'variable "on" { type = bool }')).toMatchObject({ Statement: [[['var.on', { Effect: 'Allow', Action: 'a' }], ['not var.on', null]]] });
    expect(documentOf(dynamic.replace('LIST', 'var.list'), 'variable "list" { type = list(string) }')).toMatchObject({ Statement: [{ Action: '?var.list[*]' }] });
  });

  it('puts source documents first, and replaces by sid', () => {
    const source = 'data "aws_iam_policy_document" "s" {\n  statement {\n    sid     = "A"\n    actions = ["source-a"]\n  }\n  statement {\n    actions = ["source-b"]\n  }\n}\n';
    const own = 'source_policy_documents = [data.aws_iam_policy_document.s.json]\nstatement {\n  sid     = "A"\n  actions = ["own-a"]\n}\n';
    expect(documentOf(own, source)).toMatchObject({ Statement: [{ Sid: 'A', Action: 'own-a' }, { Action: 'source-b' }] });
    const override = `${own}\noverride_policy_documents = [jsonencode({ Statement = [{ Sid = "A", Action = "override-a" }, { Action = "more" }] }), "{\\"Statement\\": {\\"Action\\": \\"text\\"}}"]`;
    expect(documentOf(override, source)).toMatchObject({ Statement: [{ Action: 'override-a' }, { Action: 'source-b' }, { Action: 'more' }, { Action: 'text' }] });
  });

  it('shows a document that is not known in the place of its statements', () => {
    expect(documentOf('source_policy_documents = [var.doc]\nstatement {\n  actions = ["a"]\n}', 'variable "doc" { type = string }')).toMatchObject({ Statement: ['?var.doc', { Action: 'a' }] });
  });

  it('takes part in round trips', () => {
    const round = 'data "aws_iam_policy_document" "s" {\n  statement {\n    sid     = "A"\n    actions = ["a"]\n  }\n}\nlocals {\n  more = jsondecode(data.aws_iam_policy_document.s.json).Statement\n}\nresource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = concat(local.more, [{ Action = "b" }]) })\n}\n';
    expect(property(main(round).at('aws_iam_policy.p'), 'policy')).toEqual({ Statement: [{ Sid: 'A', Effect: 'Allow', Action: 'a' }, { Action: 'b' }] });
  });

  it('keeps keys that are not fully known', () => {
    const body = 'statement {\n  actions = ["sts:AssumeRoleWithWebIdentity"]\n  condition {\n    test     = "StringEquals"\n    variable = "${var.issuer}:sub"\n    values   = ["x"]\n  }\n}';
    expect(documentOf(body, 'variable "issuer" {}')).toMatchObject({ Statement: [{ Condition: { StringEquals: { '{var.issuer}:sub': 'x' } } }] });
  });

  it('points at the strings in the file', () => {
    const found = main('data "aws_iam_policy_document" "d" {\n  statement {\n    actions = [\n      "s3:*",\n    ]\n  }\n}\nresource "aws_iam_policy" "p" {\n  policy = data.aws_iam_policy_document.d.json\n}\n');
    const policy = propertyValue(found.at('aws_iam_policy.p'), 'policy');
    const statements = policy?.kind === 'map' ? policy.entries.find((entry) => entry.key === 'Statement')?.value : undefined;
    const statement = statements?.kind === 'list' ? statements.items[0] : undefined;
    const action = statement?.kind === 'map' ? statement.entries.find((entry) => entry.key === 'Action') : undefined;
    expect(action === undefined || statement === undefined ? [] : [lineOf(statement.origin), lineOf(action.keyOrigin), lineOf(action.value.origin)]).toEqual(['main.tf:2', 'main.tf:3', 'main.tf:4']);
  });

  it('is declared with its document, as data sources are', () => {
    expect(property(main('data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["a"]\n  }\n}\n').at('data.aws_iam_policy_document.d'), 'json')).toMatchObject({ Statement: [{ Action: 'a' }] });
  });
});

describe('resources', () => {
  it('show nested blocks as lists of mappings', () => {
    const found = main('resource "aws_iam_role" "r" {\n  name = "r"\n  inline_policy {\n    name   = "a"\n    policy = "{}"\n  }\n  inline_policy {\n    name = "b"\n  }\n  lifecycle {\n    ignore_changes = [name]\n  }\n}\n').at('aws_iam_role.r');
    expect(plain(found.properties())).toEqual({ name: 'r', inline_policy: [{ name: 'a', policy: '{}' }, { name: 'b' }] });
  });

  it('apply override files', () => {
    const found = opened({
      'main.tf': 'resource "aws_iam_user" "u" {\n  name = "a"\n  path = "/x/"\n}\n',
      'main_override.tf': 'resource "aws_iam_user" "u" {\n  name = "b"\n}\n',
    }).at('aws_iam_user.u');
    expect(plain(found.properties())).toEqual({ path: '/x/', name: 'b' });
  });

  it('are looked up in the order of OpenTofu', () => {
    const found = opened({ 'a.tf': 'resource "aws_iam_user" "u" {\n  name = "tf"\n}\n', 'a.tofu': 'resource "aws_iam_user" "u" {\n  name = "tofu"\n}\n' });
    expect(property(found.at('aws_iam_user.u'), 'name')).toBe('tofu');
  });

  it('stand for credentials in provider blocks, variables and outputs', () => {
    const found = opened({ 'main.tf': 'provider "aws" {\n  access_key = "x"\n}\nvariable "v" {\n  default = "y"\n}\noutput "o" {\n  value = "z"\n}\n', 'prod.tfvars': 'v = "w"\n' });
    expect(found.templates[0]?.resources.map((resource) => [resource.type, resource.address])).toEqual([
      ['terraform:provider:aws', 'provider.aws'],
      ['terraform:variable', 'var.v'],
      ['terraform:output', 'output.o'],
      ['terraform:variable', 'var.v (prod.tfvars)'],
    ]);
    expect(property(found.at('provider.aws'), 'access_key')).toBe('x');
    expect(property(found.at('var.v'), 'default')).toBe('y');
    expect(property(found.at('var.v (prod.tfvars)'), 'default')).toBe('w');
    expect(property(found.at('output.o'), 'value')).toBe('z');
  });
});
