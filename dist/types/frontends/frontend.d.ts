import type { Guard } from '../core/guard.js';
import type { Problem } from '../core/problem.js';
import type { Origin, Source } from '../core/source.js';
import type { Value } from '../core/value.js';
/**
 * A front-end turns the files of one dialect into templates whose values are resolved as far as the files allow.
 * It is synchronous (the CDK plugin must be), touches no disk but through `context.files`, and never throws:
 * what it cannot do becomes a Problem or an Unknown value.
 */
export interface Frontend {
    readonly name: string;
    /** Opens all files of this dialect in the run. Yields templates one by one so that none needs to be kept. */
    open(sources: readonly Source[], context: FrontendContext): Iterable<Template>;
}
export interface FrontendContext {
    readonly files: Files;
    readonly settings: DeploymentSettings;
    /** Problems of a file as a whole (it does not parse, it is cut off by a bound). */
    readonly report: (problem: Problem) => void;
}
/** Read access to files that an input names, limited to the project root. Paths are relative to the root, with `/`. */
export interface Files {
    /** The file's text, or why it cannot be had. A path out of the root is refused. */
    read(path: string): Source | 'missing' | 'outside-root' | 'too-large';
    /** File names (not paths) in a folder; empty when there is none. */
    list(folder: string): readonly string[];
}
/** Deployment facts from the command line and configuration. */
export interface DeploymentSettings {
    /** Where a template is deployed, by config `deployments` or `--account`/`--region`; one entry per deployment. */
    readonly deploymentsOf: (path: string) => readonly Deployment[];
    /** CloudFormation parameter values for a template. */
    readonly parametersOf: (path: string) => ReadonlyMap<string, string>;
    /** Terraform variables given by `--var` and `--var-file`: raw text of the expression's value. */
    readonly variables: ReadonlyMap<string, unknown>;
}
export interface Deployment {
    readonly account: string | undefined;
    readonly region: string | undefined;
}
/** One stack, one Terraform root, one raw policy: resources that are deployed together. */
export interface Template {
    readonly dialect: Dialect;
    readonly scope: Scope;
    readonly resources: readonly Resource[];
    readonly outputs: readonly Output[];
    readonly suppressions: readonly SuppressionMark[];
    readonly problems: readonly Problem[];
}
export type Dialect = 'cloudformation' | 'terraform' | 'policy' | 'organization' | 'cdk-source';
/** Where a template's resources live. `id` is unique in the run and stable: the file path, plus stack or module where needed. */
export interface Scope {
    readonly id: string;
    /** The stack or root module as a person calls it. */
    readonly name: string;
    /** 12 digits; `undefined` when not known. */
    readonly account: string | undefined;
    readonly region: string | undefined;
    readonly partition: string;
    /** What is described was read from AWS: it exists, and a template of the same thing replaces it. */
    readonly live?: boolean;
}
export interface Resource {
    /** The dialect's type name; the extraction table is keyed by it. */
    readonly type: string;
    /** Logical id or Terraform address; unique in its scope. */
    readonly address: string;
    /** What reports show: construct path, address or logical id. */
    readonly displayName: string;
    /** Resolves the properties on first use: most resources carry no policy and are never resolved. */
    readonly properties: () => Value;
    /** The resource's own name in the file (logical id, block label), not its whole body. */
    readonly origin: Origin;
    /** The whole block, for suppression comments and `--changed`. */
    readonly extent: Origin;
    readonly when?: Guard;
    /** Overrides of the scope's account and region (provider aliases, per-resource region). */
    readonly account?: string | undefined;
    readonly region?: string | undefined;
    /**
     * Better places than the template for this resource, e.g. the TypeScript line of a construct:
     * given the path of a property (or a statement's index) and the place in the template, the primary place to show.
     * Looked up for findings only.
     */
    readonly sourcePlace?: (path: readonly (string | number)[], at?: Origin) => Origin | undefined;
    readonly suppressions?: readonly SuppressionMark[];
}
export interface Output {
    readonly name: string;
    readonly value: Value;
    /** The export name other stacks import by. */
    readonly exportName?: Value;
    readonly origin: Origin;
}
/** A suppression where users put it: comment, Metadata, or a peer's own notation. */
export interface SuppressionMark {
    /** Rule ids (or `*`) of ours, or a peer's ids with their tool: `checkov:CKV_AWS_1`. */
    readonly rules: readonly string[];
    readonly reason: string | undefined;
    /** ISO date after which it no longer holds. */
    readonly until: string | undefined;
    /** Only findings whose evidence holds one of these texts. */
    readonly values: readonly string[] | undefined;
    readonly origin: Origin;
    /** Lines (1-based, inclusive) of `origin.source` it covers, or the resource it hangs on. */
    readonly covers: {
        readonly kind: 'lines';
        readonly from: number;
        readonly to: number;
    } | {
        readonly kind: 'resource';
        readonly address: string;
    } | {
        readonly kind: 'file';
    };
}
