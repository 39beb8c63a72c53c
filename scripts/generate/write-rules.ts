import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './rule-files.ts';
import { generateRuleModules } from './rules.ts';

for (const [path, text] of generateRuleModules()) writeFileSync(join(ROOT, path), text);
