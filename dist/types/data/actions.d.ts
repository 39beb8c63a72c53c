import { type ServiceRow } from './action-table.js';
/**
 * Services and actions of AWS, from the service authorization reference (see SOURCES.md).
 *
 * Names are looked up without regard to case, as IAM compares them
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html).
 */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Tagging' | 'Permissions management';
/** One action. `index` is dense (0 … actionCount-1), ordered by service and name, and fixed for one `dataDate`. */
export interface ActionInfo {
    readonly service: string;
    readonly name: string;
    readonly level: AccessLevel;
    readonly index: number;
}
/** A resource type as one action uses it. */
export interface ActionResourceType {
    readonly name: string;
    /** The call always names such a resource. */
    readonly required: boolean;
    /** ARN patterns with `${Partition}`-like holes. */
    readonly arns: readonly string[];
    /** Condition keys that apply when the request is for this type, those of the type itself included. */
    readonly conditionKeys: readonly string[];
}
/** The open action table; shared with the condition keys of this folder. */
export declare const actionTable: () => import("./action-table.js").ActionTable;
/** Date of the action data, `YYYY-MM-DD`. */
export declare function dataDate(): string;
/** Prefixes of all services, sorted. */
export declare function services(): readonly string[];
/** Tells whether a service prefix such as `s3` exists. */
export declare function serviceExists(prefix: string): boolean;
/** Name of a service as AWS writes it, e.g. `Amazon S3`. */
export declare function serviceTitle(prefix: string): string | undefined;
/** All actions of a service in index order; empty for an unknown service. */
export declare function actionsOf(service: string): readonly ActionInfo[];
/** Number of actions; every action's index is below it. */
export declare function actionCount(): number;
/** The action called `service:Name`, in any case, or undefined. */
export declare function findAction(name: string): ActionInfo | undefined;
/** Index of the action called `service:Name`, or undefined. */
export declare function actionIndex(name: string): number | undefined;
/** The action with this index, or undefined when out of range. */
export declare function actionByIndex(index: number): ActionInfo | undefined;
/** Tells whether the action can be limited to resources; false means that only `Resource: "*"` works. Undefined for unknown actions. */
export declare function supportsResourceLevel(action: string): boolean | undefined;
/** Resource types of an action; empty when it has none or is unknown. */
export declare function resourceTypesOf(action: string): readonly ActionResourceType[];
/** Service-specific condition keys that some request of the action can carry (global keys are not listed unless the reference lists them). */
export declare function conditionKeysOf(action: string): readonly string[];
/** Actions that a caller of this action also needs when the call uses them, e.g. `iam:PassRole` for `lambda:CreateFunction`. */
export declare function dependentActionsOf(action: string): readonly string[];
/** Resource types of a service with their ARN patterns. */
export declare function resourceTypesOfService(service: string): readonly {
    readonly name: string;
    readonly arns: readonly string[];
}[];
/** Position of an action in its service, by its name in any case. */
export declare function positionOf(row: ServiceRow, name: string): number | undefined;
