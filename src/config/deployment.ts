import type { Deployment, DeploymentSettings } from '../frontends/frontend.ts';
import type { Config } from './config.ts';
import { layersFor } from './effective.ts';

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
export const NO_OVERRIDES: DeploymentOverrides = { account: undefined, region: undefined, parameters: new Map(), variables: new Map() };

/** Deployment facts by path, from configuration and command line, as front-ends take them. */
export function deploymentSettings(config: Config, overrides: DeploymentOverrides): DeploymentSettings {
  return {
    deploymentsOf: (path) => deploymentsOf(config, overrides, path),
    parametersOf: (path) => parametersOf(config, overrides, path),
    variables: overrides.variables,
  };
}

/** One entry per deployment of a template; the innermost folder whose `deployments` name it decides. Empty when nothing is known. */
function deploymentsOf(config: Config, overrides: DeploymentOverrides, path: string): readonly Deployment[] {
  let account: string | undefined;
  let region: string | undefined;
  let entries: readonly Deployment[] = [];
  for (const { layer, path: inside } of layersFor(config, path)) {
    if (layer.account !== undefined || layer.region !== undefined) entries = [];
    account = layer.account ?? account;
    region = layer.region ?? region;
    const matching = layer.deployments.filter((deployment) => deployment.matches(inside));
    if (matching.length > 0) entries = matching.map((deployment) => ({ account: deployment.account ?? account, region: deployment.region ?? region }));
  }
  if (entries.length === 0) entries = [{ account, region }];
  const decided = entries.map((entry) => ({ account: overrides.account ?? entry.account, region: overrides.region ?? entry.region }));
  return distinct(decided.filter((entry) => entry.account !== undefined || entry.region !== undefined));
}

function distinct(deployments: readonly Deployment[]): readonly Deployment[] {
  return [...new Map(deployments.map((deployment) => [`${deployment.account} ${deployment.region}`, deployment])).values()];
}

/**
 * Parameter values of a template. Where its deployments give one parameter different values, the value is left open:
 * it is not known which deployment a finding is about.
 */
function parametersOf(config: Config, overrides: DeploymentOverrides, path: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { layer, path: inside } of layersFor(config, path)) {
    for (const [name, value] of layer.parameters) values.set(name, value);
    const matching = layer.deployments.filter((deployment) => deployment.matches(inside));
    const names = new Set(matching.flatMap((deployment) => [...deployment.parameters.keys()]));
    for (const name of names) {
      const given = new Set(matching.map((deployment) => deployment.parameters.get(name)));
      const [only] = given;
      if (given.size === 1 && only !== undefined) values.set(name, only);
      else values.delete(name);
    }
  }
  for (const [name, value] of overrides.parameters) values.set(name, value);
  return values;
}
