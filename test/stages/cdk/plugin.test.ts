import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPlugin, type PluginFinding, type PluginPipeline } from '../../../src/cdk-validation.ts';
import { itemsOf, knownText, property } from '../../../src/core/value.ts';
import { field, itemsIn, parseJson } from '../../../src/frontends/cdk/json.ts';
import { memoryFiles, openAssembly, remove } from './synth.ts';

const RULE = 'every-action';

/** Stands in for the whole of iamlint: one rule, "a statement allows every action", over what the front-end opens. */
function pipelineAt(root: string): PluginPipeline {
  return {
    version: '1.2.3',
    ruleIds: [RULE],
    root,
    readText: (path) => {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return undefined;
      }
    },
    scanSync: ({ files }) => {
      const findings: PluginFinding[] = [];
      const suppressed: { finding: PluginFinding; justification: string | null }[] = [];
      for (const manifestPath of Object.keys(files).filter((path) => path.endsWith('manifest.json'))) {
        const isNested = Object.keys(files).some((path) => path.endsWith('manifest.json') && path !== manifestPath && manifestPath.startsWith(path.slice(0, -'manifest.json'.length)));
        if (isNested) continue;
        for (const template of openAssembly(memoryFiles(files), { manifestPath, parser: false }).templates) {
          for (const resource of template.resources) {
            const statements = itemsOf(property(property(resource.properties(), 'PolicyDocument'), 'Statement'));
            if (!statements.some((statement) => knownText(property(statement, 'Action')) === '*')) continue;
            const finding: PluginFinding = { ruleId: RULE, severity: 'error', confidence: 'high', message: 'allows every action', why: 'it does', fix: 'name the actions', helpUri: '', file: template.scope.id, line: 1, column: 1, resource: resource.displayName };
            const mark = resource.suppressions?.find((one) => one.rules.includes(RULE));
            if (mark === undefined) findings.push(finding);
            else suppressed.push({ finding, justification: mark.reason ?? null });
          }
        }
      }
      return { findings, suppressed, notices: [] };
    },
  };
}

interface Estate {
  readonly app: App;
  readonly outdir: string;
}

function estate(root: string): Estate {
  const outdir = mkdtempSync(join(root, 'cdk.out-'));
  const app = new App({ outdir, analyticsReporting: false });
  Validations.of(app).addPlugins(createPlugin(pipelineAt(root)));
  return { app, outdir };
}

function role(scope: Stack, id: string, action: string): Role {
  const made = new Role(scope, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  made.addToPolicy(new PolicyStatement({ actions: [action], resources: ['*'] }));
  return made;
}

interface CdkReport {
  readonly conclusion: unknown;
  /** Rule and construct paths. */
  readonly violations: readonly (readonly [unknown, readonly unknown[]])[];
  readonly reasons: readonly unknown[];
}

/** What the CDK wrote of this plugin into its report. */
function reportIn(outdir: string): CdkReport {
  const reports = itemsIn(field(parseJson(readFileSync(join(outdir, 'validation-report.json'), 'utf8')), 'pluginReports'));
  const own = reports.find((one) => field(one, 'pluginName') === 'iamlint');
  return {
    conclusion: field(own, 'conclusion'),
    violations: itemsIn(field(own, 'violations')).map((one) => [field(one, 'ruleName'), itemsIn(field(one, 'violatingConstructs')).map((construct) => field(construct, 'constructPath'))]),
    reasons: itemsIn(field(own, 'suppressedViolations')).map((one) => field(one, 'reason')),
  };
}

describe('the validation plugin', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'iamlint-plugin-'));
  });
  afterAll(() => remove(root));
  beforeEach(() => {
    vi.stubEnv('CDK_VALIDATION', 'false');
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  it('lets a clean app pass', () => {
    const { app } = estate(root);
    role(new Stack(app, 'Clean'), 'Role', 's3:GetObject');
    expect(() => app.synth()).not.toThrow();
  });

  it('stops the synthesis on an error, naming rule and construct', () => {
    const { app, outdir } = estate(root);
    role(new Stack(app, 'Bad'), 'Role', '*');
    expect(() => app.synth()).toThrow(/allows every action/);
    const report = reportIn(outdir);
    expect(report.conclusion).toBe('failure');
    expect(report.violations).toEqual([[RULE, ['Bad/Role/DefaultPolicy/Resource']]]);
  });

  it('follows nested stacks and stages', () => {
    const { app, outdir } = estate(root);
    const stage = new Stage(app, 'Prod', { env: { account: '111111111111', region: 'eu-west-1' } });
    role(new NestedStack(new Stack(stage, 'App'), 'Inner'), 'Role', '*');
    expect(() => app.synth()).toThrow(/allows every action/);
    expect(reportIn(outdir).violations).toEqual([[RULE, ['Prod/App/Inner/Role/DefaultPolicy/Resource']]]);
  });

  it.each([
    ['the construct', (made: Role) => made],
    ['its stack', (made: Role) => Stack.of(made)],
    ['the app', (made: Role) => made.node.root],
  ])('takes a rule acknowledged on %s as suppressed, with its reason', (_where, scopeOf) => {
    const { app, outdir } = estate(root);
    const made = role(new Stack(app, 'Known'), 'Role', '*');
    Validations.of(scopeOf(made)).acknowledge({ id: `iamlint::${RULE}`, reason: 'break-glass role' });
    expect(() => app.synth()).not.toThrow();
    const report = reportIn(outdir);
    expect(report.violations).toEqual([]);
    expect(report.reasons).toEqual(['break-glass role']);
  });

  it('does not take an acknowledgement elsewhere, or of another rule, for its own', () => {
    const { app } = estate(root);
    const stack = new Stack(app, 'Other');
    role(stack, 'Role', '*');
    Validations.of(role(stack, 'Second', 's3:GetObject')).acknowledge({ id: `iamlint::${RULE}`, reason: 'not here' });
    Validations.of(app).acknowledge({ id: 'iamlint::another-rule', reason: 'not this one' });
    expect(() => app.synth()).toThrow(/allows every action/);
  });

  it('reads an assembly outside the project root', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'iamlint-outdir-'));
    const app = new App({ outdir: elsewhere, analyticsReporting: false });
    Validations.of(app).addPlugins(createPlugin(pipelineAt(join(root, 'project'))));
    role(new Stack(app, 'Away'), 'Role', '*');
    expect(() => app.synth()).toThrow(/allows every action/);
    remove(elsewhere);
  });

  it('says what it is', () => {
    const plugin = createPlugin(pipelineAt(root));
    expect([plugin.name, plugin.version, plugin.ruleIds]).toEqual(['iamlint', '1.2.3', [RULE]]);
  });
});
