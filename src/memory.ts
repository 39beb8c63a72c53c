import { type Config, defaultConfig } from './config/config.ts';
import { mergeConfig } from './config/merge.ts';
import { parseConfig } from './config/parse-file.ts';
import type { ConfigProblem } from './config/problem.ts';
import { Source } from './core/source.ts';
import type { Files } from './frontends/frontend.ts';

/** Texts in memory as front-ends read files: nothing outside the given paths exists. */
export function memoryFiles(sources: readonly Source[]): Files {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  return {
    read: (path) => byPath.get(path) ?? (path.startsWith('..') || path.startsWith('/') ? 'outside-root' : 'missing'),
    list: (folder) => {
      const prefix = folder === '' || folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`;
      return [...new Set([...byPath.keys()].flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : [])).filter((rest) => !rest.includes('/')))].sort();
    },
  };
}

/** A configuration given as text (YAML or JSON) or as a plain value. */
export function inlineConfig(config: string | object | undefined): { readonly config: Config; readonly problems: readonly ConfigProblem[] } {
  if (config === undefined) return { config: defaultConfig('/'), problems: [] };
  const source = new Source('.iamlintrc', typeof config === 'string' ? config : JSON.stringify(config, null, 2));
  const { parsed, problems } = parseConfig(source);
  if (parsed === undefined) return { config: defaultConfig('/'), problems };
  return mergeConfig('/', [{ ...parsed, source, folder: '/', base: true, everywhere: true }]);
}
