import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { itemsOf, knownText, type Mapping, property, type Value } from '../../../core/value.ts';
import { lastWord, unwrap } from '../typescript/file-facts.ts';
import { declarationOf } from '../typescript/declarations.ts';
import type { TypeScriptProject } from '../typescript/project.ts';
import type { Candidate } from './candidates.ts';
import type { HeldCreation, HolderReader } from './holders.ts';

/** A candidate that cannot have made the statement. */
export const IMPOSSIBLE = -100;
/** From here on a likeness says more than that nothing speaks against it. */
export const LIKELY = 4;

/** A grant on what is encrypted makes a second statement, for the key, right after its own. */
export const COMPANION = 0.25;

export interface Judge {
  /** The statement belongs to a role's trust policy. */
  readonly trust: boolean;
  readonly project: TypeScriptProject;
  readonly holders: HolderReader;
}

/** How likely a candidate made a statement of the template: its actions, effect, resources and principals compared with what is written. */
export function likeness(candidate: Candidate, statement: Value, judge: Judge): number {
  if (judge.trust && candidate.kind.kind !== 'property' && !speaksOfTrust(candidate)) return IMPOSSIBLE;
  if (candidate.statements.length > 0) return Math.max(...candidate.statements.map((written) => writtenLikeness(written, statement)));
  switch (candidate.kind.kind) {
    case 'grant':
      return grantLikeness(candidate, candidate.kind, statement, judge);
    // The call is there, but what it adds only runs.
    case 'add':
      return 0.5;
    case 'other':
      return 0.3;
    case 'property':
    case 'child':
      return IMPOSSIBLE;
  }
}

/** `role.assumeRolePolicy?.addStatements(…)`, `role.grantAssumeRole(…)`. */
function speaksOfTrust({ place, kind }: Candidate): boolean {
  if (kind.kind === 'grant') return kind.words.includes('assume');
  const callee = place.parent;
  return callee?.type === 'MemberExpression' && lastWord(unwrap(callee.object)) === 'assumeRolePolicy';
}

/** Likeness of a written statement: exact actions are the surest sign; a merged statement holds more than was written. */
export function writtenLikeness(written: Mapping, statement: Value): number {
  const effect = knownText(property(written, 'Effect'));
  if (effect !== undefined && effect !== (knownText(property(statement, 'Effect')) ?? effect)) return IMPOSSIBLE;
  const sid = knownText(property(written, 'Sid'));
  const sidThere = knownText(property(statement, 'Sid'));
  if (sid !== undefined && sidThere !== undefined && sid !== sidThere) return IMPOSSIBLE;
  let score = sid !== undefined && sid === sidThere ? 10 : 0;
  for (const key of ['Action', 'NotAction'] as const) {
    const compared = compareActions(property(written, key), property(statement, key));
    if (compared === IMPOSSIBLE) return IMPOSSIBLE;
    score += compared;
  }
  return score + compareTexts(property(written, 'Resource'), property(statement, 'Resource')) + comparePrincipals(property(written, 'Principal'), property(statement, 'Principal'));
}

function compareActions(written: Value | undefined, there: Value | undefined): number {
  if (written === undefined) return there === undefined ? 0 : IMPOSSIBLE;
  if (there === undefined) return IMPOSSIBLE;
  const items = itemsOf(written);
  const known = items.flatMap((item) => actionTexts(item));
  const actual = new Set(itemsOf(there).flatMap((item) => actionTexts(item)));
  const alternatives = items.some((item) => item.kind === 'choice');
  if (alternatives) return known.some((text) => actual.has(text)) ? 5 : IMPOSSIBLE;
  if (known.some((text) => !actual.has(text))) return IMPOSSIBLE;
  if (known.length < items.length) return known.length > 0 ? 3 : 1;
  return new Set(known).size === actual.size ? 10 : 5;
}

function actionTexts(value: Value): readonly string[] {
  if (value.kind === 'scalar') return [value.text.toLowerCase()];
  if (value.kind === 'list') return value.items.flatMap(actionTexts);
  return value.kind === 'choice' ? value.options.flatMap((option) => actionTexts(option.value)) : [];
}

function compareTexts(written: Value | undefined, there: Value | undefined): number {
  if (written === undefined || there === undefined) return 0;
  const known = itemsOf(written).flatMap((item) => (item.kind === 'scalar' || item.kind === 'concat' ? [pieces(item)] : []));
  if (known.length === 0) return 0;
  const actual = itemsOf(there).map((item) => flatText(item, 0));
  return known.every((one) => actual.some((text) => (one.length === 1 ? text === ` ${one[0]}` : one.every((piece) => text.includes(piece))))) ? 2 : -5;
}

