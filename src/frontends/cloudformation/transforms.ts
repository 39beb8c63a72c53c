import { child, type MappingNode, type Node } from '../../parse/node.ts';
import type { RawResource, TemplateContext } from './context.ts';
import { serverless } from './sam/serverless.ts';
import type { Transform } from './transform.ts';

const TRANSFORMS: readonly Transform[] = [serverless];

/** Transforms whose effect is known although nothing is done for them here: loops and functions are always understood. */
const KNOWN: ReadonlySet<string> = new Set(['AWS::LanguageExtensions', 'AWS::Include', 'AWS::SecretsManager-2020-07-23', 'AWS::SecretsManager-2024-09-16', 'AWS::CodeDeployBlueGreen', 'AWS::ServiceCatalog', ...TRANSFORMS.map((transform) => transform.name)]);

/** Runs the transforms over the written resources. Yields `unsupported-construct` for macros, which run only in AWS. */
export function applyTransforms(resources: readonly RawResource[], root: MappingNode, context: TemplateContext): readonly RawResource[] {
  for (const { name, at } of transformNames(root)) {
    if (!KNOWN.has(name)) context.stack.report({ code: 'unsupported-construct', message: `macro \`${name.slice(0, 80)}\` runs only when deployed; the template is judged as it is written`, origin: at });
  }
  return TRANSFORMS.reduce((known, transform) => (transform.applies(known) ? transform.expand(known, root, context) : known), resources);
}

function transformNames(root: MappingNode): readonly { readonly name: string; readonly at: Node }[] {
  const written = child(root, 'Transform');
  const calls = written === undefined ? [] : written.kind === 'sequence' ? written.items : [written];
  return calls.flatMap((call) => {
    const name = call.kind === 'mapping' ? child(call, 'Name') : call;
    return name?.kind === 'scalar' && name.text !== '' ? [{ name: name.text, at: call }] : [];
  });
}
