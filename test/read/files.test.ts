import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Source } from '../../src/core/source.ts';
import { createFiles } from '../../src/read/files.ts';
import { folderOf } from '../config/folders.ts';

function textOf(found: Source | string): string {
  return found instanceof Source ? `${found.path}: ${found.text}` : found;
}

it('reads what lies in the roots, and hands out known sources as they are', () => {
  const base = folderOf({ 'in/a.json': '{}', 'lib/b.json': '[]', '.terraform/modules/modules.json': '{"Modules":[]}' });
  const known = new Source('a.json', 'known');
  const files = createFiles({ base: join(base, 'in'), roots: [base], known: [known] });
  expect(files.read('a.json')).toBe(known);
  expect(files.read('./x/../a.json')).toBe(known);
  expect(textOf(files.read('../lib/b.json'))).toBe('../lib/b.json: []');
  expect(files.read('../lib/b.json')).toBe(files.read('../lib/./b.json'));
  expect(textOf(files.read('../.terraform/modules/modules.json'))).toContain('Modules');
  expect(textOf(files.read('gone.json'))).toBe('missing');
  expect(textOf(files.read('../lib'))).toBe('missing');
  expect([files.list('../lib'), files.list('gone'), files.list('')]).toEqual([['b.json'], [], ['a.json']]);
});

it('refuses every way out', () => {
  const outside = folderOf({ 'secret.json': 'secret', 'd/e.json': 'secret' });
  const base = folderOf({ 'a.json': '{}' });
  symlinkSync(join(outside, 'secret.json'), join(base, 'link.json'));
  symlinkSync(outside, join(base, 'dir'));
  const files = createFiles({ base, roots: [base], known: [] });
  const tries = [`${outside}/secret.json`, 'link.json', 'dir/secret.json', 'dir/d/../secret.json', '/etc/passwd', '../../../../../../../../etc/passwd', `${outside}/gone.json`, `${base}-neighbour/x`];
  expect(tries.map((path) => textOf(files.read(path)))).toEqual(tries.map(() => 'outside-root'));
  expect([files.list('dir'), files.list('..'), files.list('/')]).toEqual([[], [], []]);
  expect(textOf(files.read('x\0y'))).not.toContain('secret');
});

it('neither waits for pipes nor reads what is too large or binary', () => {
  const base = folderOf({ 'big.json': '', 'zip.json': Buffer.from([1, 0, 2]) });
  truncateSync(join(base, 'big.json'), 100_000_001);
  execFileSync('mkfifo', [join(base, 'pipe.json')]);
  const files = createFiles({ base, roots: [base], known: [] });
  expect(['big.json', 'pipe.json', 'zip.json'].map((path) => textOf(files.read(path)))).toEqual(['too-large', 'missing', 'missing']);
});
