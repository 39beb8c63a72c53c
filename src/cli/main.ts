import { type CliContext, UsageError } from './context.ts';
import { environmentOf } from './environment.ts';
import { parseArguments } from './parse-arguments.ts';

/**
 * Runs the program: reads the command line, does what it asks and gives the exit code. 2 for wrong usage and for faults of our own,
 * which are told to stderr; never a bare stack.
 */
export async function main(context: CliContext): Promise<number> {
  const { color, width } = environmentOf(context.env, context.stdout, context.stderr);
  const parsed = parseArguments(context.argv, { columns: width, color });
  try {
    switch (parsed.kind) {
      case 'help':
        await context.stdout.write(parsed.text);
        return 0;
      case 'version':
        await context.stdout.write(`iamlint ${context.version} (AWS data of ${await context.dataDate()})\n`);
        return 0;
      case 'usage-error':
        throw new UsageError(parsed.message, 'see `iamlint --help`');
      case 'run': {
        const run = await parsed.command.load();
        return await run(parsed.invocation, context);
      }
    }
  } catch (error) {
    await context.stderr.write(complaint(error, context));
    return 2;
  }
}

function complaint(error: unknown, { env }: CliContext): string {
  if (error instanceof UsageError) return error.lines.map((line) => `iamlint: ${line}\n`).join('');
  const text = error instanceof Error ? (env['IAMLINT_DEBUG'] === undefined ? error.message : error.stack) : String(error);
  return `iamlint: a fault of iamlint itself: ${text}\niamlint: please report it; with IAMLINT_DEBUG=1 it says where\n`;
}
