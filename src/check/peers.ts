import type { Rule } from './rule.ts';

/** Our rules by another tool's rule id, so that suppressions written for that tool are honoured. */
export type RulesOfPeer = (tool: string, id: string) => readonly string[];

/** Builds the index from the peers that rules name; ids are compared in the forms users write them. */
export function rulesOfPeer(rules: readonly Rule[]): RulesOfPeer {
  const index = new Map<string, string[]>();
  const add = (key: string, id: string): void => {
    const known = index.get(key);
    if (known === undefined) index.set(key, [id]);
    else if (!known.includes(id)) known.push(id);
  };
  for (const rule of rules) {
    for (const peer of rule.peers) {
      const [tool = '', ...rest] = peer.split(':');
      for (const key of keysOf(tool, rest.join(':'))) add(key, rule.id);
    }
  }
  return (tool, id) => {
    const found = keysOf(tool, id).flatMap((key) => index.get(key) ?? []);
    return found.length < 2 ? found : [...new Set(found)];
  };
}

/** The forms of a peer's id that mean the same rule. */
function keysOf(tool: string, id: string): readonly string[] {
  const name = tool.toLowerCase();
  // cdk-nag appends what it found in brackets: `AwsSolutions-IAM5[Resource::*]`.
  const plain = id.replace(/\[.*$/s, '').trim().toLowerCase();
  switch (name) {
    case 'trivy':
    case 'tfsec':
      return [`trivy:${(TFSEC_NAMES.get(plain) ?? plain).replace(/^avd-/, '')}`];
    case 'cdk-nag':
    case 'cdk_nag':
      // The packs of cdk-nag share rules under their own prefixes: `NIST.800.53.R5-IAMNoInlinePolicy`.
      return [`cdk-nag:${plain}`, ...packRule(plain)];
    case 'cfn-nag':
      return [`cfn_nag:${plain}`];
    default:
      return [`${name}:${plain}`];
  }
}

function packRule(id: string): readonly string[] {
  const shared = /^(?:hipaa\.security|nist\.800\.53\.r\d|pci\.dss\.\d+|rule-only)[-/](.+)$/.exec(id)?.[1] ?? (/^[a-z0-9]+$/.test(id) ? id : undefined);
  return shared === undefined ? [] : [`cdk-nag:*${shared}`];
}

/** Names that checks had in tfsec and in earlier versions of trivy. Source: short codes of the public trivy-checks repository. */
const TFSEC_NAMES: ReadonlyMap<string, string> = new Map([
  ['aws-api-gateway-no-public-access', 'aws-0004'],
  ['aws-ec2-no-secrets-in-user-data', 'aws-0029'],
  ['aws-ec2-enforce-http-token-imds', 'aws-0028'],
  ['aws-ecr-no-public-access', 'aws-0032'],
  ['aws-ecs-no-plaintext-secrets', 'aws-0036'],
  ['aws-iam-no-password-reuse', 'aws-0056'],
  ['aws-iam-no-policy-wildcards', 'aws-0057'],
  ['aws-iam-require-lowercase-in-passwords', 'aws-0058'],
  ['aws-iam-require-numbers-in-passwords', 'aws-0059'],
  ['aws-iam-require-symbols-in-passwords', 'aws-0060'],
  ['aws-iam-require-uppercase-in-passwords', 'aws-0061'],
  ['aws-iam-set-max-password-age', 'aws-0062'],
  ['aws-iam-set-minimum-password-length', 'aws-0063'],
  ['aws-kms-auto-rotate-keys', 'aws-0065'],
  ['aws-lambda-restrict-source-arn', 'aws-0067'],
  ['aws-s3-block-public-acls', 'aws-0086'],
  ['aws-s3-block-public-policy', 'aws-0087'],
  ['aws-s3-ignore-public-acls', 'aws-0091'],
  ['aws-s3-no-public-access-with-acl', 'aws-0092'],
  ['aws-s3-no-public-buckets', 'aws-0093'],
  ['aws-s3-specify-public-access-block', 'aws-0094'],
  ['aws-sqs-no-wildcards-in-policy-documents', 'aws-0097'],
  ['aws-iam-enforce-mfa', 'aws-0123'],
  ['aws-iam-enforce-group-mfa', 'aws-0123'],
  ['aws-iam-limit-root-account-usage', 'aws-0140'],
  ['aws-iam-no-root-access-keys', 'aws-0141'],
  ['aws-iam-enforce-root-mfa', 'aws-0142'],
  ['aws-iam-no-user-attached-policies', 'aws-0143'],
  ['aws-iam-disable-unused-credentials', 'aws-0144'],
  ['aws-iam-enforce-user-mfa', 'aws-0145'],
  ['aws-iam-rotate-access-keys', 'aws-0146'],
]);
