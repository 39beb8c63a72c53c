/** Writes every generated file of the source tree: `npm run generate`. Tests hold that they are fresh. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ASSERTION_VALIDATOR_PATH, generateAssertionValidator } from './generate/assertion-validator.ts';
import { CONFIG_VALIDATOR_PATH, generateConfigValidator } from './generate/config-validator.ts';
import { generatePicture, PICTURE_PATH } from './generate/picture.ts';
import { generateRuleDocs } from './generate/rule-docs.ts';
import { generateRuleModules } from './generate/rules.ts';

const root = join(import.meta.dirname, '..');
writeFileSync(CONFIG_VALIDATOR_PATH, generateConfigValidator());
writeFileSync(ASSERTION_VALIDATOR_PATH, generateAssertionValidator());
for (const [path, text] of generateRuleModules()) writeFileSync(join(root, path), text);
writeFileSync(PICTURE_PATH, await generatePicture());
for (const [path, text] of generateRuleDocs()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
