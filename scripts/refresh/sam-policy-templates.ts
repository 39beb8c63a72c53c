import { readFileSync } from 'node:fs';
import { readSource, rowsAsJson, type TableRefresh } from './data-file.ts';
import { byCodeUnit, isRecord, list, record, text, type JsonRecord } from './json-shape.ts';

const FILE = 'sam-policy-templates.json';

/**
 * `sam-policy-templates.json`, from a copy of `policy_templates.json` of aws/serverless-application-model:
 * `npm run refresh-tables sam-policy-templates=path/to/policy_templates.json`. Without a path the committed file stands.
 */
export const samPolicyTemplatesRefresh: TableRefresh = {
  name: 'sam-policy-templates',
  generate: async (argument) => [{ path: FILE, content: argument === undefined ? readSource(FILE) : rewriteTemplates(readFileSync(argument, 'utf8')) }],
};

/** Rewrites the upstream file in our shape; the date and commit in the head stay as committed and are edited by hand. */
export function rewriteTemplates(upstream: string): string {
  const committed = record(JSON.parse(readSource(FILE)), FILE);
  const templates = record(record(JSON.parse(upstream), 'policy_templates.json')['Templates'], 'Templates');
  const rows = Object.keys(templates)
    .sort(byCodeUnit)
    .map((name) => [name, rewriteTemplate(record(templates[name], name), name)] as const);
  const { $schema, format, source, date } = committed;
  return rowsAsJson({ $schema, format, source, date }, 'templates', Object.fromEntries(rows));
}

function rewriteTemplate(template: JsonRecord, name: string): JsonRecord {
  const statements = list(record(template['Definition'], name)['Statement'], name).map((statement) => rewriteStatement(record(statement, name), name));
  return { parameters: Object.keys(record(template['Parameters'] ?? {}, name)).sort(byCodeUnit), statements };
}

function rewriteStatement(statement: JsonRecord, name: string): JsonRecord {
  const { Effect, Action, Resource, Condition, ...others } = statement;
  if (Effect !== 'Allow' || Object.keys(others).length > 0) throw new Error(`${name}: a statement of a form this script does not know`);
  return {
    actions: (Array.isArray(Action) ? Action : [Action]).map((action) => text(action, name)),
    resources: (Array.isArray(Resource) ? Resource : [Resource]).map((resource) => plainText(resource, name)),
    ...(Condition === undefined ? {} : { condition: plainTree(Condition, name) }),
  };
}

/** `Fn::Sub` with its variable map becomes one text whose holes are parameters (`${QueueName}`) and pseudo parameters. */
function plainText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  const intrinsic = record(value, name);
  if (typeof intrinsic['Ref'] === 'string') return `\${${intrinsic['Ref']}}`;
  const sub = intrinsic['Fn::Sub'];
  if (typeof sub === 'string') return sub;
  const [pattern, variables] = list(sub, name);
  let filled = text(pattern, name);
  for (const [variable, source] of Object.entries(record(variables, name))) filled = filled.replaceAll(`\${${variable}}`, plainText(source, name));
  return filled;
}

function plainTree(value: unknown, name: string): unknown {
  if (!isRecord(value) || 'Fn::Sub' in value || 'Ref' in value) return plainText(value, name);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainTree(inner, name)]));
}
