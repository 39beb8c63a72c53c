import type { Source } from '../../../core/source.ts';
import { parseIgnoreComments } from '../../comments.ts';
import type { FrontendContext, Template } from '../../frontend.ts';
import { iamTemplates } from './iam.ts';
import { identityCenterTemplates } from './identity-center.ts';
import { organizationTemplate } from './organization.ts';
import { openSet } from './set.ts';

/** Opens the Landing Zone Accelerator configuration set in a folder. Accounts that are not in reach are reported once. */
export function* openLandingZone(folder: string, sources: ReadonlyMap<string, Source>, context: FrontendContext): Iterable<Template> {
  const set = openSet(folder, sources, context);
  const deployed = set.root('iam-config.yaml');
  if (set.accounts === undefined && deployed !== undefined) {
    const path = `${folder}accounts-config.yaml`;
    context.report({ code: 'missing-file', message: `\`${path}\` cannot be read: the accounts that units stand for are not known`, origin: { ...deployed.origin, end: deployed.origin.start + 1 } });
  }
  const templates = [organizationTemplate(set), ...iamTemplates(set), ...identityCenterTemplates(set)].filter((template) => template.resources.length > 0);
  // Marks hold for lines of a file, whichever template its things go to.
  for (const [index, template] of templates.entries()) yield index === 0 ? { ...template, suppressions: set.sources().flatMap(parseIgnoreComments) } : template;
}
