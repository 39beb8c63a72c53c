import type { Source } from '../core/source.ts';
import { looksLikeTemplate } from './cloudformation/detect.ts';
import type { Frontend } from './frontend.ts';
import { looksLikePolicy } from './policy/detect.ts';

/** Front-ends in the order in which they may claim a file and in which their templates are read. */
export const FRONTEND_NAMES = ['cdk', 'terraform', 'cloudformation', 'policy', 'cdk-source'] as const;
export type FrontendName = (typeof FRONTEND_NAMES)[number];

export type AssignedSources = ReadonlyMap<FrontendName, readonly Source[]>;
export type Frontends = Readonly<Record<FrontendName, Frontend>>;
