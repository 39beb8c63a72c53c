import { readSource } from './data-file.ts';
import { list, record, text, texts } from './json-shape.ts';

/** One correction of an access level: actions matching `match` (and none of `except`) get `level`. */
export interface LevelOverride {
  readonly pattern: RegExp;
  readonly match: string;
  readonly except: ReadonlySet<string>;
  readonly level: string;
}

/** Reads `access-level-overrides.json`, the only place where we disagree with the source about levels. */
export function readLevelOverrides(): readonly LevelOverride[] {
  const table = record(JSON.parse(readSource('access-level-overrides.json')), 'access-level-overrides');
  return list(table['overrides'], 'overrides').map((row) => {
    const override = record(row, 'override');
    const match = text(override['match'], 'match');
    return {
      match,
      // Curated patterns with at most two `*`: safe to compile.
      pattern: new RegExp(`^${match.replaceAll('*', '[^:]*')}$`, 'i'),
      except: new Set(texts(override['except'] ?? [], match)),
      level: text(override['level'], match),
    };
  });
}

/** The corrected level of an action, or undefined when the source's own level stands. */
export function overrideLevel(action: string, overrides: readonly LevelOverride[]): string | undefined {
  return overrides.find((override) => override.pattern.test(action) && !override.except.has(action))?.level;
}
