import { defineRule, hit, undecided } from '../check/define.ts';
import { principalName } from '../check/facts/managed.ts';
import { whyUnknown } from '../check/facts/unknown.ts';
import { hasHole } from '../iam/token.ts';

const LONGEST = 43_200;
const LONG = 14_400;

/** Sessions that live for hours. The option `maxSeconds` sets how long is too long. */
export default defineRule({
  id: 'role-session-duration-long',
  title: 'Long maximum session duration',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 2,
  confidence: 'high',
  preset: 'strict',
  peers: [],
  standards: [],
  on: 'principal',
  docs: {
    message: 'sessions of {principal} last up to {hours} hours',
    why: 'Stolen session credentials work until they expire.',
    fix: 'shorten the session to what one task takes',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html'],
  },
  *check(principal, { options }) {
    const text = principal.entity.maxSessionSeconds;
    if (text === undefined) return;
    if (hasHole(text.text)) {
      yield undecided(text.origin, whyUnknown(text.text));
      return;
    }
    const seconds = Number(text.text);
    const { maxSeconds } = options;
    const limit = typeof maxSeconds === 'number' ? maxSeconds : LONG;
    if (!Number.isFinite(seconds) || seconds <= limit) return;
    yield hit(text.origin, { says: { principal: principalName(principal), hours: Math.round(seconds / 360) / 10 }, evidence: { principals: [principal.entity.arn] }, ...(seconds > LONGEST ? ({ severity: 'warning' } as const) : {}) });
  },
});
