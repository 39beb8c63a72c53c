import type { Origin } from '../core/source.js';
import type { DeclaringResource } from '../extract/declaration.js';
export type Severity = 'error' | 'warning' | 'info';
export type Confidence = 'high' | 'medium' | 'low';
/** One judged fault, before it is turned into report shape. */
export interface Finding {
    readonly ruleId: string;
    readonly severity: Severity;
    readonly confidence: Confidence;
    readonly securitySeverity: number;
    readonly category: string;
    /** One line: what is wrong, with names in backticks. */
    readonly message: string;
    readonly why: string;
    readonly fix: string;
    /** The offending string itself. */
    readonly origin: Origin;
    readonly resource: DeclaringResource | undefined;
    readonly evidence: Evidence;
    readonly related: readonly RelatedPlace[];
    readonly path: readonly PathHop[];
    readonly witness: Witness | undefined;
}
export interface Evidence {
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    readonly principals: readonly string[];
}
export interface RelatedPlace {
    readonly message: string;
    readonly origin: Origin;
}
export interface PathHop {
    readonly from: string;
    readonly to: string;
    readonly technique: string;
    readonly because: readonly RelatedPlace[];
}
/** A concrete request that shows the fault. */
export interface Witness {
    readonly principal: string | null;
    readonly action: string;
    readonly resource: string;
    readonly context: Readonly<Record<string, string | readonly string[]>>;
}
/** What was not judged, and why. */
export interface Notice {
    readonly code: string;
    readonly message: string;
    readonly origin: Origin;
    readonly resource: DeclaringResource | undefined;
    readonly ruleId?: string;
}
