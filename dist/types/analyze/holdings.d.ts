import type { Policy, Principal } from '../model/model.js';
import type { AccountControls } from './controls.js';
import type { DocumentStore, InternedDocument } from './documents.js';
/** What a principal holds, ready to be asked. Principals of one account that hold the same share a `key`. */
export interface Holding {
    readonly key: string;
    readonly principal: Principal;
    readonly account: string;
    /** Own policies and those of groups; at the positions of `identity`. */
    readonly attached: readonly Policy[];
    readonly identity: readonly InternedDocument[];
    readonly boundary: InternedDocument | 'unknown' | undefined;
    readonly controls: AccountControls;
    readonly serviceLinked: boolean;
    /** More may be attached than is known. */
    readonly open: boolean;
    /** The caller's own tags may be anything: it can set them. */
    readonly choosesTags: boolean;
}
/** The ARN a principal asks under; of a group that of some member. */
export declare function callerArn({ entity, kind }: Principal): string;
/** What a principal has shed of what limits it. */
export type Shed = 'boundary' | 'inline-deny' | 'managed-deny' | 'group-deny' | 'tags';
/** Puts together what a principal holds; `shed` leaves out what it has rid itself of. */
export declare function holdingOf(principal: Principal, store: DocumentStore, controlsOf: (account: string) => AccountControls, shed?: Shed, named?: boolean): Holding;
/** Holdings of all principals, each made when first asked for. */
export declare function createHoldings(store: DocumentStore, controlsOf: (account: string) => AccountControls, isNamed: (arn: string) => boolean): (principal: Principal) => Holding;
