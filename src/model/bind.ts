import type { EntityDeclaration } from '../extract/declaration.ts';
import type { ExportedText } from '../extract/extract.ts';
import type { Condition, PatternElement, PolicyDocument, PrincipalElement, Statement, Text } from '../iam/policy-document.ts';
import { hasHole, hole, replaceHoles } from '../iam/token.ts';

/** References through references (an ARN that names another resource's attribute) end somewhere. */
const MAX_DEPTH = 12;

/** Replaces reference holes by what the referenced entities yield. Holes that lead nowhere stay, and count as open. */
export interface Binder {
  readonly bind: (text: string) => string;
  readonly bindText: (text: Text) => Text;
  readonly bindDocument: (document: PolicyDocument) => PolicyDocument;
}

/**
 * `aliases` says what unknown words turned out to be, by their whole hole: an account whose id another source tells.
 */
export function createBinder(entities: ReadonlyMap<string, EntityDeclaration>, exports: readonly ExportedText[], aliases: ReadonlyMap<string, string> = new Map()): Binder {
  const byExport = new Map<string, string>();
  const byStack = new Map<string, string>();
  for (const exported of exports) {
    if (exported.exportName !== undefined) byExport.set(exported.exportName, exported.text);
    byStack.set(`${exported.stack}#${exported.output}`, exported.text);
  }
  const memo = new Map<string, string>();

  const yields = (name: string): string | undefined => {
    const [scope = '', address = '', attribute = ''] = splitReference(name);
    if (scope === 'export') return byExport.get(address);
    if (scope === 'stack-output') return byStack.get(`${address}#${attribute}`);
    return entities.get(`${scope}#${address}`)?.attributes.get(attribute);
  };
  const bind = (text: string, depth = 0): string => {
    if (!text.includes('\uE000=') && (aliases.size === 0 || !hasHole(text))) return text;
    const known = memo.get(text);
    if (known !== undefined) return known;
    memo.set(text, text);
    const bound = replaceHoles(text, (part) => {
      if (part.mark !== '=') return aliases.get(hole(part.mark, part.name));
      if (depth > MAX_DEPTH) return undefined;
      const target = yields(part.name);
      return target === undefined ? undefined : bind(target, depth + 1);
    });
    memo.set(text, bound);
    return bound;
  };
  const bindText = (text: Text): Text => {
    const bound = bind(text.text);
    return bound === text.text ? text : { ...text, text: bound };
  };
  return { bind, bindText, bindDocument: (document) => bindDocument(document, bindText) };
}

/** `scope#address#attribute`; scopes and addresses may hold `#` of their own only in the scope. */
function splitReference(name: string): readonly string[] {
  const last = name.lastIndexOf('#');
  const middle = name.lastIndexOf('#', last - 1);
  return [name.slice(0, middle), name.slice(middle + 1, last), name.slice(last + 1)];
}

/** The reference hole of an entity's attribute. */
export function referenceHole(scope: string, address: string, attribute: string): string {
  return hole('=', `${scope}#${address}#${attribute}`);
}

function bindDocument(document: PolicyDocument, bindText: (text: Text) => Text): PolicyDocument {
  const statements = mapChanged(document.statements, (statement) => bindStatement(statement, bindText));
  return statements === document.statements ? document : { ...document, statements };
}

function bindStatement(statement: Statement, bindText: (text: Text) => Text): Statement {
  const principal = bindPrincipal(statement.principal, bindText);
  const action = bindPatterns(statement.action, bindText);
  const resource = bindPatterns(statement.resource, bindText);
  const conditions = mapChanged(statement.conditions, (condition) => bindCondition(condition, bindText));
  const same = principal === statement.principal && action === statement.action && resource === statement.resource && conditions === statement.conditions;
  return same ? statement : { ...statement, principal, action, resource, conditions };
}

function bindPrincipal(element: PrincipalElement | undefined, bindText: (text: Text) => Text): PrincipalElement | undefined {
  if (element === undefined) return undefined;
  const entries = mapChanged(element.entries, (entry) => {
    const bound = bindText(entry);
    return bound === entry ? entry : { ...entry, text: bound.text };
  });
  return entries === element.entries ? element : { ...element, entries };
}

function bindPatterns(element: PatternElement | undefined, bindText: (text: Text) => Text): PatternElement | undefined {
  if (element === undefined) return undefined;
  const patterns = mapChanged(element.patterns, bindText);
  return patterns === element.patterns ? element : { ...element, patterns };
}

function bindCondition(condition: Condition, bindText: (text: Text) => Text): Condition {
  const values = mapChanged(condition.values, bindText);
  return values === condition.values ? condition : { ...condition, values };
}

/** Maps, giving the same list when nothing changed, so that untouched documents are shared. */
function mapChanged<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  let changed: T[] | undefined;
  for (const [index, item] of items.entries()) {
    const next = change(item);
    if (next !== item && changed === undefined) changed = items.slice(0, index);
    changed?.push(next);
  }
  return changed ?? items;
}
