import { outline } from './outline.ts';

/**
 * A GitHub subject as the text that its width is judged by: holes stand for names, and a wildcard under an exact operator is a
 * plain character that matches nobody.
 */
export function githubSubjectWidth(text: string, wildcards: boolean): string {
  const plain = outline(text).replaceAll('\uFFFC', 'name');
  return wildcards ? plain : plain.replace(/[*?]/g, 'x');
}

/** How far a GitHub subject narrows the workflows of its owner. */
export type GithubPin = 'branch' | 'repository' | 'owner' | 'pull-request';

/**
 * Reads `repo:OWNER/REPOSITORY:CONTEXT`. Customised subjects (other claims before or after) count as pinned.
 * Source: GitHub documentation, "OpenID Connect reference", subject claim.
 */
export function githubPin(text: string): GithubPin {
  const subject = githubSubjectWidth(text, true);
  const match = /^repo:([^/]+)\/([^:]*)(?::(.*))?$/.exec(subject);
  if (match === null) return 'branch';
  const [, , repository = '', context = ''] = match;
  if (/[*?]/.test(repository)) return 'owner';
  if (context === 'pull_request') return 'pull-request';
  return /^[*?]*$/.test(context) || /^ref:[*?]+$/.test(context) || /^ref:refs\/[*?]+$/.test(context) || context === 'ref:refs/heads/*' ? 'repository' : 'branch';
}
