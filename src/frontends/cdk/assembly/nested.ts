import type { Source } from '../../../core/source.ts';
import { child, childText, type Node } from '../../../parse/node.ts';
import { joinInside } from '../paths.ts';
import { entriesOf, field, parseJson, textField } from '../json.ts';
import type { StackConstructs } from './constructs.ts';

export interface NestedLookup {
  readonly folder: string;
  /** The stack's own template. */
  readonly templatePath: string;
  readonly assets: Source | undefined;
  readonly constructs: StackConstructs;
}

/**
 * Finds the template file of a nested stack, for `openTemplate`: by the asset path that the CLI leaves in the resource's Metadata,
 * by the asset's hash in its `TemplateURL`, or by the template file that the constructs' metadata names.
 * Paths lead into the assembly's folder only.
 */
export function nestedPathFinder(lookup: NestedLookup): (logicalId: string, resource: Node) => string | undefined {
  const files = assetFiles(lookup.assets);
  const chainByPath = new Map([[lookup.templatePath, '']]);
  return (logicalId, resource) => {
    // The node knows the file it stands in, and so which stack of the chain declares it.
    const chain = `${chainByPath.get(resource.source.path) ?? ''}/${logicalId}`;
    const named = childText(child(resource, 'Metadata'), 'aws:asset:path') ?? assetFile(child(child(resource, 'Properties'), 'TemplateURL'), files) ?? lookup.constructs.nestedFiles.get(chain);
    const path = named === undefined ? undefined : joinInside(lookup.folder, named);
    if (path !== undefined) chainByPath.set(path, chain);
    return path;
  };
}

/** Source paths of file assets, by hash. */
function assetFiles(assets: Source | undefined): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [hash, file] of entriesOf(field(assets === undefined ? undefined : parseJson(assets.text), 'files'))) {
    const path = textField(field(file, 'source'), 'path');
    if (path !== undefined) files.set(hash, path);
  }
  return files;
}

/** The asset whose hash ends the URL's last written part: `…/cdk-hnb659fds-assets-111111111111-eu-west-1/<hash>.json`. */
function assetFile(url: Node | undefined, files: ReadonlyMap<string, string>): string | undefined {
  for (const text of writtenTexts(url, 0).reverse()) {
    const hash = /([0-9a-f]{64})(\.json)?$/.exec(text)?.[1];
    const file = hash === undefined ? undefined : files.get(hash);
    if (file !== undefined) return file;
  }
  return undefined;
}

function writtenTexts(node: Node | undefined, depth: number): string[] {
  if (node === undefined || depth > 8) return [];
  if (node.kind === 'scalar') return [node.text];
  const inner = node.kind === 'sequence' ? node.items : node.entries.map((entry) => entry.value);
  return inner.flatMap((item) => writtenTexts(item, depth + 1));
}
