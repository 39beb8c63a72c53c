import { expect, test } from 'vitest';
import { looksLikeTemplate } from '../../../src/frontends/cloudformation/detect.ts';

test.each([
  ['a.yaml', 'Resources:\n  R:\n    Type: AWS::S3::Bucket', true],
  ['a.yml', '\uFEFFResources:\n  R:\n    Type: AWS::S3::Bucket', true],
  ['a.template', '"Resources":\n  R:\n    Type: "AWS::S3::Bucket"', true],
  ['a.json', '{"Resources": {"R": {"Type": "AWS::S3::Bucket"}}}', true],
  ['a.json', `{"Mappings": {"M": {"a": {"b": "${'x'.repeat(300_000)}"}}}, "Resources": {"R": {"Type": "AWS::S3::Bucket"}}}`, true],
  ['a.yaml', 'AWSTemplateFormatVersion: "2010-09-09"\nResources: {}', true],
  ['a.yaml', 'Resources:\n  R:\n    Type: My::Own::Thing', true],
  ['template', 'Resources:\n  R:\n    Type: AWS::S3::Bucket', true],
  ['a.yaml', 'spec:\n  Resources:\n    Type: AWS::S3::Bucket', false],
  ['a.yaml', '{{- if .Values.x }}\nResources:\n  R:\n    Type: AWS::S3::Bucket\n{{- end }}', false],
  ['a.yaml', 'Resources:\n  cpu: 1', false],
  ['a.json', '{"Resources": []}', false],
  ['a.json', '{"Version": "2012-10-17", "Statement": []}', false],
  ['a.ts', 'Resources:\n  R:\n    Type: AWS::S3::Bucket', false],
  ['a.yaml', '', false],
])('%s %#', (path, text, expected) => {
  expect(looksLikeTemplate(path, text)).toBe(expected);
});

test('looking costs no more than reading', () => {
  const start = performance.now();
  for (const piece of ['\n', ' ', '{{', '"Type" :', "'Resources'\n"]) looksLikeTemplate('a.yaml', `Resources:\n${piece.repeat(200_000)}`);
  expect(performance.now() - start).toBeLessThan(2_000);
});
