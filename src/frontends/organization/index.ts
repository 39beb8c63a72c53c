import type { Source } from '../../core/source.ts';
import type { Frontend, FrontendContext, Template } from '../frontend.ts';
import { openExports } from './aws-cli/index.ts';
import { detectOrganization } from './detect.ts';
import { openLandingZone } from './landing-zone/index.ts';
import { openOrgFormation } from './org-formation.ts';
import { folderOf } from './paths.ts';
import { openSecureEnvironment } from './secure-environment.ts';

/**
 * Facts about an organization and its accounts from wherever they are written down: Landing Zone Accelerator configuration sets,
 * org-formation files, Secure Environment Accelerator configuration, outputs of the AWS CLI. All become resources of the types
 * that a template would declare.
 */
export const organization: Frontend = {
  name: 'organization',
  *open(sources: readonly Source[], context: FrontendContext): Iterable<Template> {
    const byPath = new Map(sources.map((source) => [source.path, source]));
    const exported: Source[] = [];
    const folders = new Set<string>();
    const opened = new Set<string>();
    for (const source of sources) {
      switch (detectOrganization(source.path, source.text)) {
        case 'landing-zone': {
          const folder = folderOf(source.path);
          if (folders.has(folder)) break;
          folders.add(folder);
          yield* openLandingZone(folder, byPath, context);
          break;
        }
        case 'org-formation':
          yield* openOrgFormation(source, byPath, context, opened);
          break;
        case 'secure-environment':
          yield* openSecureEnvironment(source, byPath, context);
          break;
        case 'aws-cli':
          exported.push(source);
          break;
        default:
      }
    }
    yield* openExports(exported, context);
  },
};
