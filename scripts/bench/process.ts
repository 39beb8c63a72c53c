import { spawnSync } from 'node:child_process';

export interface ProcessFigures {
  readonly seconds: number;
  /** Peak resident memory in MiB; 0 where the child could not tell. */
  readonly memory: number;
  readonly status: number | null;
}

/** Reports the child's own peak memory on a fourth pipe as it exits, without touching the program. */
const MEMORY_PROBE = `data:text/javascript,${encodeURIComponent("import{writeSync}from'node:fs';process.on('exit',()=>{try{writeSync(3,String(process.resourceUsage().maxRSS))}catch{}})")}`;

/** Runs node with arguments as a whole process, `runs` times, and gives the run with the median time. */
export function timeNode(args: readonly string[], runs: number, probe = true): ProcessFigures {
  const figures = Array.from({ length: runs }, () => once(args, probe)).sort((left, right) => left.seconds - right.seconds);
  return figures[Math.floor(figures.length / 2)] ?? { seconds: 0, memory: 0, status: null };
}

function once(args: readonly string[], probe: boolean): ProcessFigures {
  const started = process.hrtime.bigint();
  const child = spawnSync(process.execPath, [...(probe ? ['--import', MEMORY_PROBE] : []), ...args], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], env: { ...process.env, CI: '1', GITHUB_ACTIONS: '' } });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const kilobytes = Number(child.output[3]?.toString() ?? '0');
  return { seconds, memory: kilobytes / 1024, status: child.status };
}
