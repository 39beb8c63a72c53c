import type { Origin, Source } from '../core/source.ts';
import type { Request } from '../engine/index.ts';
import type { PolicyDocument } from '../iam/policy-document.ts';
import type { Node } from '../parse/node.ts';

/** An assertion file as read: what it asks, and of which policies. */
export interface AssertionSuite {
  readonly source: Source;
  /** Paths of the model's files, relative to the file. */
  readonly model: readonly string[];
  /** The configuration given in the file. */
  readonly config: Node | undefined;
  readonly given: GivenPolicies;
  readonly assertions: readonly Assertion[];
}

/** Policies that stand in the assertion file or in files it names. */
export interface GivenPolicies {
  readonly principals: readonly GivenPrincipal[];
  readonly resources: readonly GivenResource[];
  readonly scp: readonly GivenLevel[];
  readonly rcp: readonly GivenLevel[];
  readonly endpoint: readonly PolicyDocument[];
}

export interface GivenPrincipal {
  readonly arn: string;
  readonly name: string;
  readonly identity: readonly PolicyDocument[];
  readonly boundary: readonly PolicyDocument[];
  readonly trust: readonly PolicyDocument[];
}

export interface GivenResource {
  readonly arn: string;
  readonly account: string | undefined;
  readonly policies: readonly PolicyDocument[];
}

/** A level of the organization; without `accounts` it stands above all. */
export interface GivenLevel {
  readonly name: string;
  readonly accounts: readonly string[] | undefined;
  readonly policies: readonly PolicyDocument[];
}

export interface Assertion {
  readonly name: string;
  readonly expected: 'allow' | 'deny';
  readonly request: AssertedRequest;
  readonly because: readonly Word[];
  /** Where the assertion stands. */
  readonly origin: Origin;
}

/** What an assertion asks, as written: names are not resolved, lists not multiplied. */
export interface AssertedRequest {
  readonly principal: Word;
  readonly through: readonly Word[];
  readonly actions: readonly Word[];
  readonly resources: readonly Word[];
  readonly resourceAccount: string | undefined;
  readonly context: NonNullable<Request['context']>;
  readonly session: readonly PolicyDocument[];
}

/** A text of the file and its place. */
export interface Word {
  readonly text: string;
  readonly origin: Origin;
}
