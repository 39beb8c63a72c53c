import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/**
 * Writes the declarations of the public entry points and of all they reach into `folder/types`, and `folder/<entry>.d.ts`
 * that re-exports each. Imports of `.ts` become `.js`, which is what declarations may name.
 */
export function writeDeclarations(root: string, folder: string, entries: readonly string[]): void {
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined });
  if (config === undefined) throw new Error('tsconfig.json cannot be read');
  const options: ts.CompilerOptions = { ...config.options, noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: join(folder, 'types'), rootDir: join(root, 'src') };
  const emitted = new Map<string, string>();
  const program = ts.createProgram(entries.map((entry) => join(root, 'src', `${entry}.ts`)), options);
  program.emit(undefined, (path, text) => void emitted.set(resolve(path), text), undefined, true);
  const types = resolve(folder, 'types');
  const wanted = reachable(entries.map((entry) => join(types, `${entry}.d.ts`)), emitted);
  for (const path of wanted) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, (emitted.get(path) ?? '').replace(/((?:from|import\()\s*['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2'));
  }
  for (const entry of entries) writeFileSync(join(folder, `${entry}.d.ts`), `export * from './${relative(folder, join(types, entry)).replaceAll('\\', '/')}.js';\n`);
}

function reachable(starts: readonly string[], emitted: ReadonlyMap<string, string>): readonly string[] {
  const seen = new Set<string>();
  const open = [...starts];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const text = emitted.get(path);
    if (text === undefined || seen.has(path)) continue;
    seen.add(path);
    for (const match of text.matchAll(/(?:from|import\()\s*['"](\.{1,2}\/[^'"]+)\.ts['"]/g)) open.push(resolve(dirname(path), `${match[1]}.d.ts`));
  }
  return [...seen].sort();
}
