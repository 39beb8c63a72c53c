/**
 * Text with holes, as one string. A hole stands between U+E000 and U+E001: a mark for its kind, then its name.
 * Two holes with the same mark and name are the same value, so texts with holes compare, sort and hash as strings.
 *
 * - `=` a reference to an entity (`scope#address#attribute`), replaced by the model when it links.
 * - `~` a generated name: some fixed word that differs from every other name (a resource without a name of its own).
 * - `@` an atom: one fixed word that is not known (an account id, a region): no wildcard, colon or slash in it.
 * - `?` text that is not known at all: may hold wildcards or be several segments.
 * - `$` an IAM policy variable that the request fills in (made by the engine, never by a front-end).
 */
export type HoleMark = '=' | '~' | '@' | '?' | '$';
export declare const HOLE_OPEN = "\uE000";
export declare const HOLE_CLOSE = "\uE001";
export interface Hole {
    readonly mark: HoleMark;
    readonly name: string;
}
/** Writes a hole. Delimiters inside the name (hostile input) are dropped. */
export declare function hole(mark: HoleMark, name: string): string;
/** Text from outside may itself hold the delimiters; they are no legal IAM characters and are replaced. */
export declare function literal(text: string): string;
export declare function hasHole(text: string): boolean;
/** Does the text hold a hole that could be anything (a `?` hole or a reference that never got bound)? */
export declare function hasOpenHole(text: string): boolean;
/** Is every hole of the text a fixed word, so that the text is a definite string even if not all of it is known? */
export declare function isFixed(text: string): boolean;
/** Why a text is not fully known: the reasons of its open and atom holes, for counts and notices. */
export declare function holeReasons(text: string): readonly string[];
/** Splits into literal stretches and holes, in order. */
export declare function partsOf(text: string): readonly (string | Hole)[];
/** Replaces holes; `replace` gives the new text of a hole, or `undefined` to keep it. */
export declare function replaceHoles(text: string, replace: (hole: Hole) => string | undefined): string;
/** How a person should see the text: holes as `${name}`. */
export declare function displayText(text: string): string;
