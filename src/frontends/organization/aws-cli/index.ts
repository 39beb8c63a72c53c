import type { Source } from '../../../core/source.ts';
import type { FrontendContext, Template } from '../../frontend.ts';
import { authorizationDetails, isAuthorizationDetails } from './authorization-details.ts';
import { type Export, readExports } from './export.ts';
import { identityCenterExports } from './identity-center.ts';
import { organizationExport } from './organizations.ts';

/** Opens outputs of the AWS CLI: `organizations`, `sso-admin`, `identitystore` and `iam get-account-authorization-details`. */
export function* openExports(sources: readonly Source[], context: FrontendContext): Iterable<Template> {
  const others: Export[] = [];
  for (const source of sources) {
    for (const file of readExports(source, context.report)) {
      if (isAuthorizationDetails(file)) yield authorizationDetails(file, context.report);
      else others.push(file);
    }
  }
  for (const file of others) {
    const template = organizationExport(file, context.report);
    if (template !== undefined) yield template;
  }
  yield* identityCenterExports(others);
}
