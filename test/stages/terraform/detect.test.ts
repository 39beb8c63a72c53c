import { describe, expect, it } from 'vitest';
import { detectTerraform } from '../../../src/frontends/terraform/detect.ts';

describe('telling Terraform files', () => {
  it.each([
    ['main.tf', 'resource "a" "b" {}', 'hcl'],
    ['main.tofu', '', 'hcl'],
    ['main.tf.json', '{"resource":{}}', 'tf.json'],
    ['prod.auto.tfvars', 'a = 1', 'tfvars'],
    ['terraform.tfvars.json', '{}', 'tfvars'],
    ['.terraform/modules/modules.json', '{"Modules":[]}', 'modules-json'],
    ['plan.json', '{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{}}', 'plan'],
    ['out', '\uFEFF{\n  "format_version": "0.1",\n  "variables": {},\n  "resource_changes": []}', 'plan'],
    ['cut.json', '{"planned_values": {"root_module": {}}}', 'plan'],
    ['state.json', '{"format_version":"1.0","terraform_version":"1.9.0","values":{"root_module":{}}}', 'state'],
    ['empty.json', '{"format_version":"1.0","terraform_version":"1.9.0"}', 'state'],
    ['terraform.tfstate', '{"version":4,"terraform_version":"1.9.0","serial":1,"lineage":"x","resources":[]}', 'state'],
    ['terraform.tfstate.backup', '{"version":3,"serial":1,"modules":[]}', 'state'],
    ['any.json', '{"lineage":"x","resources":[],"serial":3,"version":4}', 'state'],
    ['package.json', '{"version":"1.0.0","resources":[]}', undefined],
    ['template.json', '{"AWSTemplateFormatVersion":"2010-09-09","Resources":{}}', undefined],
    ['policy.json', '{"Version":"2012-10-17","Statement":[]}', undefined],
    ['manifest.json', '{"version":"36.0.0","artifacts":{}}', undefined],
    ['readme.md', '# planned_values', undefined],
    ['modules.json', '{"a":1}', undefined],
  ])('%s', (path, text, kind) => expect(detectTerraform(path, text)).toBe(kind));

  it('sees the plan in one long line, whatever comes first', () => {
    const text = `{"format_version":"1.2","variables":{"x":{"value":"${'y'.repeat(5_000_000)}"}},"planned_values":{},"z":"${'y'.repeat(5_000_000)}"}`;
    const started = performance.now();
    expect(detectTerraform('plan.out', text)).toBe('plan');
    expect(performance.now() - started).toBeLessThan(500);
  });
});
