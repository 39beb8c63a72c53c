import { displayText, hasOpenHole } from '../../iam/token.ts';
import type { Setting } from '../../model/model.ts';
import { whyUnknown } from '../facts/unknown.ts';
import { NotKnown, type View } from './view.ts';

/** A property that opens or closes access, as declared rules see it. Names and values are folded, so that both dialects read alike. */
export const settingView: View<Setting> = {
  fields: {
    kind: ({ declaration }) => declaration.setting.slice(0, declaration.setting.indexOf(':')),
    name: ({ declaration }) => folded(declaration.setting.slice(declaration.setting.search(/[^.:[\]]+$/))),
    value: ({ declaration }) => (hasOpenHole(declaration.value.text) ? new NotKnown(whyUnknown(declaration.value.text)) : folded(declaration.value.text)),
    text: ({ declaration }) => displayText(declaration.value.text),
    bad: ({ declaration }) => (hasOpenHole(declaration.value.text) ? new NotKnown(whyUnknown(declaration.value.text)) : declaration.bad.includes(declaration.value.text)),
    service: ({ resource }) => resource?.service,
    owner: ({ declaration, resource }) => resource?.from.displayName ?? declaration.from.displayName,
  },
  lists: {},
  places: { value: ({ declaration }) => declaration.value.origin },
  when: ({ declaration }) => declaration.value.when ?? [],
  evidence: () => ({}),
};

/** `PublicRead` and `public-read`, `AuthType` and `auth_type` are the same word. */
function folded(text: string): string {
  return text.replace(/[-_]/g, '').toLowerCase();
}
