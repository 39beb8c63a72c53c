import type { ConfiguredSuppression } from '../check/suppress.ts';
import type { Config, ConfigLayer, RuleSetting } from './config.ts';
import { didYouMean } from './nearest.ts';
import type { ConfigProblem } from './problem.ts';
import type { RawSeverity } from './raw.ts';

/** A rule as settings see it. */
export interface NamedRule {
  readonly id: string;
  readonly category: string;
}

/** Is a file not to be read, by an `ignore` of any configuration above it? */
export function isIgnored(config: Config, path: string): boolean {
  return layersFor(config, path).some(({ layer, path: inside }) => layer.ignores(inside));
}

/**
 * What the configuration says of a rule for a file; `undefined` when nothing.
 * Inner folders win over outer ones, overrides over `rules`, an id over its category.
 */
export function configuredSeverity(config: Config, rule: NamedRule, path: string): RawSeverity | undefined {
  let found: RawSeverity | undefined;
  for (const { layer, path: inside } of layersFor(config, path)) {
    found = severityIn(layer.rules, rule) ?? found;
    for (const override of layer.overrides) if (override.matches(inside)) found = severityIn(override.rules, rule) ?? found;
  }
  return found;
}

function severityIn(settings: readonly RuleSetting[], rule: NamedRule): RawSeverity | undefined {
  const of = (name: string) => settings.find((setting) => setting.name === name)?.severity;
  return of(rule.id) ?? of(rule.category);
}

/** The options of a rule, from all files that speak for the whole run; later ones win key by key. */
export function configuredOptions(config: Config, ruleId: string): Readonly<Record<string, unknown>> {
  const options = config.layers.flatMap((layer) => layer.rules.filter((setting) => setting.name === ruleId).map((setting) => setting.options));
  return Object.assign(Object.create(null), ...options);
}

/** The suppressions of all files, as the check stage takes them. */
export function configuredSuppressions(config: Config): readonly ConfiguredSuppression[] {
  return config.layers.flatMap((layer) =>
    layer.suppressions.map(({ rule, matches, resource, values, reason, until }) => ({
      rule,
      resource,
      values,
      reason,
      until,
      appliesTo: (path: string) => {
        const inside = layersFor(config, path).find((one) => one.layer === layer)?.path;
        return inside !== undefined && (matches === undefined || matches(inside));
      },
    })),
  );
}

/**
 * Names of rules in the configuration that no rule, category or tag bears: a typing error there would silently change what is judged.
 * Suppressions may also name `*` and other tools' rules (`checkov:CKV_AWS_40`).
 */
export function unknownRuleProblems(config: Config, known: ReadonlySet<string>): readonly ConfigProblem[] {
  const settings = config.layers.flatMap((layer) => [...layer.rules, ...layer.overrides.flatMap((override) => override.rules)]);
  const suppressed = config.layers.flatMap((layer) => layer.suppressions).filter(({ rule }) => rule !== '*' && !rule.includes(':'));
  const named = [...settings, ...suppressed.map(({ rule, origin }) => ({ name: rule, origin }))];
  return named.filter(({ name }) => !known.has(name)).map(({ name, origin }) => ({ message: unknownRule(name, known), origin }));
}

/** The sentence about a rule name nothing bears. */
export function unknownRule(name: string, known: Iterable<string>): string {
  return `no rule or category is called \`${name}\`${didYouMean(name, known)}`;
}

/** Layers that speak for a file, with the file's path as seen from each layer's folder; the outermost first. */
export function layersFor(config: Config, path: string): readonly { readonly layer: ConfigLayer; readonly path: string }[] {
  const containing = config.layers.flatMap((layer) => {
    const inside = pathWithin(config, layer, path);
    return inside === undefined ? [] : [{ layer, path: inside }];
  });
  return containing.slice(Math.max(0, containing.findLastIndex(({ layer }) => layer.root)));
}

function pathWithin(config: Config, layer: ConfigLayer, path: string): string | undefined {
  const absolute = absolutePath(config.base, path);
  const folder = layer.folder.endsWith('/') ? layer.folder : `${layer.folder}/`;
  if (absolute.startsWith(folder)) return absolute.slice(folder.length);
  return layer.everywhere ? absolute.replace(/^(?:[A-Za-z]:)?\//, '') : undefined;
}

/** A path of the run as an absolute one, without `.` and `..`. */
export function absolutePath(base: string, path: string): string {
  if (path.startsWith('/') || /^[A-Za-z]:\//.test(path)) return path;
  if (!path.includes('./')) return base.endsWith('/') ? `${base}${path}` : `${base}/${path}`;
  const parts = base.split('/');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
