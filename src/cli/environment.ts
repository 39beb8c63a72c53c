import type { Output } from './context.ts';

/** What the surroundings say about whoever reads the output. */
export interface Environment {
  /** Runs as a step of GitHub Actions. */
  readonly github: boolean;
  readonly color: boolean;
  /** The terminal shows hyperlinks. */
  readonly links: boolean;
  readonly width: number;
  /** A person watches, so that progress is of use. */
  readonly watched: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

const PLAIN_WIDTH = 100;

/** Reads the surroundings: `--color` before `NO_COLOR` before `FORCE_COLOR` and `CLICOLOR_FORCE` before the terminal; GitHub shows colours in logs. */
export function environmentOf(env: Variables, stdout: Output, stderr: Output, color: 'auto' | 'always' | 'never' = 'auto'): Environment {
  const github = env['GITHUB_ACTIONS'] === 'true';
  const ci = github || isSet(env['CI']);
  return {
    github,
    color: color === 'auto' ? wantsColor(env, stdout, github) : color === 'always',
    links: stdout.isTTY && !ci && showsLinks(env),
    width: stdout.columns ?? PLAIN_WIDTH,
    watched: stderr.isTTY && !ci,
  };
}

function wantsColor(env: Variables, stdout: Output, github: boolean): boolean {
  if (isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR']) && env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false') return true;
  if (isSet(env['CLICOLOR_FORCE']) && env['CLICOLOR_FORCE'] !== '0') return true;
  return github || (stdout.isTTY && env['TERM'] !== 'dumb');
}

const LINKING_PROGRAMS: ReadonlySet<string> = new Set(['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'Tabby', 'rio']);
const LINKING_VARIABLES = ['WT_SESSION', 'KITTY_WINDOW_ID', 'KONSOLE_VERSION', 'DOMTERM', 'ALACRITTY_WINDOW_ID'] as const;
/** The first release of the VTE library (GNOME Terminal and others) with hyperlinks. */
const LINKING_VTE = 5000;

/** Terminals known to show OSC 8 hyperlinks; others may print the address as noise. */
function showsLinks(env: Variables): boolean {
  if (env['FORCE_HYPERLINK'] !== undefined) return env['FORCE_HYPERLINK'] !== '0';
  return LINKING_PROGRAMS.has(env['TERM_PROGRAM'] ?? '') || LINKING_VARIABLES.some((name) => isSet(env[name])) || Number(env['VTE_VERSION'] ?? 0) >= LINKING_VTE;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
