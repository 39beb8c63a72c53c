import { type ActionName, matchActions } from '../../iam/action.ts';
import type { CompiledStatement } from '../compile.ts';
import { matchAction } from '../statement-match.ts';

/**
 * Finds which statements an action meets without asking each of them: a policy may have a hundred statements and name a
 * thousand actions. Statements with parts that are not known are asked one by one.
 */
export class ActionIndex {
  readonly #statements: readonly CompiledStatement[];
  /** What statements say of an action that none of them lists. */
  readonly #unlisted: readonly string[];
  readonly #byName = new Map<string, number[]>();
  readonly #byService = new Map<string, number[]>();
  /** Statements with patterns over all services, or with parts that are not known. */
  readonly #always: readonly number[];

  constructor(statements: readonly CompiledStatement[]) {
    this.#statements = statements;
    this.#unlisted = statements.map(({ action }) => (action?.negated === true ? 'y' : 'n'));
    this.#always = [...statements.keys()].filter((index) => this.#isGeneral(statements[index]));
    for (const [index, { action }] of statements.entries()) {
      for (const name of action?.sure.exact ?? []) push(this.#byName, name, index);
      for (const service of action?.sure.byService.keys() ?? []) push(this.#byService, service, index);
    }
  }

  /** For each statement whether the action meets it: `y`, `n` or `?`, as one text. */
  signatureOf(name: ActionName): string {
    const marks = [...this.#unlisted];
    for (const index of this.#byName.get(name.text) ?? []) marks[index] = this.#listed(index);
    for (const index of this.#byService.get(name.service) ?? []) {
      const element = this.#statements[index]?.action;
      if (element !== undefined && matchActions(element.sure, name) === 'yes') marks[index] = this.#listed(index);
    }
    for (const index of this.#always) {
      const statement = this.#statements[index];
      const verdict = statement === undefined ? 'no' : matchAction(statement.action, statement.gaps.action, name);
      marks[index] = verdict === 'yes' ? 'y' : verdict === 'no' ? 'n' : '?';
    }
    return marks.join('');
  }

  #listed(index: number): string {
    return this.#unlisted[index] === 'y' ? 'n' : 'y';
  }

  #isGeneral(statement: CompiledStatement | undefined): boolean {
    if (statement?.action === undefined || statement.gaps.action) return true;
    const { sure, perhaps } = statement.action;
    return sure.everything || sure.anyService.length > 0 || perhaps !== undefined || [...sure.byService.values()].some((patterns) => patterns.some((pattern) => pattern.shape === 'holes'));
  }
}

function push(map: Map<string, number[]>, key: string, index: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [index]);
  else known.push(index);
}
