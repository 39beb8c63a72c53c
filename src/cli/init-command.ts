import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_NAMES } from '../config/load.ts';
import type { Invocation } from './command.ts';
import { type CliContext, UsageError } from './context.ts';

/** `iamlint init`: writes a first `.iamlintrc`; never over an existing one. */
export async function initCommand(_invocation: Invocation, context: CliContext): Promise<number> {
  const existing = CONFIG_NAMES.find((name) => name !== 'package.json' && existsSync(join(context.cwd, name)));
  if (existing !== undefined) throw new UsageError(`there is a \`${existing}\` already`);
  writeFileSync(join(context.cwd, '.iamlintrc'), STARTER, { flag: 'wx' });
  await context.stdout.write('Wrote .iamlintrc. Name your accounts in it: an account that is not listed counts as foreign.\n');
  return 0;
}

/** Valid as it stands; what needs the user's knowledge is commented out. */
export const STARTER = `# What iamlint should know. Every key is optional; paths and globs are relative to this file, as in .gitignore.
# yaml-language-server: $schema=./node_modules/iamlint/dist/schema.json

# Who belongs to you. An account that is not listed counts as foreign.
# organization:
#   id: o-a1b2c3d4e5
#   managementAccount: "111111111111"
#   accounts:
#     - { id: "222222222222", name: dev, ou: workloads/dev }
#     - { id: "333333333333", name: prod, ou: workloads/prod }

# Foreign accounts that may be given access.
# trusted:
#   - { account: "444444444444", name: auditor, reason: yearly audit }

# Where templates are deployed.
# deployments:
#   - { paths: "infra/prod/**", account: prod, region: eu-west-1 }

preset: recommended
failOn: error

# Severity by rule or category (error, warning, info, off); \`iamlint rules\` lists them.
rules: {}

# Files that are not read.
ignore: []

# What is known and accepted, each with its reason and, better, an end.
# suppress:
#   - { rule: admin-star-star, resource: BreakGlassRole, reason: emergency access, until: 2027-12-31 }
`;
