import type { PolicyDocument } from '../../iam/policy-document.ts';
import type { Policy } from '../../model/model.ts';
import { ownerName, policyNoun } from '../facts/policy-name.ts';
import { listView, type View } from './view.ts';

/** A whole policy document as declared rules see it. */
export const policyView: View<Policy> = {
  fields: {
    kind: ({ kind }) => kind,
    managed: ({ managed }) => managed,
    synthetic: ({ synthetic }) => synthetic,
    owner: (policy) => ownerName(policy),
    noun: (policy) => policyNoun(policy, policy.owners[0]?.service),
    version: ({ document }) => document.version?.text ?? (isWrittenDocument(document) ? 'none' : 'implied'),
    statementCount: ({ document }) => document.statements.length,
  },
  lists: {
    faults: listView({
      items: ({ document }: Policy) => document.syntax,
      fields: {
        code: ({ code }) => code,
        text: ({ message }) => message,
        suggestion: ({ suggestion }) => (suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`),
      },
      at: ({ origin }) => origin,
    }),
  },
  places: {
    policy: ({ document }) => document.origin,
    version: ({ document }) => document.version?.origin ?? document.origin,
  },
  when: () => [],
  evidence: () => ({}),
};

/** Is it a document that somebody wrote, so that they chose its version? A property may take one statement, or a word for a whole policy. */
function isWrittenDocument({ value, origin }: PolicyDocument): boolean {
  if (value.kind === 'map' && value.entries.length === 1 && value.entries[0]?.keyOrigin === value.origin) return false;
  return origin.pointer !== undefined || /statement/i.test(origin.source.text.slice(origin.start, origin.end));
}
