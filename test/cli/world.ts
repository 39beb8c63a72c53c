import type { CliContext, Output, ScanRequest, ScanResult } from '../../src/cli/context.ts';
import { main } from '../../src/cli/main.ts';
import { report, RULES } from '../report/sample.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What the linter was asked to do, if it was. */
  readonly request: ScanRequest | undefined;
}

export interface World {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly tty?: boolean;
  readonly columns?: number;
  readonly stdin?: string;
  readonly result?: Partial<ScanResult>;
  readonly scan?: CliContext['scan'];
}

/** Runs a command line in a world of its own, with a linter that finds what the test says. */
export async function iamlint(argv: readonly string[], world: World = {}): Promise<Outcome> {
  const written = { out: '', err: '' };
  let request: ScanRequest | undefined;
  const output = (name: 'out' | 'err'): Output => ({
    isTTY: world.tty ?? false,
    columns: world.columns,
    write: async (text) => void (written[name] += text),
  });
  const code = await main({
    argv,
    env: world.env ?? {},
    cwd: world.cwd ?? '/nowhere',
    stdout: output('out'),
    stderr: output('err'),
    readStdin: async () => world.stdin ?? '',
    version: '0.1.0',
    dataDate: async () => '2026-09-26',
    rules: async () => RULES,
    secretWord: () => 'word-nobody-knows',
    scan: async (asked) => {
      request = asked;
      if (world.scan !== undefined) return world.scan(asked);
      return { report: report(), failOn: 'error', timings: [{ stage: 'read', milliseconds: 1.25 }], hints: [], ...world.result };
    },
  });
  return { code, ...written, request };
}
