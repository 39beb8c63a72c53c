import { hasFormat, once, readTable } from './load.ts';

/** One Allow statement of a SAM policy template; texts hold `${Parameter}` and `${AWS::Region}`-like holes. */
export interface SamStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Operator → key → value, as in a policy. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * A policy template of the Serverless Application Model
 * (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html).
 */
export interface SamPolicyTemplate {
  /** Names of the parameters, all of them required. */
  readonly parameters: readonly string[];
  readonly statements: readonly SamStatement[];
}

/** The SAM policy template of this name, or undefined: `Policies` then names a managed policy. */
export function samPolicyTemplate(name: string): SamPolicyTemplate | undefined {
  return templateTable().get(name);
}

/** Names of all SAM policy templates, sorted. */
export function samPolicyTemplateNames(): readonly string[] {
  return [...templateTable().keys()];
}

const templateTable = once(() => new Map(Object.entries(readTable('sam-policy-templates.json', isTemplateFile).templates)));

function isTemplateFile(value: unknown): value is { readonly templates: Readonly<Record<string, SamPolicyTemplate>> } {
  return hasFormat(value, 'iamlint-sam-policy-templates 1');
}
