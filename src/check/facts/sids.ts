import { compatible } from '../../core/guard.ts';
import type { Text } from '../../iam/policy-document.ts';
import { hasOpenHole } from '../../iam/token.ts';
import type { Policy } from '../../model/model.ts';

/** Sids that an earlier statement of the same policy has too; statements of branches that exclude each other do not meet. */
export function repeatedSids(policy: Policy): readonly { readonly sid: Text; readonly first: Text }[] {
  const seen = new Map<string, { readonly sid: Text; readonly when: Policy['document']['statements'][number]['when'] }>();
  const repeated: { sid: Text; first: Text }[] = [];
  for (const { sid, when } of policy.document.statements) {
    if (sid === undefined || sid.text === '' || hasOpenHole(sid.text)) continue;
    const first = seen.get(sid.text);
    if (first === undefined) seen.set(sid.text, { sid, when });
    else if (compatible(first.when, when)) repeated.push({ sid, first: first.sid });
  }
  return repeated;
}
