import type { Origin } from '../../../core/source.ts';

/**
 * Terraform's language as a tree. Native `.tf` and `.tf.json` give the same tree, so there is one evaluator.
 * Every node is an Origin: a value can point at its node without copying it.
 */
export type Expression =
  | LiteralExpression
  | TemplateExpression
  | TupleExpression
  | ObjectExpression
  | VariableExpression
  | AttributeExpression
  | IndexExpression
  | SplatExpression
  | CallExpression
  | ConditionalExpression
  | UnaryExpression
  | BinaryExpression
  | ForExpression
  | BrokenExpression;

export interface LiteralExpression extends Origin {
  readonly kind: 'literal';
  readonly type: 'string' | 'number' | 'boolean' | 'null';
  readonly text: string;
  /** As in `Scalar.place`: absent when the text stands verbatim at `start`. */
  readonly place?: (offset: number) => number;
}

/** A string with interpolations or directives. */
export interface TemplateExpression extends Origin {
  readonly kind: 'template';
  readonly parts: readonly TemplatePart[];
}

export type TemplatePart = LiteralExpression | InterpolationPart | IfPart | ForPart;

export interface InterpolationPart extends Origin {
  readonly kind: 'interpolation';
  readonly value: Expression;
}

export interface IfPart extends Origin {
  readonly kind: 'template-if';
  readonly condition: Expression;
  readonly then: readonly TemplatePart[];
  readonly otherwise: readonly TemplatePart[];
}

export interface ForPart extends Origin {
  readonly kind: 'template-for';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  readonly body: readonly TemplatePart[];
}

export interface TupleExpression extends Origin {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
}

export interface ObjectExpression extends Origin {
  readonly kind: 'object';
  readonly items: readonly ObjectItem[];
}

/** A key written as a bare word is a literal. */
export interface ObjectItem {
  readonly key: Expression;
  readonly value: Expression;
}

export interface VariableExpression extends Origin {
  readonly kind: 'variable';
  readonly name: string;
}

export interface AttributeExpression extends Origin {
  readonly kind: 'attribute';
  readonly of: Expression;
  readonly name: string;
}

export interface IndexExpression extends Origin {
  readonly kind: 'index';
  readonly of: Expression;
  readonly key: Expression;
}

/** `of[*].rest` and `of.*.rest`; `each` is applied to every element, which it sees as `SPLAT_ITEM`. */
export interface SplatExpression extends Origin {
  readonly kind: 'splat';
  readonly of: Expression;
  readonly each: Expression;
}

/** The name under which a splat's `each` sees the element; no name a user can write. */
export const SPLAT_ITEM = '*';

/** The name of the call that stands for an expression of which a plan shows only what it refers to; no name a user can write. */
export const LOST_EXPRESSION = '(expression)';

export interface CallExpression extends Origin {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  /** The last argument is spread: `f(list...)`. */
  readonly spread: boolean;
}

export interface ConditionalExpression extends Origin {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export interface UnaryExpression extends Origin {
  readonly kind: 'unary';
  readonly operator: '-' | '!';
  readonly operand: Expression;
}

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '+' | '-' | '*' | '/' | '%';

export interface BinaryExpression extends Origin {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface ForExpression extends Origin {
  readonly kind: 'for';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  /** Present in `{ for … : key => value }`. */
  readonly key: Expression | undefined;
  readonly value: Expression;
  /** `value...`: values of equal keys are gathered in lists. */
  readonly grouped: boolean;
  readonly condition: Expression | undefined;
}

/** What could not be parsed; the parser reported it. */
export interface BrokenExpression extends Origin {
  readonly kind: 'broken';
}

export interface Body {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
}

export interface Attribute {
  readonly name: string;
  /** The name alone. */
  readonly origin: Origin;
  /** Name and value. */
  readonly extent: Origin;
  readonly value: Expression;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly Label[];
  readonly body: Body;
  /** The type word and the labels. */
  readonly origin: Origin;
  readonly extent: Origin;
  /** The path of the construct that a generator made the block of. */
  readonly constructPath?: string;
}

export interface Label {
  readonly text: string;
  readonly origin: Origin;
}

export const EMPTY_BODY: Body = { attributes: [], blocks: [] };

/** An attribute's expression by name; the last when it is given twice. */
export function attributeOf(body: Body, name: string): Attribute | undefined {
  return body.attributes.findLast((attribute) => attribute.name === name);
}

/** The blocks of a type directly in a body. */
export function blocksOf(body: Body, type: string): readonly Block[] {
  return body.blocks.filter((block) => block.type === type);
}

/** The text of an expression as written; used for names of what is unknown, so it is cut off. */
export function writtenText(expression: Origin): string {
  const text = expression.source.text.slice(expression.start, Math.min(expression.end, expression.start + 200));
  return text.replace(/\s+/g, ' ').trim();
}
