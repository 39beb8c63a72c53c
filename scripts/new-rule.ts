/**
 * Starts a rule: a rule file (data, or code with --code) and its fixture.
 *
 *   npm run new-rule <id> [-- --code] [--category wildcard]
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { code: { type: 'boolean', default: false }, category: { type: 'string', default: 'wildcard' } } });
const [id = ''] = positionals;
const root = join(import.meta.dirname, '..');

const DATA = `id: ${id}
title: What the rule finds, as a heading
on: statement
where:
  kind:
    const: identity
  effect:
    const: Allow
find: actions
match:
  width:
    const: any
report: first
severity: warning
securitySeverity: 5.0
confidence: medium
preset: all
message: the policy allows \`{text}\`
why: Say what goes wrong.
fix: say what to do
references:
- https://docs.aws.amazon.com/IAM/latest/UserGuide/
peers: []
standards: []
`;

const CODE = `import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

export default defineRule({
  id: '${id}',
  title: 'What the rule finds, as a heading',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5,
  confidence: 'medium',
  preset: 'all',
  peers: [],
  standards: [],
  docs: { message: 'the policy allows \`{action}\`', why: 'Say what goes wrong.', fix: 'say what to do', references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/'] },
  on: 'statement',
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    for (const action of facts.actions) if (action.pattern.width === 'any') yield* hitAt(facts, [action.at], { says: { action: action.at.text } });
  }),
});
`;

const FIXTURE = `invalid:
  - name: the plain case
    identity: { Effect: Allow, Action: '*', Resource: '*' }
    expect: [{ at: Action, says: allows }]
valid:
  - name: the near miss
    identity: { Effect: Allow, Action: 's3:GetObject', Resource: '*' }
`;

if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) {
  console.error('give the rule an id in kebab case that names the bad pattern, e.g. `npm run new-rule queue-policy-too-wide`');
  process.exitCode = 2;
} else {
  const files = [
    [values.code ? `src/rules/${id}.ts` : `rules/${values.category}/${id}.yaml`, values.code ? CODE : DATA],
    [`test/rules/${id}.yaml`, FIXTURE],
  ] as const;
  for (const [path, text] of files) {
    if (existsSync(join(root, path))) throw new Error(`${path} exists`);
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
  console.log('now run `npm run generate` and `npx vitest run test/rules`');
}
