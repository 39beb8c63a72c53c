import type { Problem } from '../../../core/problem.ts';
import type { Origin, Source } from '../../../core/source.ts';
import { folderOf, joinInside } from '../paths.ts';
import { entriesOf, field, parseJson, textField, textsIn } from '../json.ts';

/** What the manifest of one cloud assembly says. Paths are relative to the project root and lie inside the assembly. */
export interface Manifest {
  readonly source: Source;
  readonly folder: string;
  /** Schema version, e.g. `55.0.0`. */
  readonly version: string;
  readonly stacks: readonly StackArtifact[];
  readonly nested: readonly NestedAssembly[];
  /** The construct tree of the whole app; in its outermost assembly only. */
  readonly treePath: string | undefined;
}

export interface StackArtifact {
  readonly id: string;
  readonly templatePath: string;
  /** The name CloudFormation knows the stack by. */
  readonly stackName: string;
  /** The construct path, e.g. `Dev/App`. */
  readonly displayName: string;
  readonly environment: Environment;
  readonly metadataPath: string | undefined;
  /** Metadata of the stack's constructs where the manifest itself holds it (before schema 53). */
  readonly metadata: unknown;
  readonly assetsPath: string | undefined;
  readonly roles: readonly DeploymentRole[];
  readonly origin: Origin;
}

