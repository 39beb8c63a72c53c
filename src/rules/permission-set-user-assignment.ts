import { defineRule, hit } from '../check/define.ts';

/** A permission set for one person. */
export default defineRule({
  id: 'permission-set-user-assignment',
  title: 'Assignment to a user instead of a group',
  category: 'identity-center',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 2,
  confidence: 'high',
  preset: 'recommended',
  peers: [],
  standards: [],
  on: 'assignment',
  docs: {
    message: 'the permission set is assigned to a single user',
    why: 'Access given person by person outlives the task it was given for.',
    fix: 'assign it to a group',
    references: ['https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html'],
  },
  *check({ declaration }) {
    const type = declaration.principalType;
    if (type?.text === 'USER') yield hit(type.origin, declaration.principal === undefined ? {} : { evidence: { principals: [declaration.principal.text] } });
  },
});
