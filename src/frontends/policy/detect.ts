/** Does a text look like a policy document: JSON with a `Statement` whose items have an `Effect`? Cheap, and never throws. */
export function looksLikePolicy(path: string, text: string): boolean {
  if (!/\.(json|jsonc|ya?ml|policy|txt)$/i.test(path)) return false;
  const head = text.length > 50_000 ? text.slice(0, 50_000) : text;
  if (/^\s*\{/.test(head)) return /"Statement"\s*:\s*[[{]/.test(head) && /"Effect"\s*:/.test(head) && (/^\s*\{\s*"(Version|Id|Statement|Sid)"/.test(head) || /^\s*\{\s*"(document|PolicyDocument|Policy)"\s*:\s*\{/i.test(head));
  return /^Statement\s*:/m.test(head) && /^\s*-?\s*Effect\s*:/m.test(head);
}
