import type { Node } from '../../parse/node.ts';
import type { Resource } from '../frontend.ts';
import type { TemplateContext } from './context.ts';
import { serverless } from './sam/serverless.ts';

/** A template transform that runs without AWS: it adds resources to those written, or changes them. */
export interface Transform {
  readonly name: string;
  /** Logical ids it will add, which references elsewhere in the template may name. */
  generates(resources: Node | undefined, globals: Node | undefined): Iterable<string>;
  apply(resources: readonly Resource[], context: TemplateContext): readonly Resource[];
}

const TRANSFORMS: readonly Transform[] = [serverless];

/** The known transforms a template names. `AWS::LanguageExtensions` needs none: its functions are always understood. */
export function transformsOf(node: Node | undefined): readonly Transform[] {
  if (node === undefined) return [];
  const names = (node.kind === 'sequence' ? node.items : [node]).map((item) => (item.kind === 'scalar' ? item.text : ''));
  return TRANSFORMS.filter((transform) => names.includes(transform.name));
}

export function generatedBy(transforms: readonly Transform[], resources: Node | undefined, globals: Node | undefined): ReadonlySet<string> {
  return new Set(transforms.flatMap((transform) => [...transform.generates(resources, globals)]));
}
