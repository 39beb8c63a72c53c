import { didYouMean } from '../config/nearest.ts';
import type { ConfigProblem } from '../config/problem.ts';
import { expandAction } from '../data/action-pattern.ts';
import { actionsOf, findAction, resourceTypesOf, services } from '../data/actions.ts';
import type { Word } from './suite.ts';

/** The actions a word stands for on a resource, or what is wrong with it. */
export type NamedActions = { readonly actions: readonly string[] } | { readonly problem: ConfigProblem };

/**
 * One action as it is; a pattern stands for all of AWS's actions that fit and can be asked of the resource. A name that AWS does
 * not have is refused, because an assertion that something made up is denied would always hold.
 */
export function actionsNamed(word: Word, resource: string, isKnown: (action: string) => boolean): NamedActions {
  const { text } = word;
  if (!/[*?]/.test(text)) return findAction(text) !== undefined || isKnown(text) ? { actions: [text] } : { problem: { message: unknownAction(text), origin: word.origin } };
  const fitting = expandAction(text);
  if (fitting.length === 0) return { problem: { message: `no action of AWS fits \`${text}\``, origin: word.origin } };
  const actions = resource === '*' ? fitting : fitting.filter((action) => worksOn(action, resource));
  return actions.length === 0 ? { problem: { message: `none of the actions that fit \`${text}\` works on \`${resource}\``, origin: word.origin } } : { actions };
}

function unknownAction(text: string): string {
  const [service = '', name] = text.split(':');
  if (name === undefined || name === '') return `an action looks like \`service:Name\`, not \`${text}\``;
  const known = actionsOf(service).map((action) => `${action.service}:${action.name}`);
  return known.length === 0 ? `AWS has no service \`${service}\`${didYouMean(service, services())}` : `AWS has no action \`${text}\`${didYouMean(text, known)}`;
}

/** Source: service authorization reference, "Resource types". */
function worksOn(action: string, resource: string): boolean {
  return resourceTypesOf(action).some((type) => type.arns.some((arn) => shapeOf(arn).test(resource)));
}

const shapes = new Map<string, RegExp>();

/** Names hold no colon; only the last one of an ARN may hold slashes, and an object's ARN is no bucket's. */
function shapeOf(template: string): RegExp {
  const known = shapes.get(template);
  if (known !== undefined) return known;
  const parts = template.split(/\$\{([A-Za-z]+)\}/);
  const last = parts.length - 2;
  const pieces = parts.map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return index === last && part !== 'BucketName' ? '.+' : part === 'Region' || part === 'Account' ? '[^:]*' : '[^:/]+';
  });
  const shape = new RegExp(`^${pieces.join('')}$`);
  shapes.set(template, shape);
  return shape;
}
