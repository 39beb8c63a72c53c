import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dataFolder } from './refresh/data-file.ts';
import { tableRefreshes } from './refresh/index.ts';

/** `npm run refresh-tables [name | name=path …]`: regenerates the tables named, or all of them, below `src/data`. */
async function refreshTables(requests: readonly string[]): Promise<void> {
  const wanted = new Map(requests.map((request) => readRequest(request)));
  const unknown = [...wanted.keys()].filter((name) => !tableRefreshes.some((table) => table.name === name));
  if (unknown.length > 0) {
    throw new Error(`no table called ${unknown.join(', ')}; there are: ${tableRefreshes.map((table) => table.name).join(', ')}`);
  }
  for (const table of tableRefreshes) {
    if (wanted.size > 0 && !wanted.has(table.name)) continue;
    for (const file of await table.generate(wanted.get(table.name))) {
      const path = join(dataFolder, file.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file.content);
      console.log(`${table.name}: ${file.path} ${file.content.length} bytes`);
    }
  }
}

function readRequest(request: string): [string, string | undefined] {
  const equals = request.indexOf('=');
  return equals < 0 ? [request, undefined] : [request.slice(0, equals), request.slice(equals + 1)];
}

await refreshTables(process.argv.slice(2));
