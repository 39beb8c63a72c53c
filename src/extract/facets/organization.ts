import { type FacetHandler, siblingText, subjectTexts } from '../facet.ts';

export const account: FacetHandler = function* (input) {
  yield { kind: 'organization', node: 'account', id: undefined, name: siblingText(input, 'name'), parent: subjectTexts(input)[0], policy: undefined, from: input.from };
};

export const organizationalUnit: FacetHandler = function* (input) {
  yield { kind: 'organization', node: 'organizational-unit', id: undefined, name: siblingText(input, 'name'), parent: subjectTexts(input)[0], policy: undefined, from: input.from };
};

export const organization: FacetHandler = function* (input) {
  yield { kind: 'organization', node: 'organization', id: undefined, name: undefined, parent: undefined, policy: undefined, from: input.from };
};

export const policyAttachment: FacetHandler = function* (input) {
  for (const policy of subjectTexts(input)) {
    yield { kind: 'organization', node: 'policy-attachment', id: undefined, name: undefined, parent: siblingText(input, 'target') ?? siblingText(input, 'targets'), policy, from: input.from };
  }
};

export const delegatedAdministrator: FacetHandler = function* (input) {
  for (const id of subjectTexts(input)) {
    yield { kind: 'organization', node: 'delegated-administrator', id, name: siblingText(input, 'service'), parent: undefined, policy: undefined, from: input.from };
  }
};
