import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discover } from '../../src/read/discover.ts';
import { readSources } from '../../src/read/read-sources.ts';
import { folderOf } from '../config/folders.ts';

async function found(base: string, paths: readonly string[] = ['.'], isIgnored?: (path: string) => boolean) {
  const { files, missing, problems, roots } = await discover(paths, isIgnored === undefined ? { base } : { base, isIgnored });
  return { paths: files.map((file) => file.path), missing, roots, problems: problems.map(({ code, origin }) => `${origin.source.path} ${code}`) };
}

describe('a folder', () => {
  it('yields every kind of input and nothing else, in order', async () => {
    const inputs = ['a.yaml', 'a.yml', 'b/c.jsonc', 'b/t.template', 'm.tf', 'm.tfvars', 'm.tofu', 'p.json', 'p.out', 'p.tfplan', 's.tfstate', 'src/app.mts', 'src/app.ts', 'x.tf.json'];
    const others = ['README.md', 'a.js', 'src/app.d.ts', 'package.json', 'package-lock.json', '.hidden.yaml', '.github/workflows/ci.yml', 'node_modules/x/a.yaml', '.terraform/modules/modules.json', 'deep/node_modules/a.json'];
    const base = folderOf(Object.fromEntries([...others, ...inputs].map((path) => [path, '{}'])));
    expect((await found(base)).paths).toEqual(inputs);
  });

  it('leaves out what .gitignore files say, the inner ones last', async () => {
    const base = folderOf({
      '.gitignore': 'build/\n*.gen.yaml\n/top.yaml\n!keep.gen.yaml\n',
      'sub/.gitignore': '!x.gen.yaml\nlocal.yaml\n',
      ...Object.fromEntries(['a.yaml', 'build/a.yaml', 'x.gen.yaml', 'keep.gen.yaml', 'top.yaml', 'sub/top.yaml', 'sub/x.gen.yaml', 'sub/y.gen.yaml', 'sub/local.yaml', 'sub/in/local.yaml', 'sub/build/b.yaml'].map((path) => [path, ''])),
    });
    expect((await found(base)).paths).toEqual(['a.yaml', 'keep.gen.yaml', 'sub/top.yaml', 'sub/x.gen.yaml']);
  });

  it('agrees with git about what is ignored', async () => {
    const files = ['a.yaml', 'b/a.yaml', 'b/c/d.yaml', 'doc/x.yaml', 'doc/frotz/a.yaml', 'logs/a.yaml', 'logs/keep/a.yaml', 'sp ace.yaml', 'tmp1.yaml', 'tmp2.yaml', 'b/tmp/x.yaml'];
    const base = folderOf({ '.gitignore': '# c\nb/**/d.yaml\ndoc/frotz\nlogs/*\n!logs/keep/\nsp\\ ace.yaml\ntmp[12].yaml\n**/tmp/\n', 'doc/.gitignore': '/x.yaml\n', ...Object.fromEntries(files.map((path) => [path, ''])) });
    const git = (...parameters: string[]) => execFileSync('git', ['-C', base, ...parameters], { encoding: 'utf8' });
    git('init', '-q');
    const expected = git('ls-files', '--others', '--exclude-standard', '-z').split('\0').filter((path) => path.endsWith('.yaml')).sort();
    expect(expected.length).toBeLessThan(files.length);
    expect((await found(base)).paths).toEqual(expected);
  });

  it('respects the ignore files above it, up to the top of the repository', async () => {
    const top = folderOf({ '.gitignore': '*.gen.yaml\n', 'sub/.git/HEAD': '', 'sub/a.gen.yaml': '', 'in/a.gen.yaml': '', 'in/a.yaml': '' });
    expect((await found(join(top, 'in'))).paths).toEqual(['a.yaml']);
    expect((await found(join(top, 'sub'))).paths).toEqual(['a.gen.yaml']);
  });

  it('is meant when named, though git or habit leave it out', async () => {
    const base = folderOf({ '.gitignore': 'build/\n', 'build/a.yaml': '', 'build/.gitignore': 'b.yaml\n', 'build/b.yaml': '', '.aws-sam/t.yaml': '' });
    expect((await found(base, ['build', '.aws-sam'])).paths).toEqual(['.aws-sam/t.yaml', 'build/a.yaml']);
  });

  it('is pruned by configuration', async () => {
    const base = folderOf({ 'a.yaml': '', 'gen/a.yaml': '', 'gen/deep/b.yaml': '', 'x/skip.yaml': '' });
    const asked: string[] = [];
    const isIgnored = (path: string) => asked.push(path) > 0 && (path === 'gen/' || path.endsWith('skip.yaml'));
    expect((await found(base, ['.', 'x/skip.yaml'], isIgnored)).paths).toEqual(['a.yaml']);
    expect(asked.some((path) => path.startsWith('gen/d'))).toBe(false);
  });
});