/** Where a stack goes: `aws://ACCOUNT/REGION`, either of which may be left open. */
export interface Environment {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** A role of the bootstrap stack that deploys this stack; it exists in the target account, outside the assembly. */
export interface DeploymentRole {
  readonly purpose: 'deploy' | 'execution' | 'lookup';
  readonly arn: string;
}

export interface NestedAssembly {
  readonly manifestPath: string;
  readonly origin: Origin;
}

/** More artifacts than any app has; the rest of a manifest is not read. */
const MAX_ARTIFACTS = 20_000;
/** The newest schema whose shapes are known (aws-cdk-lib 2.276). */
const KNOWN_SCHEMA = 55;

/**
 * Reads a manifest. Yields `unreadable-input` when it is no JSON object, `path-outside-root` for a path that leads out of the
 * assembly, `unsupported-construct` for a schema newer than known (read all the same).
 * Source: @aws-cdk/cloud-assembly-schema, `AssemblyManifest`.
 */
export function readManifest(source: Source, report: (problem: Problem) => void): Manifest | undefined {
  const parsed = parseJson(source.text);
  const version = textField(parsed, 'version');
  if (version === undefined) {
    report({ code: 'unreadable-input', message: 'the assembly manifest is not readable as JSON', origin: { source, start: 0, end: 0 } });
    return undefined;
  }
  if (Number.parseInt(version, 10) > KNOWN_SCHEMA) {
    report({ code: 'unsupported-construct', message: `assembly schema ${version} is newer than ${KNOWN_SCHEMA}, the newest known; what is new in it is not read`, origin: pointer(source, ['version']) });
  }
  const reader: Reader = { source, folder: folderOf(source.path), report, artifacts: field(parsed, 'artifacts') };
  const stacks: StackArtifact[] = [];
  const nested: NestedAssembly[] = [];
  let treePath: string | undefined;
  const artifacts = entriesOf(reader.artifacts);
  if (artifacts.length > MAX_ARTIFACTS) report({ code: 'bound-reached', message: `the manifest has more than ${MAX_ARTIFACTS} artifacts; the rest is not read`, origin: pointer(source, ['artifacts']) });
  for (const [id, artifact] of artifacts.slice(0, MAX_ARTIFACTS)) {
    const type = textField(artifact, 'type');
    const found = type === 'aws:cloudformation:stack' ? readStack(id, artifact, reader) : undefined;
    if (found !== undefined) stacks.push(found);
    const inner = type === 'cdk:cloud-assembly' ? readNested(id, artifact, reader) : undefined;
    if (inner !== undefined) nested.push(inner);
    if (type === 'cdk:tree') treePath = inside(textField(field(artifact, 'properties'), 'file') ?? 'tree.json', reader, pointer(source, ['artifacts', id]));
  }
  return { source, folder: reader.folder, version, stacks, nested, treePath };
}

interface Reader {
  readonly source: Source;
  readonly folder: string;
  readonly report: (problem: Problem) => void;
  readonly artifacts: unknown;
}

function readStack(id: string, artifact: unknown, reader: Reader): StackArtifact | undefined {
  const properties = field(artifact, 'properties');
  const origin = pointer(reader.source, ['artifacts', id]);
  const templateFile = textField(properties, 'templateFile');
  const templatePath = templateFile === undefined ? undefined : inside(templateFile, reader, origin);
  if (templatePath === undefined) {
    if (templateFile === undefined) reader.report({ code: 'unsupported-construct', message: `stack artifact \`${id}\` names no template`, origin });
    return undefined;
  }
  const metadataFile = textField(artifact, 'additionalMetadataFile');
  return {
    id,
    templatePath,
    stackName: textField(properties, 'stackName') ?? id,
    displayName: textField(artifact, 'displayName') ?? id,
    environment: readEnvironment(textField(artifact, 'environment') ?? ''),
    metadataPath: metadataFile === undefined ? undefined : inside(metadataFile, reader, origin),
    metadata: field(artifact, 'metadata'),
    assetsPath: assetsPath(id, artifact, reader, origin),
    roles: rolesOf(artifact),
    origin,
  };
}

/** `aws://123456789012/eu-west-1`; `unknown-account` and `unknown-region` stand for what the deployment decides. */
function readEnvironment(text: string): Environment {
  const match = /^aws:\/\/([^/]{1,64})\/([^/]{1,64})$/.exec(text);
  const account = match?.[1];
  const region = match?.[2];
  return {
    account: account !== undefined && /^\d{12}$/.test(account) ? account : undefined,
    region: region !== undefined && /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(region) ? region : undefined,
  };
}

/** The asset manifest a stack depends on, by artifact; by its usual name when no dependency says. */
function assetsPath(id: string, artifact: unknown, reader: Reader, origin: Origin): string | undefined {
  for (const name of [...textsIn(field(artifact, 'dependencies')), `${id}.assets`]) {
    const other = field(reader.artifacts, name);
    if (textField(other, 'type') !== 'cdk:asset-manifest') continue;
    const file = textField(field(other, 'properties'), 'file');
    if (file !== undefined) return inside(file, reader, origin);
  }
  return undefined;
}

function rolesOf(artifact: unknown): readonly DeploymentRole[] {
  const properties = field(artifact, 'properties');
  const named: readonly (readonly [DeploymentRole['purpose'], string | undefined])[] = [
    ['deploy', textField(properties, 'assumeRoleArn')],
    ['execution', textField(properties, 'cloudFormationExecutionRoleArn')],
    ['lookup', textField(field(properties, 'lookupRole'), 'arn')],
  ];
  return named.flatMap(([purpose, arn]) => (arn === undefined ? [] : [{ purpose, arn }]));
}

function readNested(id: string, artifact: unknown, reader: Reader): NestedAssembly | undefined {
  const directory = textField(field(artifact, 'properties'), 'directoryName');
  const origin = pointer(reader.source, ['artifacts', id]);
  if (directory === undefined) return undefined;
  const folder = inside(directory, reader, origin);
  return folder === undefined ? undefined : { manifestPath: `${folder}/manifest.json`, origin };
}

function inside(path: string, reader: Reader, origin: Origin): string | undefined {
  const joined = joinInside(reader.folder, path);
  if (joined === undefined) reader.report({ code: 'path-outside-root', message: `\`${path.slice(0, 200)}\` leads out of the assembly and is not read`, origin });
  return joined;
}

function pointer(source: Source, path: readonly (string | number)[]): Origin {
  return { source, start: 0, end: 0, pointer: path };
}
