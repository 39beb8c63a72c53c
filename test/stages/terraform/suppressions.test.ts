import { describe, expect, it } from 'vitest';
import type { SuppressionMark } from '../../../src/frontends/frontend.ts';
import { main, opened } from './given.ts';

function marks(text: string): readonly SuppressionMark[] {
  return main(text).templates[0]?.suppressions ?? [];
}

/** Rules and covered lines of the marks of a file. */
function covered(text: string): readonly string[] {
  return marks(text).map((mark) => `${mark.rules.join(',')} ${mark.covers.kind === 'lines' ? `${mark.covers.from}-${mark.covers.to}` : mark.covers.kind}`);
}

describe('suppression comments', () => {
  it('cover what begins on the next line', () => {
    expect(covered('# iamlint-ignore a, b: because\nresource "aws_iam_user" "u" {\n  name = "u"\n}\n')).toEqual(['a,b 2-4']);
    expect(covered('resource "x" "y" {\n  s {\n    # iamlint-ignore a\n    t {\n      v = 1\n    }\n    w = 2\n  }\n}\n')).toEqual(['a 2-8']);
  });

  it('cover the line they stand on, with what begins there', () => {
    expect(covered('resource "x" "y" {\n  a = 1\n  policy = jsonencode({ # iamlint-ignore a: reason\n    b = 1\n  })\n}\n')).toEqual(['a 3-5']);
    expect(covered('resource "x" "y" {\n  a = ["s3:*"] // iamlint-ignore a\n  b = 1\n}\n')).toEqual(['a 2-2']);
  });

  it('cover the block they stand in', () => {
    expect(covered('resource "x" "y" {\n  name = "n"\n  # iamlint-ignore a: reason\n  policy = "p"\n}\nresource "x" "z" {}\n')).toEqual(['a 1-5']);
    expect(covered('resource "x" "y" {\n  # checkov:skip=CKV_AWS_1:the reason\n  name = "n"\n}\n')).toEqual(['checkov:CKV_AWS_1 1-4']);
  });

  it('cover one element of a list, not its neighbours', () => {
    expect(covered('resource "x" "y" {\n  policy = jsonencode({\n    Statement = [\n      # iamlint-ignore a\n      {\n        b = 1\n      },\n      {\n        b = 2\n      },\n    ]\n  })\n}\n')).toEqual(['a 5-7']);
  });

  it('keep reason, date and values', () => {
    expect(marks('# iamlint-ignore a: needed until=2030-01-02 values=s3:*,*\nlocals {}\n')).toMatchObject([{ rules: ['a'], reason: 'needed', until: '2030-01-02', values: ['s3:*', '*'] }]);
    expect(marks('#checkov:skip=CKV_AWS_1: the reason\nlocals {}\n')).toMatchObject([{ rules: ['checkov:CKV_AWS_1'], reason: 'the reason' }]);
  });

  it('are read as other tools write them', () => {
    expect(covered('#tfsec:ignore:aws-iam-no-policy-wildcards:exp:2030-01-01\nresource "x" "y" {\n  a = 1 #trivy:ignore:AVD-AWS-0057\n}\n')).toEqual(['tfsec:aws-iam-no-policy-wildcards 2-4', 'trivy:AVD-AWS-0057 3-3']);
  });

  it('are no words in strings', () => expect(covered('locals {\n  a = "# iamlint-ignore a: x"\n  b = <<EOF\n# iamlint-ignore b\nEOF\n}\n')).toEqual([]));

  it('stand in `//` keys of JSON', () => {
    const found = opened({ 'main.tf.json': '{\n  "resource": {\n    "aws_iam_user": {\n      "u": {\n        "//": "iamlint-ignore a: because",\n        "name": "u"\n      }\n    }\n  }\n}\n' });
    expect(found.templates[0]?.suppressions).toMatchObject([{ rules: ['a'], reason: 'because', covers: { kind: 'lines', from: 4, to: 6 } }]);
  });

  it('of modules count in every root that calls them', () => {
    const found = opened({ 'a/main.tf': 'module "m" {\n  source = "../m"\n}\n', 'b/main.tf': 'module "m" {\n  source = "../m"\n}\n', 'm/main.tf': '# iamlint-ignore a\nresource "x" "y" {}\n' });
    expect(found.templates.map((template) => template.suppressions.length)).toEqual([1, 1]);
  });
});
