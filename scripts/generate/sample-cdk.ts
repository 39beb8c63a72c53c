import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '../..');
const APP = 'samples/cdk-out';
/** What stands for the folder the app was built in: a sample must not name the machine that wrote it. */
const NEUTRAL = '/app';

/**
 * Synthesizes the CDK sample with the installed aws-cdk-lib and gives the files of its assembly by path. Stack frames keep their
 * lines but lose the machine's folders; what no reader needs (feature flags, warnings with their traces) is left out.
 */
export function generateSampleCdk(): ReadonlyMap<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), 'iamlint-sample-'));
  try {
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
      cwd: join(root, APP),
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: outdir, CDK_VALIDATION: 'false', CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:enable-path-metadata': true }) },
    });
    if (run.status !== 0) throw new Error(`the sample does not synthesize: ${run.stderr}`);
    const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((name) => /\.json$|^cdk\.out$/.test(name) && !name.startsWith('asset.')).sort();
    return new Map(files.map((name) => [`${APP}/cdk.out/${name}`, neutral(name, readFileSync(join(outdir, name), 'utf8'))]));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Writes the sample's assembly anew, files of an earlier one removed. */
export function writeSampleCdk(): void {
  const files = generateSampleCdk();
  rmSync(join(root, APP, 'cdk.out'), { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function neutral(name: string, text: string): string {
  const parsed: unknown = JSON.parse(text);
  const kept = name === 'manifest.json' ? withoutFlags(parsed) : name.endsWith('.metadata.json') ? withoutWarnings(parsed) : parsed;
  return `${JSON.stringify(kept, null, 2).replaceAll(join(root, APP), NEUTRAL)}\n`;
}

function withoutFlags(manifest: unknown): unknown {
  if (!isRecord(manifest) || !isRecord(manifest.artifacts)) return manifest;
  return { ...manifest, artifacts: Object.fromEntries(Object.entries(manifest.artifacts).filter(([, artifact]) => !isRecord(artifact) || artifact.type !== 'cdk:feature-flag-report')) };
}

function withoutWarnings(metadata: unknown): unknown {
  if (!isRecord(metadata)) return metadata;
  const entries = Object.entries(metadata).map(([path, list]) => [path, Array.isArray(list) ? list.filter((entry) => !isRecord(entry) || entry.type !== 'aws:cdk:warning') : list] as const);
  return Object.fromEntries(entries);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeSampleCdk();
