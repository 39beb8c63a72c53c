import { didYouMean } from '../config/nearest.ts';
import type { ConfigProblem } from '../config/problem.ts';
import { isAccountId } from '../iam/arn.ts';
import { readCaller } from '../iam/principal.ts';
import { displayText } from '../iam/token.ts';
import type { Estate } from './layers.ts';
import type { Word } from './suite.ts';

/** What a word of an assertion stands for, or what is wrong with it. */
export type Named = { readonly text: string } | { readonly problem: ConfigProblem };

/** The caller a word names: `*` for anyone, ARNs, accounts and services as they are, users and roles also by name, logical id or address. */
export function principalNamed(word: Word, estate: Estate): Named {
  const { text } = word;
  if (text === '*' || isAccountId(text)) return { text };
  const given = estate.given.principals.filter((one) => one.name === text);
  const declared = estate.foundation.model.principals.filter(({ entity }) => [entity.name, entity.id, entity.from.address, entity.from.displayName].includes(text));
  const groups = declared.filter((one) => one.kind === 'group');
  const arns = new Set([...given.map((one) => one.arn), ...declared.filter((one) => one.kind !== 'group').map((one) => one.entity.arn)]);
  const [only] = arns;
  if (only !== undefined && arns.size === 1) return { text: only };
  if (arns.size > 1) return wrong(word, `\`${text}\` may be ${[...arns].map((arn) => `\`${displayText(arn)}\``).join(' or ')}; say which by ARN`);
  if (groups.length > 0) return wrong(word, `\`${text}\` is a group, and groups make no requests; name a member`);
  const caller = readCaller(text, false);
  if (caller.kind !== 'unclear') return { text };
  const names = [...estate.given.principals.map((one) => one.name), ...estate.foundation.model.principals.filter((one) => one.kind !== 'group').flatMap(({ entity }) => [entity.name, entity.from.address])];
  return wrong(word, text.startsWith('arn:') ? `\`${text}\` is the ARN of nobody who makes requests` : `nobody here is called \`${text}\`${didYouMean(text, names)}`);
}

/** The resource a word names: `*`, an ARN, or a logical id or address with what lies below it after a `/`. */
export function resourceNamed(word: Word, estate: Estate): Named {
  const { text } = word;
  if (text === '*') return { text };
  if (text.includes('*')) return wrong(word, `an assertion is about requests, and those name one resource; \`${text}\` is a pattern`);
  if (text.startsWith('arn:')) return text.split(':').length >= 6 ? { text } : wrong(word, `\`${text}\` is no whole ARN`);
  for (let at = text.length; at > 0; at = text.lastIndexOf('/', at - 1)) {
    const { entity } = estate.foundation.resources.find(text.slice(0, at));
    if (entity !== undefined) return { text: `${entity.arn}${text.slice(at)}` };
  }
  const given = estate.given.principals.filter((one) => one.name === text);
  const [only] = given;
  if (only !== undefined && given.length === 1) return { text: only.arn };
  return wrong(word, unknownResource(text, estate));
}

function unknownResource(text: string, estate: Estate): string {
  const [head = ''] = text.split('/');
  const called = [...estate.foundation.model.entities.values()].filter(({ id, name, from }) => [id, name, from.address, from.displayName].includes(head));
  if (called.length > 1) return `\`${head}\` may be ${called.slice(0, 4).map((entity) => `\`${displayText(entity.arn)}\``).join(' or ')}; say which by ARN`;
  const names = [...estate.foundation.model.entities.values()].flatMap((entity) => [entity.from.address, entity.name]);
  return `nothing here is called \`${head}\`${didYouMean(head, names)}`;
}

function wrong(word: Word, message: string): Named {
  return { problem: { message, origin: word.origin } };
}
