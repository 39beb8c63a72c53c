import { resourceTypesOfService } from '../data/actions.ts';
import { matchAction } from '../engine/statement-match.ts';
import { readActionName } from '../iam/action.ts';
import { parseArn } from '../iam/arn.ts';
import { hasHole } from '../iam/token.ts';
import { compilePattern, matchesText, type Pattern } from '../iam/wildcard.ts';
import type { Holding } from './holdings.ts';

/**
 * Resources that an actor may choose for a permission: one named like nothing in particular, and for each resource pattern of the
 * statements that grant it one that the pattern covers. `resourceType` is `service:type` of the service authorization reference;
 * without one the action takes `*` alone.
 */
export function chosenResources(holding: Holding, action: string, resourceType: string | undefined): readonly string[] {
  const templates = templatesOf(resourceType);
  if (templates.length === 0) return ['*'];
  const found = new Set(templates.map((template) => fill(template, holding.account)));
  const name = readActionName(action);
  if (name === undefined) return [...found];
  const shapes = templates.map(shapeOf);
  for (const document of holding.identity) {
    for (const statement of document.compiled.statements) {
      if (statement.effect === 'Deny' || matchAction(statement.action, statement.gaps.action, name) === 'no') continue;
      for (const text of statement.source.resource?.negated === true ? [] : (statement.source.resource?.patterns ?? [])) {
        for (const one of instances(text.text, templates, shapes, holding.account)) found.add(one);
        if (found.size > MOST) return [...found];
      }
    }
  }
  return [...found];
}

/** Enough to find one that works; a policy may list thousands. */
const MOST = 60;

/** Text of a pattern made concrete: wildcards become an ordinary word. */
function instances(pattern: string, templates: readonly string[], shapes: readonly Pattern[], account: string): readonly string[] {
  if (pattern.includes('${')) return [];
  const arn = parseArn(pattern);
  if (arn === undefined) return [];
  const word = (text: string, star: string): string => text.replaceAll('*', star).replaceAll('?', 'x');
  const own = arn.account === '*' ? account : word(arn.account, '1');
  const head = `arn:${word(arn.partition, 'aws')}:${word(arn.service, 'x')}:${arn.region === '*' ? 'us-east-1' : word(arn.region, 'x')}:${own}`;
  const concrete = `${head}:${word(arn.resource, 'x')}`;
  const found = hasHole(concrete) || shapes.some((shape) => matchesText(shape, concrete)) ? [concrete] : [];
  // `function*` and `*` leave the form of the name open: the type's own form fills it.
  if (!arn.resource.includes('*')) return found;
  return [...found, ...templates.map((template) => fill(template, own))];
}

function templatesOf(resourceType: string | undefined): readonly string[] {
  if (resourceType === undefined) return [];
  const [service = '', name = ''] = resourceType.split(':');
  return resourceTypesOfService(service).find((type) => type.name === name)?.arns ?? [];
}

/** An ARN of the type in the account, with everything else an ordinary word. */
export function sampleResource(resourceType: string, account: string): string | undefined {
  const [template] = templatesOf(resourceType);
  return template === undefined ? undefined : fill(template, account);
}

function fill(template: string, account: string): string {
  return template.replace(/\$\{(\w+)\}/g, (_whole, name: string) => (name === 'Partition' ? 'aws' : name === 'Region' ? 'us-east-1' : name === 'Account' ? account : 'x'));
}

function shapeOf(template: string): Pattern {
  return compilePattern(template.replace(/\$\{\w+\}/g, '*'), { wildcards: true, variables: false });
}
