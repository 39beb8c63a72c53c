const INDEX = /\[(?:"(?:[^"\\]|\\.)*"|-?\d+)\]/g;

/** An address without its instance keys: `module.a["x"].aws_iam_role.r[0]` to `module.a.aws_iam_role.r`. */
export function withoutIndexes(address: string): string {
  return address.includes('[') ? address.replace(INDEX, '') : address;
}

/** The instance key of an address part as it is written there. */
export function suffixOf(index: unknown): string {
  if (typeof index === 'number') return `[${index}]`;
  return typeof index === 'string' ? `[${JSON.stringify(index)}]` : '';
}

/** The instance keys of the module calls along a module address: `module.a["x"].module.b` gives `module.a` with `["x"]`, `module.a["x"].module.b` without. */
export function moduleSteps(address: string): readonly { readonly caller: string; readonly name: string; readonly suffix: string }[] {
  const steps: { caller: string; name: string; suffix: string }[] = [];
  const pattern = /(?:^|\.)module\.([\w-]+)(\[(?:"(?:[^"\\]|\\.)*"|-?\d+)\])?/gy;
  let caller = '';
  for (let match = pattern.exec(address); match !== null; match = pattern.exec(address)) {
    steps.push({ caller, name: match[1] ?? '', suffix: match[2] ?? '' });
    caller = address.slice(0, pattern.lastIndex);
  }
  return steps;
}

/** The key a suffix holds. */
export function keyOf(suffix: string): string | undefined {
  if (suffix === '') return undefined;
  const inner = suffix.slice(1, -1);
  if (!inner.startsWith('"')) return inner;
  try {
    const parsed: unknown = JSON.parse(inner);
    return typeof parsed === 'string' ? parsed : inner;
  } catch {
    return inner.slice(1, -1);
  }
}
