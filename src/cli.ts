import { main } from './cli/main.ts';
import { nodeContext } from './cli/node-context.ts';
import { VERSION } from './version.ts';

/** The program: everything it does is loaded when it is asked for, because most runs are short. */
process.exitCode = await main(
  nodeContext({
    version: VERSION,
    dataDate: async () => (await import('./data/actions.ts')).dataDate(),
    rules: async () => {
      const { RULES } = await import('./rules/index.ts');
      const { ruleInfo } = await import('./settings.ts');
      return RULES.map(ruleInfo);
    },
    scan: async (request) => (await import('./cli/run-scan.ts')).runScan(request),
  }),
);
