import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discover } from '../../src/read/discover.ts';
import { readSources } from '../../src/read/read-sources.ts';
import { folderOf } from '../config/folders.ts';

async function read(files: Readonly<Record<string, string | Uint8Array>>, paths: readonly string[] = ['.']) {
  const base = folderOf(files);
  const { sources, problems } = readSources((await discover(paths, { base })).files);
  return { texts: Object.fromEntries(sources.map(({ path, text }) => [path, text])), problems: problems.map(({ code, message, origin }) => `${origin.source.path} ${code}: ${message}`) };
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('text', () => {
  it.each([
    ['UTF-8', Buffer.from('a: é密😀\r\nb: 1\n'), 'a: é密😀\r\nb: 1\n'],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffa: 1'), '\ufeffa: 1'],
    ['UTF-16 LE', utf16('\ufeffa: é密😀\r\n'), '\ufeffa: é密😀\r\n'],
    ['UTF-16 BE', utf16('\ufeffa: é密😀\r\n').swap16(), '\ufeffa: é密😀\r\n'],
    ['UTF-16 BE with half a unit left over', Buffer.concat([utf16('\ufeffab').swap16(), Buffer.from([0])]), '\ufeffab'],
    ['Latin-1', Buffer.from('a: caf\xe9 \xfc', 'latin1'), 'a: café ü'],
    ['nothing', Buffer.from(''), ''],
  ])('%s keeps all its characters', async (_name, bytes, expected) => {
    expect(await read({ 'x.yaml': bytes })).toEqual({ texts: { 'x.yaml': expected }, problems: [] });
  });
});

describe('binary content', () => {
  const zeros = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]);
  const zip = Buffer.from('PK\x03\x04\0\0', 'latin1');

  it('is a problem where an input was expected, and passed by where the name is shared', async () => {
    expect(await read({ 'a.json': zeros, 'a.out': zeros, 'video.ts': zeros, 'p.tfplan': zip })).toEqual({
      texts: {},
      problems: ['a.json unreadable-input: the file is binary', 'p.tfplan unsupported-construct: this is a binary plan; give the output of `terraform show -json` on it'],
    });
  });

  it('is a problem when named', async () => {
    expect((await read({ 'a.out': zeros, plan: zip }, ['a.out', 'plan'])).problems).toEqual([
      'a.out unreadable-input: the file is binary',
      'plan unreadable-input: this is a binary plan; give the output of `terraform show -json` on it',
    ]);
  });
});

it('takes TypeScript only where it uses the CDK, and .out only where it is JSON, unless named', async () => {
  const files = { 'a.ts': 'import { App } from "aws-cdk-lib"', 'b.ts': 'let x', 'nohup.out': 'log', 'plan.out': '\ufeff {"format_version": "1.2"}' };
  expect(Object.keys((await read(files)).texts)).toEqual(['a.ts', 'plan.out']);
  expect(Object.keys((await read(files, ['b.ts', 'nohup.out'])).texts)).toEqual(['b.ts', 'nohup.out']);
});

it('refuses what is too large without reading it', async () => {
  const base = folderOf({ 'big.yaml': '', 'big.json': '', 'fits.json': '{}', 'core.out': Buffer.from([1, 0, 1]) });
  for (const [name, bytes] of [['big.yaml', 20_000_001], ['big.json', 100_000_001], ['core.out', 100_000_001]] as const) truncateSync(join(base, name), bytes);
  writeFileSync(join(base, 'big.json'), '{"a": 1}', { flag: 'r+' });
  const { sources, problems } = readSources((await discover(['.'], { base })).files);
  expect(sources.map(({ path }) => path)).toEqual(['fits.json']);
  expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'input-too-large: the file has 100 MB; files of its kind are read up to 100 MB',
    'input-too-large: the file has 20 MB; files of its kind are read up to 20 MB',
  ]);
});

it('says why a file cannot be read', () => {
  const { problems } = readSources([{ path: 'gone.yaml', absolute: '/nonexistent/gone.yaml', named: true }]);
  expect(problems[0]).toMatchObject({ code: 'unreadable-input', message: 'the file cannot be read: ENOENT' });
});
