import type { Analysis } from '../../analyze/index.ts';
import type { CliContext } from '../context.ts';
import { UsageError } from '../context.ts';

/** Reads paths into a model and prepares the questions; the pipeline is loaded only now. */
export async function analysisOf(paths: readonly string[], context: CliContext): Promise<Analysis> {
  const [{ scan }, { analyze }] = await Promise.all([import('../../scan.ts'), import('../../analyze/index.ts')]);
  const result = await scan({ cwd: context.cwd, paths: paths.length === 0 ? ['.'] : paths, choice: { only: ['unreadable-input'] } });
  if (result.missing.length > 0) throw new UsageError(...result.missing.map((path) => `\`${path}\` matches no file`));
  if (result.recognised === 0) throw new UsageError('no CloudFormation, Terraform, CDK or policy file was found');
  return analyze(result.model);
}
