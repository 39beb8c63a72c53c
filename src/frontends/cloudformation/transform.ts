import type { MappingNode } from '../../parse/node.ts';
import type { RawResource, TemplateContext } from './context.ts';

/** A template transform that runs without AWS: it adds resources to those written, or replaces them. */
export interface Transform {
  readonly name: string;
  /** Is there anything in the template for it to do? Templates are deployed only with it named, but judged without, too. */
  readonly applies: (resources: readonly RawResource[]) => boolean;
  readonly expand: (resources: readonly RawResource[], root: MappingNode, context: TemplateContext) => readonly RawResource[];
}
