/**
 * The floor under every linter: read the same files and parse them with the same parser, nothing else.
 * Bundled and run as a process of its own so that it is timed like the program.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Source } from '../../src/core/source.ts';
import { parseText } from '../../src/parse/yaml.ts';

const folder = process.argv[2] ?? '.';
let nodes = 0;
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(ya?ml|json|template)$/.test(name)) continue;
  const parsed = parseText(new Source(name, readFileSync(join(folder, name), 'utf8')));
  if (parsed.root !== undefined) nodes += 1;
}
process.stdout.write(`${nodes}\n`);
