/** Reader of the `actions.txt` layout (docs/decisions/0005-data-tables.md): slices are decoded when a service is first asked for. */
/** Header row of one service: where its slices lie and the dense index of its first action. */
export interface ServiceRow {
    readonly prefix: string;
    readonly title: string;
    readonly first: number;
    readonly count: number;
    readonly namesStart: number;
    readonly namesEnd: number;
    readonly detailStart: number;
    readonly detailEnd: number;
}
/**
 * Names of one service in index order, each as the line `Name L` where L is the first letter of its access level.
 * INVARIANT: `lowerLines` is sorted by code unit; the space sorts before every character of a name.
 */
export interface ServiceNames {
    readonly lines: readonly string[];
    readonly lowerLines: () => readonly string[];
}
/** Use of a resource type by an action. */
export interface ResourceUse {
    readonly resource: number;
    readonly required: boolean;
    readonly group: number | undefined;
}
/** One resource type of a service. */
export interface ResourceRow {
    readonly name: string;
    readonly group: number | undefined;
    readonly arns: readonly string[];
}
/** One condition key with its type as the source writes it, e.g. `ArrayOfString`. */
export interface KeyRow {
    readonly type: string;
    readonly key: string;
}
/** Everything about a service beyond its action names. `actionLines[i]` belongs to the action at position i. */
export interface ServiceDetail {
    readonly keys: readonly KeyRow[];
    readonly groups: readonly (readonly number[])[];
    readonly resources: readonly ResourceRow[];
    readonly actionLines: readonly string[];
}
/** The whole table with its lazily decoded parts. */
export interface ActionTable {
    readonly date: string;
    readonly source: string;
    readonly globals: readonly KeyRow[];
    /** Service that answers for a condition-key prefix which is no service prefix, e.g. `saml` → `sts`; may hold `${…}` holes. */
    readonly keyPrefixes: ReadonlyMap<string, string>;
    /** Keys with the prefix of one service that only another service's table lists. */
    readonly borrowedKeys: readonly (KeyRow & {
        readonly service: string;
    })[];
    readonly services: readonly ServiceRow[];
    readonly serviceOf: ReadonlyMap<string, ServiceRow>;
    readonly count: number;
    readonly namesOf: (row: ServiceRow) => ServiceNames;
    readonly detailOf: (row: ServiceRow) => ServiceDetail;
}
/** Reads part of one of the two files, as `readSlice` does. */
export type SliceReader = (file: 'actions.txt' | 'action-details.txt', start: number, length: number) => string;
/** Opens the action table; throws when the layout is not the one this version writes. */
export declare function openActionTable(read: SliceReader): ActionTable;
/** Splits the resource-type column of an action line, e.g. `0!3 1?`. */
export declare function readResourceUses(column: string): readonly ResourceUse[];
/** Reads an optional group number; the empty column means no condition keys. */
export declare function readGroupNumber(column: string | undefined): number | undefined;
/** First position whose lower-case line is not before `wanted`. */
export declare function lowerBound(lowerLines: readonly string[], wanted: string): number;
