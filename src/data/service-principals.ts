import { hasFormat, once, readTable } from './load.ts';
import { nearest } from './nearest.ts';

/** A service principal. */
export interface ServicePrincipal {
  /** The global form, e.g. `logs.amazonaws.com`. */
  readonly principal: string;
  /** Region named by a regional form such as `logs.eu-west-1.amazonaws.com`. */
  readonly region: string | undefined;
  /** The service is also written with a region, as opt-in regions may require. */
  readonly regionalForm: boolean;
  /**
   * Kinds of policy for whose requests the service sends `aws:SourceArn` or `aws:SourceAccount`:
   * a grant to it without such a condition may be used through another customer's resource (confused deputy).
   */
  readonly sendsSource: readonly ('resource-policy' | 'trust-policy')[];
  /** Known not to send source keys when it assumes a role: a condition on them would lock the service out. */
  readonly withoutSourceInTrust: boolean;
  /** Assumes service-linked roles only: customers do not write it into trust policies. */
  readonly serviceLinked: boolean;
}

/** The service principal of this name in any partition's spelling, or undefined when none is known. */
export function servicePrincipal(name: string): ServicePrincipal | undefined {
  const text = name.toLowerCase();
  const plain = text.replace(/\.amazonaws\.(com\.cn|eu)$/, '.amazonaws.com');
  const direct = readPrincipal(plain, undefined);
  if (direct) return direct;
  const regional = /^(.+)\.([a-z]{2}(?:-[a-z]+)+-\d)\.(amazonaws\.com)$/.exec(plain);
  return regional ? readPrincipal(`${regional[1] ?? ''}.amazonaws.com`, regional[2]) : undefined;
}

/** Names of all known service principals, sorted. */
export function servicePrincipals(): readonly string[] {
  return [...principalTable().keys()];
}

/** The known service principal closest to a misspelt one. */
export function nearestServicePrincipal(name: string): string | undefined {
  return nearest(name.includes('.') ? name : `${name}.amazonaws.com`, servicePrincipals());
}

function readPrincipal(principal: string, region: string | undefined): ServicePrincipal | undefined {
  const row = principalTable().get(principal);
  if (!row) return undefined;
  return {
    principal,
    region,
    regionalForm: row.regionalForm ?? false,
    sendsSource: row.sendsSource ?? [],
    withoutSourceInTrust: row.withoutSourceInTrust ?? false,
    serviceLinked: row.serviceLinked ?? false,
  };
}

interface PrincipalRow {
  readonly regionalForm?: boolean;
  readonly sendsSource?: readonly ('resource-policy' | 'trust-policy')[];
  readonly withoutSourceInTrust?: boolean;
  readonly serviceLinked?: boolean;
}

const principalTable = once(() => new Map(Object.entries(readTable('service-principals.json', isPrincipalFile).principals)));

function isPrincipalFile(value: unknown): value is { readonly principals: Readonly<Record<string, PrincipalRow>> } {
  return hasFormat(value, 'iamlint-service-principals 1');
}
