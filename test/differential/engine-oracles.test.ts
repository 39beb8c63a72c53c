import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type Comparison, compareAccess, compileJson, documentsAllow, evaluate, type PolicyJson, type PolicySet, type Request, type RequestSettings } from '../../src/engine/index.ts';
import type { ComparableKind } from '../../src/engine/types.ts';

const OWN = import.meta.dirname;
/** A longer list may lie beside the repository; its rows are of the same shape. */
const BESIDE = join(OWN, '../../../shared/oracles');

const known = readKnownDifferences();
const DECISIONS: Readonly<Record<string, string>> = { Allowed: 'allowed', ImplicitlyDenied: 'implicit-deny', ExplicitlyDenied: 'explicit-deny' };

describe('decisions that AWS documents', () => {
  it.each(rows('decisions.jsonl', OWN))('$id: $name', checkDecision);
  it.skipIf(!existsSync(BESIDE))('cases beside the repository', () => rows('decisions.jsonl', BESIDE).forEach(checkDecision));
});

describe('samples of AWS for checks of new access', () => {
  it.each(rows('new-access.jsonl', OWN))('$id: $name', checkNewAccess);
  it.skipIf(!existsSync(BESIDE))('cases beside the repository', () => rows('new-access.jsonl', BESIDE).forEach(checkNewAccess));
});

it('lists no difference that is none', () => {
  const different = new Set([...rows('decisions.jsonl', OWN).filter((row) => decide(row) !== DECISIONS[row.expected.decision]), ...rows('new-access.jsonl', OWN).filter((row) => compare(row).newAccess !== expectedAccess(row))].map((row) => row.id));
  expect([...known.keys()].filter((id) => !different.has(id))).toEqual([]);
});

function checkDecision(row: Row): void {
  expect(decide(row)).toBe(known.get(row.id) ?? DECISIONS[row.expected.decision]);
}

function decide(row: Row): string {
  return evaluate(row.request, { ...row.policies, settings: row.settings }).decision;
}

function checkNewAccess(row: Row): void {
  const answer = compare(row);
  expect(answer.newAccess).toBe(known.get(row.id) ?? expectedAccess(row));
  if (answer.newAccess !== 'yes' || answer.witness === undefined) return;
  const allows = (document: PolicyJson): string => documentsAllow([compileJson(document, row.policyType)], answer.witness ?? row.request, row.policyType);
  expect([allows(row.policies.p1), allows(row.policies.p2)]).toEqual(['yes', 'no']);
}

function compare(row: Row): Comparison {
  return compareAccess(row.policies.p2, row.policies.p1, { policyType: row.policyType });
}

function expectedAccess(row: Row): string {
  return row.expected.p1MinusP2 === 'empty' ? 'no' : 'yes';
}

/** A labelled case of either suite; a suite uses the fields of its kind. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly policyType: ComparableKind;
  readonly policies: PolicySet<PolicyJson> & { readonly p1: PolicyJson; readonly p2: PolicyJson };
  readonly request: Request;
  readonly settings?: RequestSettings;
  readonly expected: { readonly decision: string; readonly p1MinusP2: string };
}

function rows(file: string, folder: string): readonly Row[] {
  const path = join(folder, file);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').trim().split('\n').map(readRow);
}

function readRow(line: string): Row {
  return JSON.parse(line.replaceAll('<ACCOUNT ID>', '111111111111'));
}

function readKnownDifferences(): ReadonlyMap<string, string> {
  const listed: unknown = load(readFileSync(join(OWN, 'known-differences.yaml'), 'utf8'));
  if (!Array.isArray(listed)) throw new Error('known-differences.yaml must be a list');
  return new Map(listed.map((row: { id: string; ours: string }) => [row.id, row.ours]));
}