/** The written pieces of a text with gaps; of one that is all written, itself. */
function pieces(value: Value): readonly string[] {
  if (value.kind === 'scalar') return [value.text];
  return value.kind === 'concat' ? value.parts.flatMap((part) => (part.kind === 'scalar' ? part.text.split(':') : [])).filter((piece) => piece.length > 2) : [];
}

/** Account ids and service names survive the synthesis as they were written. */
function comparePrincipals(written: Value | undefined, there: Value | undefined): number {
  if (written === undefined) return there === undefined ? 0 : -3;
  if (there === undefined) return -3;
  const actual = flatText(there, 0);
  const marks = flatText(written, 0).match(/\d{12}|[a-z0-9.-]{1,60}\.amazonaws\.com/g) ?? [];
  if (marks.length === 0) return 1;
  return marks.every((mark) => actual.includes(mark)) ? 3 : -5;
}

function flatText(value: Value, depth: number): string {
  if (depth > 10) return '';
  switch (value.kind) {
    case 'scalar':
      return ` ${value.text}`;
    case 'list':
      return value.items.map((item) => flatText(item, depth + 1)).join(' ');
    case 'map':
      return value.entries.map((entry) => flatText(entry.value, depth + 1)).join(' ');
    case 'concat':
      return value.parts.map((part) => flatText(part, depth + 1)).join('');
    default:
      return '';
  }
}

/** Likeness of a grant: the granted service, the words of the method, and the resource it is called on. */
function grantLikeness(candidate: Candidate, kind: Extract<Candidate['kind'], { kind: 'grant' }>, statement: Value, judge: Judge): number {
  if (knownText(property(statement, 'Effect')) === 'Deny') return IMPOSSIBLE;
  const actions = itemsOf(property(statement, 'Action')).flatMap(actionTexts);
  const given = kind.actions.flatMap((node) => (node.type === 'Literal' && typeof node.value === 'string' ? [node.value.toLowerCase()] : []));
  if (given.length > 0) return given.every((action) => actions.includes(action)) ? (new Set(given).size === actions.length ? 10 : 5) : IMPOSSIBLE;
  const verbs = actions.map((action) => action.split(':')[1] ?? '');
  // No grant of the library allows a whole service.
  if (verbs.every((verb) => verb === '*' || verb === '')) return IMPOSSIBLE;
  const services = new Set(actions.map((action) => action.split(':')[0] ?? ''));
  const creations = judge.holders.holdersOf(kind.receiver, candidate.file).flatMap((holder) => (holder.kind === 'creation' ? [holder] : []));
  if (!fitsPrincipal(kind.grantee, candidate, statement, judge)) return IMPOSSIBLE;
  const service = serviceOf(creations, kind.receiver, judge);
  // Grants on what is encrypted also allow the use of its key.
  if (service !== undefined && services.size === 1 && services.has('kms') && service !== 'kms') return COMPANION;
  if (service !== undefined && !services.has(service) && !(service === 'iam' && services.has('sts'))) return IMPOSSIBLE;
  const named = kind.words.filter((word) => (VERBS.get(word) ?? [word]).some((start) => verbs.some((verb) => verb.startsWith(start)))).length;
  const missing = kind.words.filter((word) => VERBS.has(word) && !(VERBS.get(word) ?? []).some((start) => verbs.some((verb) => verb.startsWith(start)))).length;
  if ((missing > 0 && named === 0) || isSurplus(kind.words, verbs)) return IMPOSSIBLE;
  return (service === undefined ? 0 : 4) + 2 * named - 3 * missing + namesResource(creations, statement) + 0.75;
}

/** A statement that writes was not made by a grant that only reads. */
function isSurplus(words: readonly string[], verbs: readonly string[]): boolean {
  return words.length > 0 && words.every((word) => word === 'read' || word === 'data') && verbs.some((verb) => /^(put|delete|update|create|batchwrite)/.test(verb));
}

/** A grant on a resource's own policy names its grantee there: a construct of the sources by reference, another by account or service. */
function fitsPrincipal(grantee: TSESTree.Node | undefined, candidate: Candidate, statement: Value, judge: Judge): boolean {
  const principal = property(statement, 'Principal');
  if (principal === undefined || grantee === undefined) return true;
  const held = judge.holders.holdersOf(grantee, candidate.file).flatMap((holder) => (holder.kind === 'creation' ? [holder] : []));
  const words = idWords(held);
  if (words.length === 0) return held.length === 0;
  return entriesIn(principal).some((target) => words.some((word) => target.includes(word)));
}

