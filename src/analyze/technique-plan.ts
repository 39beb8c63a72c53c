import { type Technique, type TechniquePermission, techniques } from '../data/techniques.ts';
import type { CompiledPolicy } from '../engine/compile.ts';
import { matchAction } from '../engine/statement-match.ts';
import { type ActionName, readActionName } from '../iam/action.ts';
import type { InternedDocument } from './documents.ts';
import type { Holding } from './holdings.ts';

/** One way to use a technique: all permissions it takes. */
export interface TechniquePlan {
  readonly technique: Technique;
  readonly permissions: readonly TechniquePermission[];
  /** Positions of its actions in the action list. */
  readonly actions: readonly number[];
}

/** The techniques with their actions numbered, so that what a document may grant is a row of bits. */
export interface TechniqueTable {
  readonly plans: readonly TechniquePlan[];
  /** Which actions some document of a holding may allow. */
  readonly grantedBy: (holding: Holding) => Uint8Array;
  readonly positionOf: (action: string) => number;
}

/** Numbers the actions of the techniques. A technique with alternatives becomes one plan for each. */
export function techniqueTable(rows: readonly Technique[] = techniques()): TechniqueTable {
  const positions = new Map<string, number>();
  const names: ActionName[] = [];
  const positionOf = (action: string): number => {
    const key = action.toLowerCase();
    const known = positions.get(key);
    if (known !== undefined) return known;
    const name = readActionName(action);
    if (name === undefined) throw new Error(`\`${action}\` is no action`);
    positions.set(key, names.length);
    names.push(name);
    return names.length - 1;
  };
  const plans = rows.flatMap((technique) => {
    const { all, anyOf } = technique.permissions;
    return (anyOf ?? [[]]).map((more): TechniquePlan => {
      const permissions = [...all, ...more];
      return { technique, permissions, actions: permissions.map(({ action }) => positionOf(action)) };
    });
  });
  const rowsOf = new Map<number, Uint8Array>();
  const rowOf = (document: InternedDocument): Uint8Array => {
    const known = rowsOf.get(document.id);
    if (known !== undefined) return known;
    const row = new Uint8Array(names.length);
    for (let at = 0; at < names.length; at += 1) {
      const name = names[at];
      if (name !== undefined && mayAllow(document.compiled, name)) row[at] = 1;
    }
    rowsOf.set(document.id, row);
    return row;
  };
  return {
    plans,
    positionOf: (action) => positions.get(action.toLowerCase()) ?? -1,
    grantedBy: (holding) => {
      const sum = new Uint8Array(names.length);
      for (const document of holding.identity) {
        const row = rowOf(document);
        for (let at = 0; at < row.length; at += 1) if (row[at] === 1) sum[at] = 1;
      }
      return sum;
    },
  };
}

function mayAllow(policy: CompiledPolicy, action: ActionName): boolean {
  return policy.statements.some((statement) => statement.effect !== 'Deny' && matchAction(statement.action, statement.gaps.action, action) !== 'no');
}
