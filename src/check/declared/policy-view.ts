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
    version: ({ document }) => document.version?.text ?? 'none',
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