function entriesIn(value: Value): readonly string[] {
  if (value.kind === 'map') return value.entries.flatMap((entry) => entriesIn(entry.value));
  return value.kind === 'list' ? value.items.flatMap(entriesIn) : references(value, 0);
}

/** Written ids of constructs, as logical ids hold them. */
function idWords(held: readonly HeldCreation[]): readonly string[] {
  return held.flatMap(({ creation, through }) => {
    const id = through?.type === 'CallExpression' && through.arguments[1]?.type === 'Literal' ? through.arguments[1] : creation.id;
    const text = id.type === 'Literal' && typeof id.value === 'string' ? id.value.replace(/[^A-Za-z0-9]/g, '') : '';
    return text.length > 1 ? [text] : [];
  });
}

/** What the words of grant methods mean in the actions they allow. */
const VERBS: ReadonlyMap<string, readonly string[]> = new Map([
  ['read', ['get', 'list', 'batchget', 'query', 'scan', 'describe', 'receive']],
  ['write', ['put', 'delete', 'update', 'batchwrite', 'create', 'abort']],
  ['put', ['put']],
  ['delete', ['delete']],
  ['invoke', ['invoke']],
  ['publish', ['publish']],
  ['send', ['send']],
  ['consume', ['receive', 'delete', 'changemessage']],
  ['purge', ['purge']],
  ['encrypt', ['encrypt', 'reencrypt', 'generatedatakey']],
  ['decrypt', ['decrypt']],
  ['pass', ['passrole']],
  ['assume', ['assumerole']],
  ['pull', ['batchget', 'getdownload', 'batchcheck', 'getauthorization']],
  ['push', ['put', 'initiate', 'upload', 'complete', 'getauthorization']],
  ['start', ['start']],
  ['execution', ['start', 'describeexecution', 'stopexecution', 'getexecution', 'describe', 'stop']],
]);

function serviceOf(held: readonly HeldCreation[], receiver: TSESTree.Node, judge: Judge): string | undefined {
  for (const { creation } of held) {
    const { callee } = creation.node;
    const root = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' ? callee.object : callee;
    const declared = root.type === 'Identifier' ? declarationOf(root.name, creation.node, creation.file, judge.project) : undefined;
    const module = declared?.kind === 'library' ? (/aws-cdk-lib\/aws-([\w-]+)/.exec(declared.module)?.[1] ?? /^aws_(\w+)$/.exec(declared.name)?.[1]) : undefined;
    if (module !== undefined) return PREFIXES.get(module) ?? module;
  }
  const word = (lastWord(unwrap(receiver)) ?? '').toLowerCase();
  return NAMES.find(([name]) => word.includes(name))?.[1];
}

/** Library modules whose actions have another prefix. */
const PREFIXES: ReadonlyMap<string, string> = new Map([['stepfunctions', 'states'], ['elasticloadbalancingv2', 'elasticloadbalancing'], ['kinesisfirehose', 'firehose'], ['apigateway', 'execute-api'], ['apigatewayv2', 'execute-api'], ['opensearchservice', 'es'], ['efs', 'elasticfilesystem']]);

/** What people call things, where the sources do not show what was made. */
const NAMES: readonly (readonly [string, string])[] = [['bucket', 's3'], ['table', 'dynamodb'], ['queue', 'sqs'], ['topic', 'sns'], ['secret', 'secretsmanager'], ['statemachine', 'states'], ['parameter', 'ssm'], ['repository', 'ecr'], ['loggroup', 'logs']];

/** How well the statement's resource fits what the receiver makes: logical ids and export names hold the construct's id, a hash after it. */
function namesResource(held: readonly HeldCreation[], statement: Value): number {
  const targets = targetsOf(statement);
  const words = idWords(held);
  if (targets.length === 0 || words.length === 0) return 0;
  const fits = words.flatMap((word) => targets.map((target) => (target.replace(/[0-9A-F]{8}$/, '') === word ? 3 : target.includes(word) ? 2 : -2)));
  return Math.max(...fits);
}

/** What the statement's resources refer to: logical ids, and names of exports and outputs. */
export function targetsOf(statement: Value): readonly string[] {
  return itemsOf(property(statement, 'Resource')).flatMap((item) => references(item, 0));
}

function references(value: Value, depth: number): readonly string[] {
  if (depth > 6) return [];
  if (value.kind === 'reference') return [value.scope === 'stack-output' ? value.attribute : value.address];
  return value.kind === 'concat' ? value.parts.flatMap((part) => references(part, depth + 1)) : [];
}
