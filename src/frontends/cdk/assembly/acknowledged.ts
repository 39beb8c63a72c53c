import type { Resource, SuppressionMark } from '../../frontend.ts';
import type { Acknowledgement } from './constructs.ts';

/**
 * Rules that the program acknowledged (`Validations.of(scope).acknowledge({ id, reason })`) for a construct at or above this
 * resource, as suppressions. Ids carry the tool's name before `::`; ours come bare, those of others as `tool:ID` for the catalogue.
 * Source: aws-cdk-lib, `Validations.ACKNOWLEDGED_RULES_METADATA_KEY`.
 */
export function acknowledgedMarks(resource: Resource, path: string, acknowledgements: readonly Acknowledgement[]): readonly SuppressionMark[] {
  return acknowledgements.flatMap((one): readonly SuppressionMark[] => {
    const rule = acknowledgedRule(one.id);
    if (rule === undefined || !isAtOrBelow(path, one.path)) return [];
    const { source, start, end } = resource.origin;
    return [{ rules: [rule], reason: one.reason === '' ? undefined : one.reason, until: undefined, values: undefined, origin: { source, start, end }, covers: { kind: 'resource', address: resource.address } }];
  });
}

/** `iamlint::admin-star-star` → `admin-star-star`; `CdkNag::AwsSolutions-IAM5` → `cdk-nag:AwsSolutions-IAM5`; the CDK's own warnings → none. */
export function acknowledgedRule(id: string): string | undefined {
  const split = id.indexOf('::');
  const tool = split === -1 ? '' : id.slice(0, split).toLowerCase();
  const rule = split === -1 ? id : id.slice(split + 2);
  if (tool === 'iamlint') return rule;
  // An id without a tool's name is recorded as one of the CDK's own annotations.
  if (tool === '' || tool === 'annotation' || tool === 'construct-annotations') return rule.startsWith('iamlint:') ? rule.slice('iamlint:'.length) : undefined;
  return `${tool === 'cdknag' || tool === 'awssolutions' ? 'cdk-nag' : tool}:${rule}`;
}

/** Is a construct the named one or one below it? The empty path is the app. */
export function isAtOrBelow(path: string, ancestor: string): boolean {
  return ancestor === '' || path === ancestor || path.startsWith(`${ancestor}/`);
}
