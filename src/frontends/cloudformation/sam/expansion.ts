import type { Origin } from '../../../core/source.ts';
import { knownText } from '../../../core/value.ts';
import { child, type MappingNode, type Node } from '../../../parse/node.ts';
import { type RawResource, resolve, type TemplateContext } from '../context.ts';
import { entry, mapping, write, type Written } from '../generated.ts';
import { mergeGlobals } from './globals.ts';
import { literalText } from './nodes.ts';

/** A serverless resource with the properties that `Globals` gives it. */
export interface SamResource {
  readonly raw: RawResource;
  readonly id: string;
  /** The name after `AWS::Serverless::`. */
  readonly type: string;
  readonly properties: MappingNode;
  /** The logical id in the file. */
  readonly at: Origin;
}

/** One entry of `Events`. */
export interface SamEvent {
  /** The logical id of what it makes: the resource's id followed by its own. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly properties: MappingNode;
  /** The event's name in the file. */
  readonly at: Origin;
  readonly from: SamResource;
}

/** One run of the transform over one template. */
export interface Expansion {
  readonly context: TemplateContext;
  /** Every resource by logical id: the written ones, those made so far, and no serverless one that was replaced. */
  readonly resources: Map<string, RawResource>;
  readonly partition: string;
  /** The template's REST and HTTP APIs by logical id, implicit ones included. */
  readonly apis: Map<string, ApiModel>;
  /** The events of each function and state machine, read once. */
  readonly events: Map<SamResource, readonly SamEvent[]>;
  /** Functions with gradual deployments. */
  readonly deployments: Deployment[];
}

/** An API while the events of functions add to it. */
export interface ApiModel {
  readonly resource: SamResource;
  /** The definition the user gives, files included; absent when SAM writes it. */
  readonly definition: MappingNode | undefined;
  /** Paths with their methods, as the definition or the events give them. */
  readonly paths: Map<string, string[]>;
  /** Statements of the resource policy so far, and the same as texts of equal meaning. */
  readonly statements: Node[];
  readonly held: Set<string>;
  /** Functions whose `$default` path covers their other paths. */
  readonly defaults: Set<SamResource>;
}

/** `DeploymentPreference` of one function. */
export interface Deployment {
  readonly from: SamResource;
  readonly preference: Node;
  readonly condition: string | undefined;
}

const PREFIX = 'AWS::Serverless::';

/** The serverless type of a resource, e.g. `Function`. */
export function serverlessType(resource: RawResource): string | undefined {
  return resource.type.startsWith(PREFIX) ? resource.type.slice(PREFIX.length) : undefined;
}

/** A serverless resource as the transform sees it. */
export function samResource(raw: RawResource, type: string, globals: Node | undefined): SamResource {
  return { raw, id: raw.logicalId, type, properties: mergeGlobals(raw.body, type, globals), at: raw.origin };
}

/** What a resource is made of. */
export interface Recipe {
  readonly id: string;
  readonly type: string;
  readonly properties: Written;
  /** The line that causes it; the serverless resource's own unless given. */
  readonly at?: Origin;
  /** A condition of its own, or `ALWAYS`; that of the serverless resource unless given. */
  readonly condition?: string | typeof ALWAYS | undefined;
}

/** In place of a condition: exists whatever the serverless resource's own condition is. */
export const ALWAYS = Symbol('always');

/** Adds a resource that a serverless one stands for. It exists under the same condition. */
export function make(expansion: Expansion, from: SamResource, recipe: Recipe): void {
  const at = recipe.at ?? from.at;
  const condition = recipe.condition ?? child(from.raw.body, 'Condition');
  const body = mapping(at, [
    entry(at, 'Type', write(at, recipe.type)),
    ...(condition === undefined || condition === ALWAYS ? [] : [entry(at, 'Condition', write(at, condition))]),
    entry(at, 'Properties', write(at, recipe.properties)),
  ]);
  const origin = { source: at.source, start: at.start, end: at.end };
  expansion.resources.set(recipe.id, { logicalId: recipe.id, type: recipe.type, origin, body, context: from.raw.context, owner: from.raw });
}

/** Says that a part of a serverless resource could not be understood. */
export function complain(expansion: Expansion, message: string, at: Origin): void {
  expansion.context.stack.report({ code: 'unsupported-construct', message, origin: { source: at.source, start: at.start, end: at.end } });
}

/** The known text of a property, parameters and functions resolved. */
export function resolvedText(node: Node | undefined, from: SamResource): string | undefined {
  return node === undefined ? undefined : (literalText(node) ?? knownText(resolve(node, from.raw.context)));
}

/** Defines a condition that the transform needs, e.g. the negation of another. */
export function defineCondition(expansion: Expansion, name: string, definition: Written, at: Origin): string {
  const { conditions } = expansion.context.stack.sections;
  if (!conditions.has(name)) conditions.set(name, { node: write(at, definition), loops: new Map() });
  return name;
}

/** The ARN of an AWS managed policy by its path and name. */
export function awsPolicyArn(expansion: Expansion, name: string): string {
  return `arn:${expansion.partition}:iam::aws:policy/${name}`;
}
