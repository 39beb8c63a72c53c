import { both, type Guard } from '../core/guard.ts';
import { type Origin, Source } from '../core/source.ts';
import type { Mapping, MappingEntry, Value } from '../core/value.ts';
import type { Condition, Gap, PatternElement, PolicyDocument, PolicyKind, PrincipalElement, PrincipalEntry, Statement, SyntaxFault, SyntaxFaultCode, Text } from './policy-document.ts';
import { gapOf, readText, readTexts } from './texts.ts';

const DOCUMENT_KEYS = ['Version', 'Id', 'Statement'];
const STATEMENT_KEYS = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
/** A statement that depends on more branches than this is read with its first branches only. */
const MAX_STATEMENTS = 20_000;

/**
 * Reads a value as an IAM policy document of the given kind. Never throws: deviations from the grammar become `syntax`
 * faults, unresolved parts become `gaps` or holes in texts, and everything readable is read.
 * Source of the grammar: IAM User Guide, "Grammar of the IAM JSON policy language".
 */
export function parsePolicy(value: Value, kind: PolicyKind): PolicyDocument {
  const reader: Reader = { kind, syntax: [], gaps: [], statements: [] };
  const document = firstMapping(value, reader);
  if (document === undefined) return finish(reader, value, undefined, undefined);
  for (const entry of document.entries) {
    if (!DOCUMENT_KEYS.includes(entry.key)) fault(reader, 'policy-unknown-element', `unknown policy element \`${entry.key}\``, entry.keyOrigin, nearest(entry.key, DOCUMENT_KEYS));
  }
  reportDoubledKeys(reader, document);
  const version = readText(valueOf(document, 'Version'));
  if (version !== undefined && version.text !== '2012-10-17' && version.text !== '2008-10-17' && !version.text.includes('\uE000')) {
    fault(reader, 'policy-invalid-version', `\`${version.text}\` is no policy version`, version.origin, '2012-10-17');
  }
  const statements = valueOf(document, 'Statement');
  if (statements === undefined || statements.kind === 'absent') fault(reader, 'policy-missing-statement', 'the policy has no `Statement`', document.origin);
  else readStatements(statements, [], reader);
  if (statements !== undefined && reader.statements.length === 0 && reader.gaps.length === 0) {
    fault(reader, 'policy-missing-statement', 'the policy has no statement', statements.origin);
  }
  return finish(reader, value, version, readText(valueOf(document, 'Id')));
}

/** Plain JSON as a value, for documents that come from memory rather than a file. Its origins point into an empty source. */
export function valueOfJson(json: unknown, origin: Origin = MEMORY): Value {
  if (json === null || json === undefined) return { kind: 'absent', origin };
  if (Array.isArray(json)) return { kind: 'list', items: json.map((item) => valueOfJson(item, origin)), origin };
  if (typeof json === 'object') {
    return { kind: 'map', entries: Object.entries(json).map(([key, value]) => ({ key, keyOrigin: origin, value: valueOfJson(value, origin) })), origin };
  }
  const type = typeof json === 'number' ? 'number' : typeof json === 'boolean' ? 'boolean' : 'string';
  return { kind: 'scalar', text: String(json), type, origin };
}

const MEMORY: Origin = { source: new Source('', ''), start: 0, end: 0 };

interface Reader {
  readonly kind: PolicyKind;
  readonly syntax: SyntaxFault[];
  readonly gaps: Gap[];
  readonly statements: Statement[];
}

function finish(reader: Reader, value: Value, version: Text | undefined, id: Text | undefined): PolicyDocument {
  return { version, id, statements: reader.statements, syntax: reader.syntax, gaps: reader.gaps, origin: value.origin, value };
}

