import { withoutIndexes } from '../addresses.ts';
import type { Root } from '../module/roots.ts';
import { folderOf } from '../paths.ts';
import { isObject, listMember, member, textMember } from '../plan/json.ts';
import type { ShownState } from '../plan/read.ts';

/** A plan from elsewhere is taken for a root's only when it knows most of the root. */
const WHOLE = 0.8;
const HALF = 0.5;

/**
 * The root a plan or state was made from: the one that declares (nearly) all it shows. Roots in or around the plan's folder come
 * first; elsewhere the root must be alike in both directions, and the only one that is.
 */
export function rootOf(shown: ShownState, roots: readonly Root[]): Root | undefined {
  const ids = idsIn(shown);
  if (ids.size === 0) return undefined;
  const folder = folderOf(shown.source.path);
  const fitting = roots.flatMap((root) => {
    const declared = idsOf(root);
    const shared = [...ids].filter((id) => declared.has(id)).length;
    const near = nearness(folder, root.folder);
    const fits = shared / ids.size >= WHOLE && (near < FAR || shared / declared.size >= HALF);
    return fits ? [{ root, near, share: shared / declared.size }] : [];
  });
  fitting.sort((left, right) => left.near - right.near || right.share - left.share);
  const [best, second] = fitting;
  if (best === undefined) return undefined;
  const isTied = second !== undefined && second.near === best.near && second.share === best.share;
  return isTied ? undefined : best.root;
}

const FAR = 1000;

/** 0 in the same folder, then by the distance of folders that lie in one another; `FAR` for the others. */
function nearness(plan: string, root: string): number {
  if (plan === root) return 0;
  const inside = root === '' || plan.startsWith(`${root}/`);
  const around = plan === '' || root.startsWith(`${plan}/`);
  return inside || around ? 1 + Math.abs(depthOf(plan) - depthOf(root)) : FAR;
}

function depthOf(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length;
}

/** What the root module of a plan declares: by its configuration, else by the resources it shows. */
function idsIn(shown: ShownState): ReadonlySet<string> {
  const root = member(shown.configuration, 'root_module');
  if (isObject(root)) {
    const resources = listMember(root, 'resources').flatMap((resource) => textMember(resource, 'address') ?? []);
    const calls = member(root, 'module_calls');
    return new Set([...resources, ...Object.keys(isObject(calls) ? calls : {}).map((name) => `module.${name}`)]);
  }
  const addresses = [...shown.resources.values()].map((one) => withoutIndexes(one.address));
  return new Set(addresses.map((address) => (address.startsWith('module.') ? address.split('.').slice(0, 2).join('.') : address)));
}

function idsOf(root: Root): ReadonlySet<string> {
  return new Set([...root.definition.resources.keys(), ...[...root.definition.calls.keys()].map((name) => `module.${name}`)]);
}
