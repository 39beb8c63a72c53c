import { both, type Guard } from '../core/guard.ts';
import { type CompiledPolicy, compilePolicy } from '../engine/compile.ts';
import type { Condition, PatternElement, PolicyDocument, Statement, Text } from '../iam/policy-document.ts';

/** A document compiled once for all places that say the same. Statements keep their index, so places are found in the policy at hand. */
export interface InternedDocument {
  readonly id: number;
  readonly compiled: CompiledPolicy;
  /** What it allows depends on who of its holders asks: it compares names, ARNs or tags of the caller. */
  readonly personal: boolean;
  readonly denies: boolean;
}

/** Compiles documents and knows equal ones by their content. INVARIANT: equal contents have one id. */
export class DocumentStore {
  readonly #byObject = new Map<PolicyDocument, InternedDocument>();
  readonly #byContent = new Map<string, InternedDocument>();

  /** `when` says when the document applies at all; statements then exist only under it. */
  intern(document: PolicyDocument, when: Guard = []): InternedDocument {
    const known = when.length === 0 ? this.#byObject.get(document) : undefined;
    if (known !== undefined) return known;
    const key = `${contentKey(document)}${guardKey(when)}`;
    let interned = this.#byContent.get(key);
    if (interned === undefined) {
      const whole = when.length === 0 ? document : { ...document, statements: document.statements.flatMap((statement) => guarded(statement, when)) };
      interned = { id: this.#byContent.size, compiled: compilePolicy(whole), personal: whole.statements.some(isPersonal), denies: whole.statements.some((statement) => statement.effect !== 'Allow') };
      this.#byContent.set(key, interned);
    }
    if (when.length === 0) this.#byObject.set(document, interned);
    return interned;
  }

  /** How many different documents there are. */
  get size(): number {
    return this.#byContent.size;
  }
}

function guarded(statement: Statement, when: Guard): readonly Statement[] {
  const joined = both(statement.when, when);
  return joined === undefined ? [] : [{ ...statement, when: joined }];
}

const PERSONAL_KEY = /^aws:(?:principalarn$|principaltag\/|username$|userid$)/i;
const PERSONAL_VARIABLE = /\$\{aws:(?:principalarn|principaltag|username|userid)/i;

function isPersonal(statement: Statement): boolean {
  return (
    (statement.resource?.patterns.some((text) => PERSONAL_VARIABLE.test(text.text)) ?? false) ||
    statement.conditions.some((condition) => PERSONAL_KEY.test(condition.key.text) || condition.values.some((value) => PERSONAL_VARIABLE.test(value.text)))
  );
}

/** Separators that no policy text holds: control characters are no legal characters of a policy. */
const FIELD = '\u0001';
const ITEM = '\u0002';

function contentKey(document: PolicyDocument): string {
  const statements = document.statements.map(statementKey).join(`${FIELD}${FIELD}`);
  return [document.version?.text ?? '', statements, document.gaps.map((gap) => `${gap.element}${ITEM}${gap.name}`).join(ITEM)].join(FIELD);
}

function statementKey(statement: Statement): string {
  const { principal } = statement;
  return [
    String(statement.index),
    statement.effect,
    elementKey(statement.action),
    elementKey(statement.resource),
    principal === undefined ? '' : `${principal.negated ? '!' : ''}${principal.entries.map((entry) => `${entry.type}${entry.typeText}${ITEM}${textKey(entry)}`).join(ITEM)}`,
    statement.conditions.map(conditionKey).join(ITEM),
    statement.gaps.map((gap) => `${gap.element}${ITEM}${gap.name}`).join(ITEM),
    guardKey(statement.when),
  ].join(FIELD);
}

function elementKey(element: PatternElement | undefined): string {
  return element === undefined ? '' : `${element.negated ? '!' : '='}${element.patterns.map(textKey).join(ITEM)}`;
}

function conditionKey(condition: Condition): string {
  return `${textKey(condition.operator)}${ITEM}${textKey(condition.key)}${ITEM}${condition.values.length}${ITEM}${condition.values.map(textKey).join(ITEM)}`;
}

function textKey(text: Text): string {
  return `${text.text}${guardKey(text.when ?? [])}`;
}

function guardKey(guard: Guard): string {
  return guard.length === 0 ? '' : `\u0003${guard.map((literal) => `${literal.variable}\u0004${literal.value}\u0004${String(literal.is)}`).join('\u0004')}`;
}
