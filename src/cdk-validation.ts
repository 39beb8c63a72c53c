import { dirname, join, relative } from 'node:path';
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolatingResource, PolicyViolation } from 'aws-cdk-lib';
import { Source } from './core/source.ts';
import { acknowledgedRule, isAtOrBelow } from './frontends/cdk/assembly/acknowledged.ts';
import { collectAssembly } from './frontends/cdk/assembly/collect.ts';
import { detectAssembly } from './frontends/cdk/detect.ts';
import { entriesOf } from './frontends/cdk/json.ts';

/** What the plugin needs of the rest of iamlint. Everything is synchronous, because `validate` is. */
export interface PluginPipeline {
  readonly version: string;
  readonly ruleIds: readonly string[];
  /** Absolute folder of the project; places are reported relative to it. */
  readonly root: string;
  /** The text of a file by absolute path; `undefined` when it cannot be read. */
  readonly readText: (path: string) => string | undefined;
  /** Judges an assembly given as texts by path. Other files (the app's sources) are read from below the root. */
  readonly scanSync: (input: { readonly files: Readonly<Record<string, string>> }) => PluginScan;
}

/** The part of a report that the plugin passes on. */
export interface PluginScan {
  readonly findings: readonly PluginFinding[];
  readonly suppressed: readonly { readonly finding: PluginFinding; readonly justification: string | null }[];
  readonly notices: readonly unknown[];
}

export interface PluginFinding {
  readonly ruleId: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly confidence: string;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly helpUri: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The construct path, for resources of an assembly. */
  readonly resource: string | null;
}

/**
 * The validation plugin for CDK apps: `Validations.of(app).addPlugins(plugin)` runs the rules at every synthesis, which an error stops.
 * Nested templates are followed through their asset manifests. A rule acknowledged with its id `iamlint::<rule>` no longer fails the
 * synthesis; the finding is still handed over, so that the CDK lists it among the suppressed ones with the reason given.
 */
export function createPlugin(pipeline: PluginPipeline): IPolicyValidationPlugin {
  return {
    name: 'iamlint',
    version: pipeline.version,
    ruleIds: [...pipeline.ruleIds],
    validate: (context) => validate(context, pipeline),
  };
}

function validate(context: IPolicyValidationContext, pipeline: PluginPipeline): PolicyValidationPluginReport {
  const scan = pipeline.scanSync({ files: assemblyTexts(context.templatePaths, pipeline) });
  const acknowledged = acknowledgements(context.appConstruct);
  const reasonFor = (finding: PluginFinding): string | undefined => acknowledged.find((one) => one.rule === finding.ruleId && isAtOrBelow(finding.resource ?? '', one.path))?.reason;
  // Other suppressions (comments, metadata of the resource) are nothing the CDK knows of: what they silence is not handed over.
  const silenced = scan.suppressed.map((one) => one.finding).filter((finding) => reasonFor(finding) !== undefined);
  const all = [...scan.findings, ...silenced].map((finding) => ({ finding, reason: reasonFor(finding) }));
  return {
    success: all.every(({ finding, reason }) => finding.severity !== 'error' || reason !== undefined),
    violations: violationsOf(all),
    pluginVersion: pipeline.version,
    metadata: { notices: String(scan.notices.length), suppressed: String(scan.suppressed.length) },
  };
}

interface JudgedFinding {
  readonly finding: PluginFinding;
  readonly reason: string | undefined;
}

/** One violation per rule, message and place; the same line in several stacks is one violation of several resources. */
function violationsOf(judged: readonly JudgedFinding[]): PolicyViolation[] {
  const groups = new Map<string, { readonly violation: Omit<PolicyViolation, 'violatingResources'>; readonly resources: PolicyViolatingResource[] }>();
  for (const { finding, reason } of judged) {
    const place = `${finding.file}:${finding.line}:${finding.column}`;
    const key = JSON.stringify([finding.ruleId, finding.message, place, reason]);
    const group = groups.get(key) ?? { violation: describe(finding, place, reason), resources: [] };
    groups.set(key, group);
    if (!group.resources.some((known) => known.constructPath === (finding.resource ?? undefined))) group.resources.push(finding.resource === null ? { locations: [] } : { constructPath: finding.resource, locations: [] });
  }
  return [...groups.values()].map(({ violation, resources }) => ({ ...violation, violatingResources: resources }));
}

function describe(finding: PluginFinding, place: string, reason: string | undefined): Omit<PolicyViolation, 'violatingResources'> {
  return {
    ruleName: finding.ruleId,
    // The CDK shows where the construct was made; the statement at fault may stand elsewhere.
    description: `${finding.message} (${place})`,
    severity: finding.severity,
    ...(finding.fix === '' ? {} : { fix: finding.fix }),
    ruleMetadata: { place, why: finding.why, confidence: finding.confidence, helpUri: finding.helpUri, ...(reason === undefined ? {} : { acknowledged: reason }) },
  };
}

interface TreeAcknowledgement {
  readonly path: string;
  readonly rule: string;
  readonly reason: string;
}

/** Acknowledged rules of the whole construct tree: those of apps and stages stand in no stack's metadata file. */
function acknowledgements(root: IPolicyValidationContext['appConstruct']): readonly TreeAcknowledgement[] {
  const found: TreeAcknowledgement[] = [];
  const waiting = [root];
  for (let construct = waiting.pop(); construct !== undefined; construct = waiting.pop()) {
    for (const entry of construct.node.metadata) {
      if (entry.type !== 'aws:cdk:acknowledged-rules') continue;
      for (const [id, reason] of entriesOf(entry.data)) {
        const rule = acknowledgedRule(id);
        if (rule !== undefined) found.push({ path: construct.node.path, rule, reason: typeof reason === 'string' ? reason : '' });
      }
    }
    waiting.push(...construct.node.children);
  }
  return found;
}

/** All texts of the assemblies that the templates belong to, by path below the root; an assembly elsewhere is shown as `cdk.out`. */
function assemblyTexts(templatePaths: readonly string[], pipeline: PluginPipeline): Readonly<Record<string, string>> {
  const folders = [...new Set(templatePaths.map((path) => dirname(path)))].filter((folder, _index, all) => !all.some((other) => other !== folder && folder.startsWith(`${other}/`)));
  const texts: Record<string, string> = {};
  for (const [index, folder] of folders.sort().entries()) {
    const shown = shownFolder(folder, index, pipeline.root);
    const read = (path: string): Source | undefined => {
      const text = path.startsWith(`${shown}/`) ? pipeline.readText(join(folder, path.slice(shown.length + 1))) : undefined;
      return text === undefined ? undefined : new Source(path, text);
    };
    const manifest = read(`${shown}/manifest.json`);
    if (manifest === undefined || !detectAssembly(manifest.path, manifest.text)) throw new Error(`there is no assembly manifest in ${shown}`);
    for (const [path, source] of collectAssembly(manifest, read)) texts[path] = source.text;
  }
  return texts;
}

function shownFolder(folder: string, index: number, root: string): string {
  const path = relative(root, folder).replaceAll('\\', '/');
  if (path !== '' && !path.startsWith('..') && !/^([A-Za-z]:|\/)/.test(path)) return path;
  return index === 0 ? 'cdk.out' : `cdk.out/${index}`;
}
