import { hasFormat, once, readPackedText, readTable } from './load.ts';

/** An AWS managed policy as of its latest known version. */
export interface ManagedPolicy {
  readonly name: string;
  /** Path as in IAM, with its slashes: `/`, `/service-role/`, `/aws-service-role/`, `/job-function/`, `/root-task/`. */
  readonly path: string;
  /** ARN in the partition asked for, `aws` when asked by name. */
  readonly arn: string;
  readonly version: string;
  /** Date of this version, `YYYY-MM-DD`. */
  readonly date: string;
  /** The policy document, as AWS publishes it. */
  readonly document: unknown;
}

/** What a managed policy amounts to; see the criteria in `managed-policy-flags.json`. */
export interface ManagedPolicyFlags {
  readonly name: string;
  /** `administrator`: everything on everything. `elevated`: see `because`. */
  readonly power: 'administrator' | 'elevated' | undefined;
  readonly because: readonly string[];
  /** Service-linked role and root-task policies cannot be attached by customers. */
  readonly attachable: boolean;
  /** `removed`: AWS no longer lists it; `superseded`: it still exists, but AWS advises another. */
  readonly deprecated: 'removed' | 'superseded' | undefined;
  readonly replacement: string | undefined;
}

/**
 * The AWS managed policy of this name or ARN, or undefined when AWS has none (in any partition: China and GovCloud hold nearly the same set).
 * Unpacking all documents on first use costs about 15 ms.
 */
export function managedPolicy(nameOrArn: string): ManagedPolicy | undefined {
  const wanted = readReference(nameOrArn);
  if (!wanted) return undefined;
  const start = lineStart(wanted.name);
  if (start === undefined) return undefined;
  const [name = '', path = '', version = '', date = '', document = ''] = lineAt(start).split('\t');
  const parsed: unknown = JSON.parse(document);
  const folder = path === '' ? '/' : `/${path}/`;
  if (wanted.path !== undefined && wanted.path !== folder) return undefined;
  return { name, path: folder, arn: `arn:${wanted.partition}:iam::aws:policy${folder}${name}`, version, date, document: parsed };
}

/** Tells whether a string is the ARN of an AWS managed policy by its form, known or not. */
export function isManagedPolicyArn(arn: string): boolean {
  return arn.startsWith('arn:') && readReference(arn) !== undefined;
}

/** Names of all AWS managed policies, sorted. */
export function managedPolicyNames(): readonly string[] {
  return policyNames();
}

/** Date of the newest policy version in the table, `YYYY-MM-DD`. */
export function managedPoliciesDate(): string {
  return lineAt(0).split('\t')[1] ?? '';
}

/** Flags of a managed policy by name or ARN; undefined for policies that are neither powerful, restricted in use nor deprecated. */
export function managedPolicyFlags(nameOrArn: string): ManagedPolicyFlags | undefined {
  const name = readReference(nameOrArn)?.name;
  const row = name === undefined ? undefined : flagTable().get(name);
  if (name === undefined || row === undefined) return undefined;
  return {
    name,
    power: row.power,
    because: row.because ?? [],
    attachable: row.attachable ?? true,
    deprecated: row.deprecated,
    replacement: row.replacement,
  };
}

const policyText = once(() => readPackedText('managed-policies.br'));

const policyNames = once(() => {
  const names: string[] = [];
  for (let at = policyText().indexOf('\n') + 1; at > 0 && at < policyText().length; at = policyText().indexOf('\n', at) + 1) {
    names.push(policyText().slice(at, policyText().indexOf('\t', at)));
  }
  return names;
});

interface Reference {
  readonly partition: string;
  /** Undefined when asked by name alone. */
  readonly path: string | undefined;
  readonly name: string;
}

function readReference(nameOrArn: string): Reference | undefined {
  const arn = /^arn:([^:]*):iam::aws:policy(\/(?:[^:]*\/)?)([^/:]+)$/.exec(nameOrArn);
  if (arn) return { partition: arn[1] ?? '', path: arn[2], name: arn[3] ?? '' };
  return /^[\w+=,.@-]{1,128}$/.test(nameOrArn) ? { partition: 'aws', path: undefined, name: nameOrArn } : undefined;
}

/** Names hold no tab and lines start after a line feed, so this text occurs once at most. */
function lineStart(name: string): number | undefined {
  const found = policyText().indexOf(`\n${name}\t`);
  return found < 0 ? undefined : found + 1;
}

function lineAt(start: number): string {
  return policyText().slice(start, policyText().indexOf('\n', start));
}

interface FlagRow {
  readonly power?: 'administrator' | 'elevated';
  readonly because?: readonly string[];
  readonly attachable?: boolean;
  readonly deprecated?: 'removed' | 'superseded';
  readonly replacement?: string;
}

interface FlagFile {
  readonly policies: Readonly<Record<string, FlagRow>>;
}

const flagTable = once(() => new Map(Object.entries(readTable('managed-policy-flags.json', isFlagFile).policies)));

function isFlagFile(value: unknown): value is FlagFile {
  return hasFormat(value, 'iamlint-managed-policy-flags 1');
}
