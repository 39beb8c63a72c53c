import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parse, type TSESTree } from '@typescript-eslint/typescript-estree';
import { describe, expect, it } from 'vitest';

/** Who may import whom, by the first folder below src. `types` may be imported as types only. */
interface Layer {
  readonly may: readonly string[];
  readonly types?: readonly string[];
  readonly reason: string;
}

const LAYERS: Readonly<Record<string, Layer>> = {
  core: { may: [], reason: 'it is the vocabulary of all' },
  data: { may: ['core'], reason: 'facts about AWS know nothing of templates or rules' },
  iam: { may: ['core', 'data'], reason: 'policy semantics must be testable from literals' },
  config: { may: ['core', 'parse'], types: ['check', 'frontends', 'model'], reason: 'options arrive as an argument, so there is no cycle; positions of keys come from the parser' },
  read: { may: ['core'], types: ['frontends', 'config'], reason: 'text in, sources out' },
  parse: { may: ['core'], reason: 'text in, tree out' },
  frontends: { may: ['core', 'parse', 'data'], reason: 'dialects end here: a front-end gives values, not policies' },
  extract: { may: ['core', 'iam', 'data', 'parse'], types: ['frontends'], reason: 'declarations are facts, not conclusions' },
  engine: { may: ['core', 'iam', 'data'], reason: 'semantics are tested from literal policies and requests' },
  model: { may: ['core', 'iam', 'data'], types: ['extract', 'frontends'], reason: 'nothing dialect-shaped survives linking' },
  analyze: { may: ['core', 'iam', 'data', 'engine', 'model'], types: ['extract', 'check'], reason: 'answers know no rules' },
  check: { may: ['core', 'iam', 'data', 'model', 'analyze', 'engine'], types: ['extract', 'frontends'], reason: 'the judge does not print' },
  rules: { may: ['core', 'iam', 'data', 'model', 'check', 'analyze', 'engine'], types: ['extract'], reason: 'a rule is a pure function of the model' },
  report: { may: ['core', 'parse'], types: ['check', 'extract'], reason: 'a reporter shows only what is in the report' },
};

const DIALECT_WORDS = /AWS::[A-Z]|['"`]aws_/;
const DIALECT_FOLDERS = ['frontends', 'extract', 'data'];
const EFFECTS = /\bfrom 'node:fs'|\bprocess\.|\bconsole\.|\bDate\.now\(|\bMath\.random\(/;
const EFFECT_PLACES = [/^read\//, /^config\/load\.ts$/, /^cli/, /^data\/load/, /^scan(-assembly)?\.ts$/, /^lsp\//];

const root = resolve(import.meta.dirname, '../src');
const files = sourceFiles(root);

describe('architecture', () => {
  it('sees the sources', () => expect(files.length).toBeGreaterThan(50));

  it('lets imports flow one way', () => {
    const wrong = files.flatMap((file) => importsOf(file).flatMap((found) => forbidden(file, found)));
    expect(wrong).toEqual([]);
  });

  it('keeps dialect words out of everything above extraction', () => {
    const wrong = files.filter((file) => !DIALECT_FOLDERS.includes(folderOf(file)) && DIALECT_WORDS.test(withoutComments(file)));
    expect(wrong).toEqual([]);
  });

  it('keeps disk, clock and chance at the edge', () => {
    const wrong = files.filter((file) => !EFFECT_PLACES.some((place) => place.test(file)) && EFFECTS.test(withoutComments(file)));
    expect(wrong).toEqual([]);
  });

  it('has no import cycle between files', () => {
    expect(findCycle()).toEqual([]);
  });
});

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

function forbidden(file: string, found: Import): readonly string[] {
  const from = folderOf(file);
  const to = folderOf(found.target);
  const layer = LAYERS[from];
  if (layer === undefined || from === to || layer.may.includes(to)) return crossFrontend(file, found.target);
  if (found.typeOnly && layer.types?.includes(to) === true) return [];
  return [`${file} imports ${found.target}: ${layer.reason}`];
}

/** Front-ends do not know each other; only an assembly is made of templates. */
function crossFrontend(file: string, target: string): readonly string[] {
  const [, from, fromRest] = file.split('/');
  const [folder, to, toRest] = target.split('/');
  if (folderOf(file) !== 'frontends' || folder !== 'frontends' || from === to || fromRest === undefined || toRest === undefined) return [];
  return from === 'cdk' && to === 'cloudformation' ? [] : [`${file} imports ${target}: dialects do not leak into each other`];
}

const parsed = new Map<string, readonly Import[]>();

function importsOf(file: string): readonly Import[] {
  const known = parsed.get(file) ?? readImports(file);
  parsed.set(file, known);
  return known;
}

function readImports(file: string): readonly Import[] {
  const program = parse(readFileSync(join(root, file), 'utf8'), { jsx: false });
  return program.body.flatMap((node) => {
    const isModule = node.type === 'ImportDeclaration' || node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration';
    if (!isModule || node.source === null || !node.source.value.startsWith('.')) return [];
    return [{ target: relative(root, resolve(root, dirname(file), node.source.value)), typeOnly: isTypeOnly(node) }];
  });
}

function isTypeOnly(node: TSESTree.ImportDeclaration | TSESTree.ExportNamedDeclaration | TSESTree.ExportAllDeclaration): boolean {
  if (node.type === 'ImportDeclaration') {
    return node.importKind === 'type' || (node.specifiers.length > 0 && node.specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type'));
  }
  return node.exportKind === 'type';
}

function findCycle(): readonly string[] {
  const state = new Map<string, 'open' | 'done'>();
  const walk = (file: string, trail: readonly string[]): readonly string[] => {
    if (state.get(file) === 'open') return [...trail.slice(trail.indexOf(file)), file];
    if (state.get(file) === 'done' || !files.includes(file)) return [];
    state.set(file, 'open');
    for (const found of importsOf(file)) {
      if (found.typeOnly) continue;
      const cycle = walk(found.target, [...trail, file]);
      if (cycle.length > 0) return cycle;
    }
    state.set(file, 'done');
    return [];
  };
  for (const file of files) {
    const cycle = walk(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
}

function withoutComments(file: string): string {
  return readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => file.split('\\').join('/'))
    .sort();
}
