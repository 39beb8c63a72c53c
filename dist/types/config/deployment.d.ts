import type { DeploymentSettings } from '../frontends/frontend.js';
import type { Config } from './config.js';
/** What the command line says of deployments; it wins over any configuration. */
export interface DeploymentOverrides {
    /** Id of 12 digits. */
    readonly account: string | undefined;
    readonly region: string | undefined;
    readonly parameters: ReadonlyMap<string, string>;
    /** Terraform variables. */
    readonly variables: ReadonlyMap<string, unknown>;
}
/** Nothing said on the command line. */
export declare const NO_OVERRIDES: DeploymentOverrides;
/** Deployment facts by path, from configuration and command line, as front-ends take them. */
export declare function deploymentSettings(config: Config, overrides: DeploymentOverrides): DeploymentSettings;