/** A document that is itself a choice is read by joining its branches' statements, each guarded. */
function firstMapping(value: Value, reader: Reader): Mapping | undefined {
  if (value.kind === 'map') return value;
  if (value.kind === 'choice') {
    const statements = value.options.flatMap((option) => {
      const body = option.value.kind === 'map' ? valueOf(option.value, 'Statement') : undefined;
      return body === undefined ? [] : [{ when: option.when, value: body }];
    });
    const version = value.options.map((option) => (option.value.kind === 'map' ? valueOf(option.value, 'Version') : undefined)).find((found) => found !== undefined);
    for (const option of value.options) if (option.value.kind === 'unknown') reader.gaps.push(gapOf(option.value, 'policy'));
    const entries: MappingEntry[] = [{ key: 'Statement', keyOrigin: value.origin, value: { kind: 'choice', options: statements, origin: value.origin } }];
    if (version !== undefined) entries.push({ key: 'Version', keyOrigin: version.origin, value: version });
    return statements.length === 0 ? undefined : { kind: 'map', entries, origin: value.origin };
  }
  if (value.kind === 'unknown') reader.gaps.push(gapOf(value, 'policy'));
  else if (value.kind === 'reference') reader.gaps.push({ element: 'policy', reason: 'runtime-attribute', name: `${value.address}.${value.attribute}`, origin: value.origin });
  else if (value.kind === 'concat') reader.gaps.push({ element: 'policy', reason: 'unsupported-function', name: 'text with unresolved parts', origin: value.origin });
  else if (value.kind !== 'absent') fault(reader, 'policy-element-type', 'a policy must be an object', value.origin);
  return undefined;
}

function readStatements(value: Value, when: Guard, reader: Reader): void {
  if (reader.statements.length >= MAX_STATEMENTS) return;
  switch (value.kind) {
    case 'list':
      for (const item of value.items) readStatements(item, when, reader);
      return;
    case 'choice':
      for (const option of value.options) {
        const guard = both(when, option.when);
        if (guard !== undefined) readStatements(option.value, guard, reader);
      }
      return;
    case 'map':
      if (value.entries.length > 0) readStatement(value, when, reader);
      return;
    case 'unknown':
      reader.gaps.push(gapOf(value, 'Statement'));
      return;
    case 'absent':
      return;
    case 'reference':
      reader.gaps.push({ element: 'Statement', reason: 'runtime-attribute', name: `${value.address}.${value.attribute}`, origin: value.origin });
      return;
    default:
      fault(reader, 'policy-element-type', '`Statement` must be an object or a list of objects', value.origin);
  }
}

function readStatement(body: Mapping, when: Guard, reader: Reader): void {
  const gaps: Gap[] = [];
  for (const entry of body.entries) {
    if (!STATEMENT_KEYS.includes(entry.key)) fault(reader, 'policy-unknown-element', `unknown statement element \`${entry.key}\``, entry.keyOrigin, nearest(entry.key, STATEMENT_KEYS));
  }
  reportDoubledKeys(reader, body);
  const statement: Statement = {
    index: reader.statements.length,
    sid: readText(valueOf(body, 'Sid')),
    effect: readEffect(body, reader, gaps),
    principal: readPrincipal(body, reader, gaps),
    action: readPatterns(body, 'Action', 'NotAction', reader, gaps),
    resource: readPatterns(body, 'Resource', 'NotResource', reader, gaps),
    conditions: readConditions(body, reader, gaps),
    gaps,
    origin: body.origin,
    when,
  };
  checkRequired(statement, body, reader);
  reader.statements.push(statement);
}

function checkRequired(statement: Statement, body: Mapping, reader: Reader): void {
  const needsPrincipal = reader.kind === 'resource' || reader.kind === 'trust';
  const takesPrincipal = needsPrincipal || reader.kind === 'rcp' || reader.kind === 'endpoint';
  if (statement.action === undefined && statement.gaps.length === 0) fault(reader, 'statement-missing-action', 'the statement has neither `Action` nor `NotAction`', body.origin);
  if (statement.resource === undefined && reader.kind !== 'trust' && reader.kind !== 'resource' && statement.gaps.length === 0) {
    fault(reader, 'statement-missing-resource', 'the statement has neither `Resource` nor `NotResource`', body.origin);
  }
  if (needsPrincipal && statement.principal === undefined && statement.gaps.length === 0) fault(reader, 'statement-missing-principal', 'the statement has no `Principal`', body.origin);
  if (!takesPrincipal && statement.principal !== undefined) {
    fault(reader, 'statement-principal-not-allowed', 'this kind of policy takes no `Principal`', statement.principal.origin);
  }
}

