/** What a Terraform-related file is. */
export type TerraformKind = 'plan' | 'state' | 'tf.json' | 'hcl' | 'tfvars' | 'modules-json';

/** As much of a JSON file as is looked at before its end: plans are up to 100 MB and often one single line. */
const HEAD = 4096;
const TAIL = 2048;

/**
 * Tells what a file is to Terraform, by its name and a look at its first and last characters; `undefined` when it is none of
 * its business. Plans and states are told by their keys, since they are saved under any name.
 */
export function detectTerraform(path: string, text: string): TerraformKind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.(tf|tofu)$/.test(name)) return 'hcl';
  if (/\.(tf|tofu)\.json$/.test(name)) return looksLikePlan(text) ? 'plan' : 'tf.json';
  if (/\.tfvars(\.json)?$/.test(name)) return 'tfvars';
  if (name === 'modules.json' && /"Modules"\s{0,20}:/.test(text.slice(0, HEAD))) return 'modules-json';
  return detectJson(name, text);
}

function detectJson(name: string, text: string): TerraformKind | undefined {
  const start = /^\uFEFF?\s{0,200}\{/.exec(text.slice(0, 300));
  if (start === null) return undefined;
  const isState = /\.tfstate(\.(backup|json|\d{1,15}))*$/.test(name) || /\.tfstate\.[\w.-]{1,60}$/.test(name);
  const head = text.slice(0, HEAD);
  if (looksLikePlan(text)) return 'plan';
  if (isRawState(head, text)) return 'state';
  if (isShownState(head)) return 'state';
  return isState && head.includes('"version"') ? 'state' : undefined;
}

/** `terraform show -json` of a plan: its format version, and a key that only plans have; cut-down plans keep the key at least. */
function looksLikePlan(text: string): boolean {
  const head = text.slice(0, HEAD);
  if (/"planned_values"\s{0,20}:\s{0,20}\{/.test(head)) return true;
  if (!/"format_version"\s{0,20}:\s{0,20}"\d/.test(head) && !text.slice(-TAIL).includes('"format_version"')) return false;
  if (PLAN_KEY.test(head) || PLAN_KEY.test(text.slice(-TAIL))) return true;
  // A plan with a large `variables` section in front: the key may stand anywhere.
  return text.includes('"planned_values"') || text.includes('"resource_changes"');
}

const PLAN_KEY = /"(planned_values|resource_changes|output_changes|proposed_unknown)"\s{0,20}:/;

/** A state as it is stored: version, serial and lineage, in any order and place. */
function isRawState(head: string, text: string): boolean {
  if (!/"(version|serial|lineage|terraform_version)"\s{0,20}:/.test(head)) return false;
  const both = `${head}${text.slice(-TAIL)}`;
  return /"version"\s{0,20}:\s{0,20}[1-9]\b/.test(both) && (/"lineage"\s{0,20}:/.test(both) || /"serial"\s{0,20}:\s{0,20}\d/.test(both)) && (text.includes('"resources"') || text.includes('"modules"'));
}

/** `terraform show -json` of a state. */
function isShownState(head: string): boolean {
  return /"format_version"\s{0,20}:\s{0,20}"\d/.test(head) && (/"values"\s{0,20}:\s{0,20}\{/.test(head) || /"terraform_version"\s{0,20}:/.test(head));
}