it('is not held up by an ignore file made to be slow', async () => {
  const deep = 'a/'.repeat(100);
  const base = folderOf({ '.gitignore': `${'**/a/'.repeat(12)}b\n${'a/**/'.repeat(12)}b\n**/a/**/a/**/ab\n${'*?a'.repeat(30)}?d*\nskip.yaml\n`, [`${deep}cb.yaml`]: '', 'skip.yaml': '', [`d${'a'.repeat(200)}cb.yaml`]: '' });
  const started = performance.now();
  expect((await found(base)).paths).toEqual([`${deep}cb.yaml`, `d${'a'.repeat(200)}cb.yaml`]);
  expect(performance.now() - started).toBeLessThan(5000);
});

describe('a cloud assembly', () => {
  const assembly = { 'cdk.out': '{"version":"55.0.0"}', 'manifest.json': '{}', 'tree.json': '{}', 'A.template.json': '{}', 'A.assets.json': '{}', 'A.metadata.json': '{}', 'ANested.nested.template.json': '{}' };
  const under = (folder: string, files: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
  const files = {
    '.gitignore': 'cdk.out\n',
    'app.ts': '',
    ...under('cdk.out', { ...assembly, 'asset.abc/policy.json': '{}', 'asset.abc/cdk.out': '', 'asset.abc/manifest.json': '', 'other/x.json': '{}' }),
    ...under('cdk.out/assembly-Dev', assembly),
  };
  const inputs = ['A.template.json', 'ANested.nested.template.json', 'assembly-Dev/A.template.json', 'assembly-Dev/ANested.nested.template.json', 'assembly-Dev/manifest.json', 'manifest.json'];

  it('is found though git ignores it: manifests and templates, no assets', async () => {
    expect((await found(folderOf(files))).paths).toEqual(['app.ts', ...inputs.map((name) => `cdk.out/${name}`)]);
  });

  it('may be named', async () => {
    const base = folderOf(files);
    expect((await found(base, ['cdk.out'])).paths).toEqual(inputs.map((name) => `cdk.out/${name}`));
    expect((await found(join(base, 'cdk.out'))).paths).toEqual(inputs);
  });

  it('is not every folder with a manifest', async () => {
    const base = folderOf({ 'ext/manifest.json': '{}', 'ext/rules.json': '{}', 'ext/tree.json': '{}' });
    expect((await found(base)).paths).toEqual(['ext/manifest.json', 'ext/rules.json', 'ext/tree.json']);
  });
});

describe('a named file', () => {
  it('is taken whatever its name', async () => {
    const base = folderOf({ '.gitignore': '*\n', 'policy.txt': '', 'node_modules/a.yaml': '', 'package.json': '' });
    expect((await found(base, ['policy.txt', './policy.txt', 'node_modules/a.yaml', 'package.json'])).paths).toEqual(['node_modules/a.yaml', 'package.json', 'policy.txt']);
  });

  it('that is missing is said to be', async () => {
    const base = folderOf({ 'a.yaml': '' });
    expect(await found(base, ['gone.yaml', 'a.yaml', '*.nothing'])).toMatchObject({ paths: ['a.yaml'], missing: ['gone.yaml', '*.nothing'] });
  });

  it('is shown as seen from where the run starts, or absolutely when it lies elsewhere', async () => {
    const top = folderOf({ 'in/x.yaml': '', 'other/y.yaml': '' });
    const elsewhere = folderOf({ 'z.yaml': '' });
    expect(await found(join(top, 'in'), ['../other/y.yaml', join(top, 'in/x.yaml'), join(elsewhere, 'z.yaml')])).toMatchObject({
      paths: ['../other/y.yaml', `${elsewhere}/z.yaml`, 'x.yaml'],
      roots: [top, elsewhere].sort(),
    });
  });

  it('may be a pipe', async () => {
    const base = folderOf({});
    execFileSync('mkfifo', [join(base, 'pipe')]);
    const { files } = await discover(['pipe'], { base });
    const writer = execFileSync.bind(undefined, 'sh', ['-c', `(echo '{}' > ${join(base, 'pipe')}) >/dev/null 2>&1 &`]);
    writer();
    expect(readSources(files).sources.map((source) => source.text)).toEqual(['{}\n']);
  });
});

describe('a glob', () => {
  it('is matched here when the shell did not, without what git ignores', async () => {
    const base = folderOf({ '.gitignore': 'build/\n', 'a.yaml': '', 'b/c.yaml': '', 'b/c.txt': '', 'build/x.yaml': '', 'node_modules/y.yaml': '', 'b/.hidden/z.yaml': '' });
    expect((await found(base, ['**/*.yaml'])).paths).toEqual(['a.yaml', 'b/c.yaml']);
    expect((await found(base, ['b/*'])).paths).toEqual(['b/c.yaml']);
    expect((await found(base, ['{a,b/c}.{yaml,txt}'])).paths).toEqual(['a.yaml', 'b/c.txt', 'b/c.yaml']);
  });

  it('is a name where such a file exists', async () => {
    const base = folderOf({ 'a[1].yaml': '', 'a1.yaml': '' });
    expect((await found(base, ['a[1].yaml'])).paths).toEqual(['a[1].yaml']);
  });
});

describe('links', () => {
  it('are not followed out of the tree', async () => {
    const outside = folderOf({ 'secret.yaml': 'x', 'dir/y.yaml': 'y' });
    const base = folderOf({ 'a.yaml': '', 'sub/t.tf': '' });
    symlinkSync(join(outside, 'secret.yaml'), join(base, 'link.yaml'));
    symlinkSync(join(outside, 'dir'), join(base, 'dir'));
    symlinkSync('/dev/zero', join(base, 'zero.yaml'));
    symlinkSync('gone', join(base, 'broken.yaml'));
    expect(await found(base)).toMatchObject({ paths: ['a.yaml', 'sub/t.tf'], problems: ['broken.yaml missing-file', 'link.yaml path-outside-root', 'zero.yaml path-outside-root'] });
    expect(await found(base, ['link.yaml'])).toMatchObject({ paths: [], problems: ['link.yaml path-outside-root'] });
  });

  it('inside the tree lead to one file, but keep Terraform modules whole', async () => {
    const base = folderOf({ 'shared/t.yaml': '', 'shared/v.tf': '', 'env/main.tf': '' });
    symlinkSync('../shared/t.yaml', join(base, 'env/t.yaml'));
    symlinkSync('../shared/v.tf', join(base, 'env/v.tf'));
    symlinkSync('..', join(base, 'env/loop'));
    expect(await found(base)).toMatchObject({ paths: ['env/main.tf', 'env/v.tf', 'shared/t.yaml', 'shared/v.tf'], problems: [] });
    expect((await found(base, ['env'])).paths).toEqual(['env/main.tf', 'env/v.tf', 'shared/t.yaml']);
  });
});

it('gives the same whatever the order of arguments', async () => {
  const base = folderOf({ 'a.yaml': '', 'b/c.yaml': '', 'b/d.json': '', 'e.tf': '' });
  const paths = ['b', 'a.yaml', '*.tf', '.', 'b/c.yaml'];
  const expected = await found(base, paths);
  expect(await found(base, paths.toReversed())).toEqual(expected);
  expect(expected.paths).toEqual(['a.yaml', 'b/c.yaml', 'b/d.json', 'e.tf']);
});

it('walks a tree deeper than any call stack', async () => {
  const base = folderOf({});
  const deep = Array.from({ length: 400 }, () => 'd').join('/');
  mkdirSync(join(base, deep), { recursive: true });
  writeFileSync(join(base, deep, 'a.yaml'), '');
  expect((await found(base)).paths).toEqual([`${deep}/a.yaml`]);
});