function readEffect(body: Mapping, reader: Reader, gaps: Gap[]): Statement['effect'] {
  const entry = entryAt(body, 'Effect');
  if (entry === undefined) {
    fault(reader, 'statement-missing-effect', 'the statement has no `Effect`', body.origin);
    return 'unknown';
  }
  const { texts, gaps: unread } = readTexts(entry.value, 'Effect');
  gaps.push(...unread);
  const first = texts[0]?.text;
  if (texts.length === 1 && (first === 'Allow' || first === 'Deny')) return first;
  if (texts.length > 1 || first?.includes('\uE000') === true) {
    gaps.push({ element: 'Effect', reason: 'parameter-without-default', name: 'Effect', origin: entry.value.origin });
    return 'unknown';
  }
  fault(reader, 'statement-invalid-effect', `\`${first ?? ''}\` is no effect`, entry.value.origin, first?.toLowerCase() === 'deny' ? 'Deny' : 'Allow');
  return 'unknown';
}

function readPatterns(body: Mapping, plain: 'Action' | 'Resource', negated: 'NotAction' | 'NotResource', reader: Reader, gaps: Gap[]): PatternElement | undefined {
  const positive = entryAt(body, plain);
  const negative = entryAt(body, negated);
  if (positive !== undefined && negative !== undefined) {
    const code = plain === 'Action' ? 'statement-action-and-notaction' : 'statement-resource-and-notresource';
    fault(reader, code, `\`${plain}\` and \`${negated}\` exclude each other`, negative.keyOrigin);
  }
  const entry = positive ?? negative;
  if (entry === undefined || entry.value.kind === 'absent') return undefined;
  const { texts, gaps: unread, misplaced } = readTexts(entry.value, entry.key);
  gaps.push(...unread);
  for (const wrong of misplaced) fault(reader, 'policy-element-type', `\`${entry.key}\` takes strings, not objects`, wrong.origin);
  return { negated: entry === negative, patterns: texts, origin: entry.keyOrigin };
}

function readPrincipal(body: Mapping, reader: Reader, gaps: Gap[]): PrincipalElement | undefined {
  const positive = entryAt(body, 'Principal');
  const negative = entryAt(body, 'NotPrincipal');
  if (positive !== undefined && negative !== undefined) {
    fault(reader, 'statement-principal-and-notprincipal', '`Principal` and `NotPrincipal` exclude each other', negative.keyOrigin);
  }
  const entry = positive ?? negative;
  if (entry === undefined || entry.value.kind === 'absent') return undefined;
  const entries: PrincipalEntry[] = [];
  readPrincipalValue(entry.value, [], reader, gaps, entries);
  return { negated: entry === negative, entries, origin: entry.keyOrigin };
}

function readPrincipalValue(value: Value, when: Guard, reader: Reader, gaps: Gap[], entries: PrincipalEntry[]): void {
  if (value.kind === 'choice') {
    for (const option of value.options) {
      const guard = both(when, option.when);
      if (guard !== undefined) readPrincipalValue(option.value, guard, reader, gaps, entries);
    }
    return;
  }
  if (value.kind === 'map') {
    for (const typed of value.entries) {
      const { texts, gaps: unread, misplaced } = readTexts(typed.value, `Principal.${typed.key}`, both(when, typed.when) ?? when);
      gaps.push(...unread);
      for (const wrong of misplaced) fault(reader, 'policy-element-type', `\`Principal.${typed.key}\` takes strings`, wrong.origin);
      for (const text of texts) entries.push({ ...text, type: principalType(typed.key), typeText: typed.key });
    }
    return;
  }
  const { texts, gaps: unread } = readTexts(value, 'Principal', when);
  gaps.push(...unread);
  for (const text of texts) {
    if (text.text !== '*' && !text.text.includes('\uE000')) fault(reader, 'policy-element-type', '`Principal` must be "*" or an object', text.origin);
    entries.push({ ...text, type: text.text === '*' ? 'anyone' : 'other', typeText: '' });
  }
}

