import type { ConfigProblem } from '../config/problem.ts';
import type { Source } from '../core/source.ts';
import type { Value } from '../core/value.ts';
import { parsePolicy } from '../iam/parse-policy.ts';
import type { PolicyDocument, PolicyKind } from '../iam/policy-document.ts';
import { child, type Node } from '../parse/node.ts';
import { valueOfNode } from './node-value.ts';
import { readPolicies, unwrapPolicies } from './read-policies.ts';
import type { GivenLevel, GivenPolicies, GivenPrincipal, GivenResource } from './suite.ts';
import { itemsOf, textOf } from './words.ts';

/** Reads policy files that are named, and collects what is wrong. */
export interface DocumentReader {
  /** The text of a file, or why it cannot be read. */
  readonly read: (path: string) => Source | string;
  readonly problems: ConfigProblem[];
}

/** Reads the `policies` of an assertion file. */
export function readGiven(node: Node | undefined, reader: DocumentReader): GivenPolicies {
  return {
    principals: itemsOf(child(node, 'principals')).map((one) => readPrincipal(one, reader)),
    resources: itemsOf(child(node, 'resources')).map((one) => readResource(one, reader)),
    scp: itemsOf(child(node, 'scp')).map((one) => readLevel(one, 'scp', reader)),
    rcp: itemsOf(child(node, 'rcp')).map((one) => readLevel(one, 'rcp', reader)),
    endpoint: readDocuments(child(node, 'endpoint'), 'endpoint', reader),
  };
}

function readPrincipal(node: Node, reader: DocumentReader): GivenPrincipal {
  const arn = textOf(child(node, 'arn'));
  if (!/^arn:[^:]+:iam::[0-9]{12}:(?:user|role)\/\S/.test(arn)) reader.problems.push({ message: 'this must be the ARN of a user or role, e.g. `arn:aws:iam::111111111111:user/ada`', origin: child(node, 'arn') ?? node });
  return {
    arn,
    name: textOf(child(node, 'name')) || arn.slice(arn.lastIndexOf('/') + 1),
    identity: readDocuments(child(node, 'identity'), 'identity', reader),
    boundary: readDocuments(child(node, 'boundary'), 'boundary', reader),
    trust: readDocuments(child(node, 'trust'), 'trust', reader),
  };
}

function readResource(node: Node, reader: DocumentReader): GivenResource {
  const arn = textOf(child(node, 'arn'));
  if (!/^arn:(?:[^:]*:){4}\S/.test(arn)) reader.problems.push({ message: 'this must be the ARN of a resource, e.g. `arn:aws:s3:::reports`', origin: child(node, 'arn') ?? node });
  return { arn, account: textOf(child(node, 'account')) || undefined, policies: readDocuments(child(node, 'policy'), 'resource', reader) };
}

function readLevel(node: Node, kind: PolicyKind, reader: DocumentReader): GivenLevel {
  const accounts = child(node, 'accounts');
  return { name: textOf(child(node, 'level')), accounts: accounts === undefined ? undefined : itemsOf(accounts).map(textOf), policies: readDocuments(child(node, 'policies'), kind, reader) };
}

/** Documents that stand there, or in files that are named there: one or a list. */
export function readDocuments(node: Node | undefined, kind: PolicyKind, reader: DocumentReader): readonly PolicyDocument[] {
  if (node === undefined) return [];
  return (node.kind === 'sequence' ? node.items : [node]).flatMap((one) => readOne(one, reader)).map((value) => parsed(value, kind, reader));
}

function readOne(node: Node, reader: DocumentReader): readonly Value[] {
  const isPath = node.kind === 'scalar' && !/^\s*[{[]/.test(node.text);
  const source = isPath ? reader.read(node.text) : undefined;
  if (typeof source === 'string') {
    reader.problems.push({ message: source, origin: node });
    return [];
  }
  const { documents, problems } = source === undefined ? unwrapPolicies(valueOfNode(node)) : readPolicies(source);
  reader.problems.push(...problems);
  return documents;
}

/** A policy that AWS would refuse decides nothing; an assertion about it would be about something else. */
function parsed(value: Value, kind: PolicyKind, reader: DocumentReader): PolicyDocument {
  const document = parsePolicy(value, kind);
  reader.problems.push(...document.syntax.map(({ message, origin, suggestion }) => ({ message: suggestion === undefined ? message : `${message}; did you mean \`${suggestion}\`?`, origin })));
  return document;
}
