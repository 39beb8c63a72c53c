import type { Guard } from './guard.js';
import type { Origin } from './source.js';
/**
 * A template value after its dialect's functions were resolved as far as the template alone allows.
 * What cannot be resolved stays visible: a `reference` to an entity, a `concat` with holes, a `choice` between branches,
 * an `unknown` with its reason. `absent` is a property that the template removes (`AWS::NoValue`, `null`).
 */
export type Value = Scalar | List | Mapping | Reference | Concat | Choice | Unknown | Absent;
/** A known scalar. `text` is the characters as written, so that account ids keep their zeros. */
export interface Scalar {
    readonly kind: 'scalar';
    readonly text: string;
    readonly type: 'string' | 'number' | 'boolean';
    readonly origin: Origin;
    /** For quoted or block text: maps an offset in `text` to an offset in the source. Absent when `text` is verbatim at `origin.start`. */
    readonly place?: (offset: number) => number;
}
export interface List {
    readonly kind: 'list';
    readonly items: readonly Value[];
    readonly origin: Origin;
}
export interface Mapping {
    readonly kind: 'map';
    readonly entries: readonly MappingEntry[];
    readonly origin: Origin;
}
export interface MappingEntry {
    readonly key: string;
    readonly keyOrigin: Origin;
    readonly value: Value;
    /** The entry exists only then. */
    readonly when?: Guard;
}
/** Stands for what an entity of this run yields: its ARN, name, id, or another attribute. Bound by the model. */
export interface Reference {
    readonly kind: 'reference';
    /** `Scope.id` of the template that declares the target. */
    readonly scope: string;
    /** Logical id or Terraform address of the target. */
    readonly address: string;
    /** The attribute in the dialect's own spelling; '' is the dialect's default (`Ref`). */
    readonly attribute: string;
    readonly origin: Origin;
}
/** A string with holes: parts that are not known scalars are the holes. */
export interface Concat {
    readonly kind: 'concat';
    readonly parts: readonly Value[];
    readonly origin: Origin;
}
export interface Choice {
    readonly kind: 'choice';
    readonly options: readonly ChoiceOption[];
    readonly origin: Origin;
}
export interface ChoiceOption {
    readonly when: Guard;
    readonly value: Value;
}
export interface Unknown {
    readonly kind: 'unknown';
    readonly reason: UnknownReason;
    /** What is unknown, as a person would name it: a parameter, an import, a data source. Equal names of one scope are the same value. */
    readonly name: string;
    readonly origin: Origin;
    /**
     * `atom`: a single fixed word without wildcard, colon or slash (an account id, a region, a generated name).
     * `text`: any string. `any`: any value at all.
     */
    readonly shape: 'atom' | 'text' | 'any';
}
export interface Absent {
    readonly kind: 'absent';
    readonly origin: Origin;
}
/** Why a value is not known; counted by `npm run corpus` and shown in notices. */
export type UnknownReason = 'parameter-without-default' | 'deployment-account' | 'deployment-region' | 'deployment-name' | 'import-outside-run' | 'custom-resource' | 'runtime-attribute' | 'dynamic-reference' | 'secret' | 'data-source' | 'known-after-apply' | 'variable-without-value' | 'remote-module' | 'missing-file' | 'unsupported-function' | 'invalid-template' | 'macro' | 'cyclic-reference' | 'bound-reached';
/** The entry of a mapping by key; the first when a key is doubled. */
export declare function entryOf(mapping: Mapping, key: string): MappingEntry | undefined;
/** The value under a key of a mapping value; `undefined` when the value is no mapping or lacks the key. */
export declare function property(value: Value | undefined, key: string): Value | undefined;
/** The text of a known scalar, else `undefined`. */
export declare function knownText(value: Value | undefined): string | undefined;
/** A list's items; a single value stands for a list of one, as IAM and both dialects allow. */
export declare function itemsOf(value: Value | undefined): readonly Value[];
/** Builds a known string at a place. */
export declare function textValue(text: string, origin: Origin): Scalar;