function principalType(key: string): PrincipalEntry['type'] {
  return key === 'AWS' || key === 'Service' || key === 'Federated' || key === 'CanonicalUser' ? key : 'other';
}

function readConditions(body: Mapping, reader: Reader, gaps: Gap[]): readonly Condition[] {
  const block = entryAt(body, 'Condition');
  if (block === undefined) return [];
  const conditions: Condition[] = [];
  readConditionBlock(block.value, [], reader, gaps, conditions);
  return conditions;
}

function readConditionBlock(value: Value, when: Guard, reader: Reader, gaps: Gap[], conditions: Condition[]): void {
  if (value.kind === 'absent') return;
  if (value.kind === 'choice') {
    for (const option of value.options) {
      const guard = both(when, option.when);
      if (guard !== undefined) readConditionBlock(option.value, guard, reader, gaps, conditions);
    }
    return;
  }
  if (value.kind !== 'map') {
    if (value.kind === 'unknown') gaps.push(gapOf(value, 'Condition'));
    else fault(reader, 'policy-element-type', '`Condition` must be an object', value.origin);
    return;
  }
  for (const operator of value.entries) readOperator(operator, when, reader, gaps, conditions);
}

function readOperator(operator: MappingEntry, when: Guard, reader: Reader, gaps: Gap[], conditions: Condition[]): void {
  const guard = both(when, operator.when) ?? when;
  if (operator.value.kind === 'choice') {
    for (const option of operator.value.options) {
      const chosen = both(guard, option.when);
      if (chosen !== undefined) readOperator({ ...operator, value: option.value }, chosen, reader, gaps, conditions);
    }
    return;
  }
  if (operator.value.kind !== 'map') {
    if (operator.value.kind === 'unknown') gaps.push(gapOf(operator.value, `Condition.${operator.key}`));
    else if (operator.value.kind !== 'absent') fault(reader, 'policy-element-type', `condition operator \`${operator.key}\` takes an object of keys`, operator.value.origin);
    return;
  }
  for (const key of operator.value.entries) {
    const { texts, gaps: unread, misplaced } = readTexts(key.value, `Condition.${operator.key}.${key.key}`, guard);
    gaps.push(...unread);
    for (const wrong of misplaced) fault(reader, 'policy-element-type', `the values of \`${key.key}\` must be strings`, wrong.origin);
    const guarded = guard.length === 0 ? {} : { when: guard };
    conditions.push({
      operator: { text: operator.key, origin: operator.keyOrigin, ...guarded },
      key: { text: key.key, origin: key.keyOrigin, ...guarded },
      values: texts,
      origin: key.keyOrigin,
    });
  }
}

function entryAt(body: Mapping, key: string): MappingEntry | undefined {
  return body.entries.findLast((entry) => entry.key === key);
}

function valueOf(body: Mapping, key: string): Value | undefined {
  return entryAt(body, key)?.value;
}

function reportDoubledKeys(reader: Reader, mapping: Mapping): void {
  for (let index = 1; index < mapping.entries.length; index += 1) {
    const entry = mapping.entries[index];
    if (entry === undefined) continue;
    const earlier = mapping.entries.findIndex((other) => other.key === entry.key);
    if (earlier < index) fault(reader, 'policy-duplicate-key', `\`${entry.key}\` is given twice; only the last one counts`, entry.keyOrigin);
  }
}

function fault(reader: Reader, code: SyntaxFaultCode, message: string, origin: Origin, suggestion?: string): void {
  reader.syntax.push(suggestion === undefined ? { code, message, origin } : { code, message, origin, suggestion });
}

/** The legal word that differs only in case, a plural `s`, or a missing `Not`. */
function nearest(word: string, legal: readonly string[]): string | undefined {
  const folded = word.toLowerCase().replace(/s$/, '');
  return legal.find((candidate) => candidate.toLowerCase() === folded);
}
