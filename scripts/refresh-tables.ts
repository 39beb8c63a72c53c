import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { dataFolder } from './refresh/data-file.ts'
import { tableRefreshes } from './refresh/index.ts'

/** `npm run refresh-tables [name…]`: regenerates the tables named, or all of them, below `src/data`. */
async function refreshTables(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !tableRefreshes.some((table) => table.name === name))
  if (unknown.length > 0) {
    throw new Error(`no table called ${unknown.join(', ')}; there are: ${tableRefreshes.map((table) => table.name).join(', ')}`)
  }
  for (const table of tableRefreshes) {
    if (names.length > 0 && !names.includes(table.name)) continue
    for (const file of await table.generate()) {
      const path = join(dataFolder, file.path)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, file.content)
      console.log(`${table.name}: ${file.path} ${file.content.length} bytes`)
    }
  }
}

await refreshTables(process.argv.slice(2))
