import type { PermissionModel, Principal } from '../model/model.js';
import { type AccountControls } from './controls.js';
import { DocumentStore } from './documents.js';
import { type Holding } from './holdings.js';
import { type Judge } from './judge.js';
import { type ResourceIndex } from './resources.js';
/** What all questions share: compiled documents, holdings, the judge. */
export interface Foundation {
    readonly model: PermissionModel;
    readonly store: DocumentStore;
    readonly controlsOf: (account: string) => AccountControls;
    readonly holdingOf: (principal: Principal) => Holding;
    readonly judge: Judge;
    readonly resources: ResourceIndex;
    readonly principalById: (id: string) => Principal | undefined;
    /** A principal by ARN, id, logical id, address or name; undefined when none or several are called so. */
    readonly principalNamed: (text: string) => Principal | undefined;
}
/** Lays the foundation; what it compiles it compiles when first asked. */
export declare function foundationOf(model: PermissionModel): Foundation;
/** Computes when first asked, once. */
export declare function lazily<T>(compute: () => T): () => T;
