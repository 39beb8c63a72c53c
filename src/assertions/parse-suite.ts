import { plainValue } from '../config/plain.ts';
import { type ConfigProblem, fileProblem } from '../config/problem.ts';
import { problemOf } from '../config/schema-problems.ts';
import type { RequestValue } from '../engine/index.ts';
import type { Source } from '../core/source.ts';
import { child, type Node } from '../parse/node.ts';
import { parseText } from '../parse/yaml.ts';
import { type DocumentReader, readDocuments, readGiven } from './given-policies.ts';
import { knownKeys } from './schema-keys.ts';
import type { AssertedRequest, Assertion, AssertionSuite } from './suite.ts';
import { validate } from './validate.generated.js';
import { itemsOf, textOf, wordsOf } from './words.ts';

/** A file that the schema accepts, or what is wrong with it. */
export interface ParsedSuite {
  readonly suite: AssertionSuite | undefined;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads an assertion file. `read` gives the text of a policy file that it names, or why it cannot be read.
 * Problems name line and column of the offending key or value; with any, there is no suite.
 */
export function parseSuite(source: Source, read: (path: string) => Source | string): ParsedSuite {
  const { root, problems } = parseText(source);
  if (problems.length > 0) return refused(problems.map(({ message, origin }) => ({ message, origin })));
  if (root === undefined) return refused([fileProblem(source, 'there is nothing in this file; `assertions` says what must hold')]);
  const plain = plainValue(root);
  if (plain === undefined) return refused([fileProblem(source, 'the file holds too many values')]);
  if (!validate(plain.value)) return refused(distinct((validate.errors ?? []).flatMap((fault) => problemOf(fault, root, knownKeys) ?? [])));
  const reader: DocumentReader = { read, problems: [] };
  const suite: AssertionSuite = {
    source,
    model: wordsOf(child(root, 'model')).map((word) => word.text),
    config: child(root, 'config'),
    given: readGiven(child(root, 'policies'), reader),
    assertions: itemsOf(child(root, 'assertions')).flatMap((node) => readAssertion(node, reader) ?? []),
  };
  if (suite.model.length === 0 && child(root, 'policies') === undefined) reader.problems.push(fileProblem(source, 'there is nothing to judge by: give the files of a `model`, or `policies`'));
  if (suite.assertions.length === 0 && reader.problems.length === 0) reader.problems.push({ message: 'there is no assertion', origin: child(root, 'assertions') ?? root });
  return reader.problems.length > 0 ? refused(distinct(reader.problems)) : { suite, problems: [] };
}

function refused(problems: readonly ConfigProblem[]): ParsedSuite {
  return { suite: undefined, problems };
}

/** One value may break several constraints of the schema; one sentence about it is enough. */
function distinct(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const known = new Map(problems.map((problem) => [`${problem.origin.source.path}:${problem.origin.start}:${problem.message}`, problem]));
  return [...known.values()].sort((left, right) => left.origin.start - right.origin.start);
}

function readAssertion(node: Node, reader: DocumentReader): Assertion | undefined {
  const allow = child(node, 'allow');
  const deny = child(node, 'deny');
  const asked = allow ?? deny;
  if (asked === undefined || (allow !== undefined && deny !== undefined)) {
    reader.problems.push({ message: asked === undefined ? 'an assertion has `allow` or `deny`' : 'an assertion has `allow` or `deny`, not both; make it two', origin: node });
    return undefined;
  }
  const request = readRequest(asked, reader);
  const name = textOf(child(node, 'name'));
  return request === undefined ? undefined : { name, expected: allow === undefined ? 'deny' : 'allow', request, because: wordsOf(child(node, 'because')), origin: child(node, 'name') ?? node };
}

function readRequest(node: Node, reader: DocumentReader): AssertedRequest | undefined {
  const [principal] = wordsOf(child(node, 'principal'));
  if (principal === undefined) return undefined;
  const resources = wordsOf(child(node, 'resource'));
  const account = child(node, 'resourceAccount');
  return {
    principal,
    through: wordsOf(child(node, 'through')),
    actions: wordsOf(child(node, 'action')),
    resources: resources.length > 0 ? resources : [{ text: '*', origin: node }],
    resourceAccount: account === undefined ? undefined : textOf(account),
    context: readContext(child(node, 'context')),
    session: readDocuments(child(node, 'session'), 'session', reader),
  };
}

/** A list makes a key multivalued, as in a request. */
function readContext(node: Node | undefined): AssertedRequest['context'] {
  if (node?.kind !== 'mapping') return {};
  const value = (one: Node): RequestValue => (one.kind === 'sequence' ? one.items.map(textOf) : textOf(one));
  const context: Record<string, RequestValue> = Object.create(null);
  for (const entry of node.entries) context[entry.key.text] = value(entry.value);
  return context;
}
