import { defineRule, hit } from '../check/define.ts';
import type { Binding } from '../model/model.ts';

const MANY = 3;

/** One role for many functions. The option `max` sets how many are too many. */
export default defineRule({
  id: 'lambda-role-shared',
  title: 'One execution role shared by many functions/agents',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 2,
  confidence: 'high',
  preset: 'all',
  peers: ['prowler:bedrock_agent_role_not_shared_across_agents'],
  standards: ['CWE-250'],
  on: 'model',
  docs: {
    message: 'role `{role}` is used by {count} functions or tasks',
    why: 'Each of them can do what any of the others needs.',
    fix: 'give each a role of its own',
    references: ['https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html'],
  },
  *check(model, { options }) {
    const { max } = options;
    const limit = typeof max === 'number' ? max : MANY;
    const byRole = new Map<string, Binding[]>();
    for (const binding of model.bindings) {
      if (binding.role === undefined || !/^(lambda|ecs|ecs-tasks)(\.amazonaws\.com)?$/.test(binding.declaration.service ?? '')) continue;
      const list = byRole.get(binding.role.id);
      if (list === undefined) byRole.set(binding.role.id, [binding]);
      else list.push(binding);
    }
    for (const bindings of byRole.values()) {
      const [first] = bindings;
      const users = new Set(bindings.map(({ declaration }) => `${declaration.from.scope.id}#${declaration.from.address}`));
      if (first?.role !== undefined && users.size > limit) yield hit(first.role.from.origin, { says: { role: first.role.from.displayName, count: users.size }, evidence: { principals: [first.role.arn] } });
    }
  },
});
