import type { Source } from '../../../core/source.ts';
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
  const organization = organizationTemplate(set);
  if (organization.resources.length > 0) yield organization;
  yield* iamTemplates(set);
  yield* identityCenterTemplates(set);
}
