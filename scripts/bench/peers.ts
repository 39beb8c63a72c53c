import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { writeEstate } from './estate.ts';
import { timeNode } from './process.ts';

/** Times the public peers that happen to be installed on the same files in the same run. */
export function benchPeers(folder: string, files: number, seed: number): void {
  const estate = join(folder, 'peers');
  writeEstate(estate, files, seed);
  const own = timeNode([join(import.meta.dirname, '../../dist/cli.js'), '--exit-zero', '--format', 'json', estate], 3);
  line('iamlint', own.seconds, files);
  timeCommand('cfn-lint', ['--format', 'json', join(estate, '*.yaml')], files);
  timeCommand('cfn-guard', ['validate', '--data', estate, '--rules', estate], files);
  timeValidate(estate, files);
}

function timeCommand(command: string, args: readonly string[], files: number): void {
  if (spawnSync(command, ['--version'], { stdio: 'ignore' }).error !== undefined) {
    console.log(`${command.padEnd(44)} not installed`);
    return;
  }
  const started = process.hrtime.bigint();
  spawnSync(command, args, { stdio: 'ignore' });
  line(command, Number(process.hrtime.bigint() - started) / 1e9, files);
}

function timeValidate(estate: string, files: number): void {
  const name = '@aws/cloudformation-validate';
  try {
    createRequire(import.meta.url).resolve(name);
  } catch {
    console.log(`${name.padEnd(44)} not installed`);
    return;
  }
  const figures = timeNode([createRequire(import.meta.url).resolve(`${name}/bin/cli.js`), estate], 1, false);
  line(name, figures.seconds, files);
}

function line(name: string, seconds: number, files: number): void {
  console.log(`${name.padEnd(44)} ${(seconds * 1000).toFixed(0)} ms for ${files} templates`);
}
