import type { SuppressionMark } from '../frontends/frontend.ts';
import type { Finding } from './finding.ts';

/** A suppression of the configuration. */
export interface ConfiguredSuppression {
  readonly rule: string;
  /** Tells whether a file is meant; absent: all files. */
  readonly appliesTo: (path: string) => boolean;
  readonly resource: string | undefined;
  readonly values: readonly string[] | undefined;
  readonly reason: string | undefined;
  readonly until: string | undefined;
}

export interface SuppressionSettings {
  readonly marks: readonly PlacedMark[];
  readonly configured: readonly ConfiguredSuppression[];
  /** Today as `YYYY-MM-DD`: a suppression whose `until` lies before it no longer holds. */
  readonly today: string;
  /** Our rules that another tool's rule id stands for. */
  readonly rulesOfPeer: (tool: string, id: string) => readonly string[];
}

/** A mark with the scope it was found in, because logical ids repeat between templates. */
export interface PlacedMark {
  readonly mark: SuppressionMark;
  readonly scope: string;
}

export interface SuppressionOutcome {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly { readonly finding: Finding; readonly kind: 'inSource' | 'external'; readonly reason: string | undefined }[];
  /** Marks that silenced nothing. */
  readonly unused: readonly PlacedMark[];
  readonly expired: readonly PlacedMark[];
}

/** Splits findings into those that stand and those that a mark or the configuration silences. */
export function suppress(findings: readonly Finding[], settings: SuppressionSettings): SuppressionOutcome {
  const index = indexMarks(settings);
  const used = new Set<PlacedMark>();
  const kept: Finding[] = [];
  const suppressed: SuppressionOutcome['suppressed'][number][] = [];
  for (const finding of findings) {
    const placed = index.candidates(finding).find((candidate) => covers(candidate, finding, settings));
    if (placed !== undefined) {
      used.add(placed);
      suppressed.push({ finding, kind: 'inSource', reason: placed.mark.reason });
      continue;
    }
    const configured = settings.configured.find((candidate) => coversConfigured(candidate, finding, settings));
    if (configured === undefined) kept.push(finding);
    else suppressed.push({ finding, kind: 'external', reason: configured.reason });
  }
  const expired = settings.marks.filter(({ mark }) => isExpired(mark.until, settings.today));
  // Other tools' marks silence their rules; that they match none of ours is no fault.
  // One comment may stand for several deployments or generated resources: used anywhere, it is used.
  const usedPlaces = new Set([...used].map(placeKey));
  const idle = settings.marks.filter((placed) => !usedPlaces.has(placeKey(placed)) && !expired.includes(placed) && placed.mark.rules.some((rule) => !rule.includes(':')));
  return { kept, suppressed, unused: distinct(idle), expired: distinct(expired) };
}

function placeKey({ mark }: PlacedMark): string {
  return `${mark.origin.source.path}#${mark.origin.start}#${mark.rules.join(',')}`;
}

function distinct(marks: readonly PlacedMark[]): readonly PlacedMark[] {
  return [...new Map(marks.map((placed) => [placeKey(placed), placed])).values()];
}

interface MarkIndex {
  readonly candidates: (finding: Finding) => readonly PlacedMark[];
}

function indexMarks(settings: SuppressionSettings): MarkIndex {
  const byResource = new Map<string, PlacedMark[]>();
  const byFile = new Map<string, PlacedMark[]>();
  for (const placed of settings.marks) {
    const { covers: covered, origin } = placed.mark;
    const [map, key] = covered.kind === 'resource' ? ([byResource, `${placed.scope}#${covered.address}`] as const) : ([byFile, origin.source.path] as const);
    const list = map.get(key);
    if (list === undefined) map.set(key, [placed]);
    else list.push(placed);
  }
  return {
    candidates: (finding) => {
      if (settings.marks.length === 0) return [];
      const { resource } = finding;
      const onResource = resource === undefined ? [] : (byResource.get(`${resource.scope.id}#${resource.address}`) ?? []);
      const files = new Set([finding.origin.source.path, ...finding.related.map((place) => place.origin.source.path), ...(resource === undefined ? [] : [resource.origin.source.path])]);
      return [...onResource, ...[...files].flatMap((file) => byFile.get(file) ?? [])];
    },
  };
}

function covers(placed: PlacedMark, finding: Finding, settings: SuppressionSettings): boolean {
  const { mark } = placed;
  if (isExpired(mark.until, settings.today) || !namesRule(mark.rules, finding, settings) || !holdsValues(mark.values, finding)) return false;
  const { covers: covered } = mark;
  if (covered.kind !== 'lines') return true;
  const places = [finding.origin, ...finding.related.map((place) => place.origin), ...(finding.resource === undefined ? [] : [finding.resource.origin])];
  return places.some((origin) => {
    if (origin.source !== mark.origin.source && origin.source.path !== mark.origin.source.path) return false;
    const { line } = origin.source.position(origin.start);
    return line >= covered.from && line <= covered.to;
  });
}

function coversConfigured(entry: ConfiguredSuppression, finding: Finding, settings: SuppressionSettings): boolean {
  return (
    !isExpired(entry.until, settings.today) &&
    namesRule([entry.rule], finding, settings) &&
    entry.appliesTo(finding.origin.source.path) &&
    (entry.resource === undefined || entry.resource === finding.resource?.address || entry.resource === finding.resource?.displayName) &&
    holdsValues(entry.values, finding)
  );
}

function namesRule(rules: readonly string[], finding: Finding, settings: SuppressionSettings): boolean {
  return rules.some((rule) => {
    if (rule === '*' || rule === finding.ruleId || rule === finding.category) return true;
    const colon = rule.indexOf(':');
    return colon > 0 && settings.rulesOfPeer(rule.slice(0, colon), rule.slice(colon + 1)).includes(finding.ruleId);
  });
}

function holdsValues(values: readonly string[] | undefined, finding: Finding): boolean {
  if (values === undefined) return true;
  const { actions, resources, principals } = finding.evidence;
  return values.some((value) => actions.includes(value) || resources.includes(value) || principals.includes(value));
}

function isExpired(until: string | undefined, today: string): boolean {
  return until !== undefined && until < today;
}
