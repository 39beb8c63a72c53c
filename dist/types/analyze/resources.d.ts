import type { Entity, PermissionModel, Policy } from '../model/model.js';
/** What the model knows of a resource that a request names. */
export interface KnownResource {
    /** ARN as the model writes it; the text itself when the model does not know it. */
    readonly arn: string;
    readonly entity: Entity | undefined;
    readonly account: string | undefined;
    /** Policies on it; `unknown` when it is not in the inputs, so that some may exist unseen. */
    readonly policies: readonly Policy[] | 'unknown';
}
/** Finds resources by ARN, id or name, with the policies on them. */
export interface ResourceIndex {
    readonly find: (text: string) => KnownResource;
    readonly policiesOf: (entity: Entity) => readonly Policy[];
}
/** Indexes the resource and trust policies of a model by what they hang on. */
export declare function indexResources(model: PermissionModel): ResourceIndex;
