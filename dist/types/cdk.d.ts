/**
 * The validation plugin for CDK apps, ready to use:
 *
 *   import { iamlint } from 'iamlint/cdk';
 *   Validations.of(app).addPlugins(iamlint());
 */
import type { IPolicyValidationPlugin } from 'aws-cdk-lib';
export type { IPolicyValidationPlugin } from 'aws-cdk-lib';
export interface IamlintPluginOptions {
    /** Folder of the project, whose sources findings point into; default: the folder the app runs in. */
    readonly root?: string;
}
/** The plugin. It judges what the app synthesizes with the rules and the `.iamlintrc` of the project. */
export declare function iamlint(options?: IamlintPluginOptions): IPolicyValidationPlugin;
