import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { resourceTypesOfService, serviceExists } from '../../src/data/actions.ts';
import { readPackageJson, readSource, type TableRefresh } from './data-file.ts';
import { byCodeUnit, isRecord, record, text } from './json-shape.ts';

const PACKAGE = '@aws-cdk/aws-service-spec';

/** What the specification says of one type, reduced to what identity needs. */
export interface TypeFacts {
  readonly type: string;
  readonly identifier: readonly string[];
  readonly arn: string;
  readonly properties: ReadonlySet<string>;
  readonly attributes: readonly string[];
}

/** `cfn-identity.txt`: what `Ref` and `Fn::GetAtt` give for every CloudFormation type. Its layout is described in docs/decisions/0005-data-tables.md. */
export const cfnIdentityRefresh: TableRefresh = {
  name: 'cfn-identity',
  generate: async () => [{ path: 'cfn-identity.txt', content: buildIdentityText() }],
};

/** Reads the type specification; takes about two seconds. */
export function readTypeFacts(): readonly TypeFacts[] {
  return loadAwsServiceSpecSync()
    .all('resource')
    .map((resource) => ({
      type: resource.cloudFormationType,
      identifier: resource.cfnRefIdentifier ?? resource.primaryIdentifier ?? [],
      arn: resource.arnTemplate ?? '',
      properties: new Set(Object.keys(resource.properties)),
      attributes: Object.keys(resource.attributes),
    }))
    .sort((left, right) => byCodeUnit(left.type, right.type));
}

function buildIdentityText(): string {
  const version = text(record(readPackageJson(PACKAGE, 'package.json'), PACKAGE)['version'], 'version');
  const file = record(JSON.parse(readSource('cfn-identity-overrides.json')), 'overrides');
  const overrides = record(file['types'], 'types');
  const facts = readTypeFacts();
  for (const type of Object.keys(overrides)) {
    if (!facts.some((fact) => fact.type === type)) throw new Error(`cfn-identity-overrides.json: ${type} is not in the specification`);
  }
  const prefixes = servicePrefixes(facts, record(file['servicePrefixes'], 'servicePrefixes'));
  const rows = facts.map((fact) => identityRow(withArn(fact, prefixes), overrides[fact.type] === undefined ? {} : record(overrides[fact.type], fact.type)));
  return `#iamlint-cfn-identity 1\t${PACKAGE} ${version}\n${rows.join('\n')}\n`;
}

/** `type ref name arn resource attributes`, separated by tabs. */
function identityRow(facts: TypeFacts, override: Readonly<Record<string, unknown>>): string {
  const arn = 'arn' in override ? text(override['arn'], facts.type) : arnTemplate(facts);
  const name = 'name' in override ? text(override['name'], facts.type) : nameProperty(facts, arn);
  const attributes = new Map(facts.attributes.map((attribute) => [attribute, attributeKind(facts, attribute)]));
  if (isRecord(override['attributes'])) {
    for (const [attribute, kind] of Object.entries(override['attributes'])) attributes.set(attribute, text(kind, facts.type));
  }
  const listed = [...attributes].filter(([, kind]) => kind !== 'value').sort(([left], [right]) => byCodeUnit(left, right));
  const ref = 'ref' in override ? text(override['ref'], facts.type) : refYield(facts, name);
  const resource = 'resource' in override ? text(override['resource'], facts.type) : iamResource(arn);
  return [facts.type, ref, name, arn, resource, listed.map(([attribute, kind]) => `${attribute}=${kind}`).join(' ')].join('\t');
}

/** IAM service prefix of each CloudFormation service: curated where no ARN tells it, else learnt from the types whose ARN the specification knows. */
function servicePrefixes(facts: readonly TypeFacts[], curated: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const prefixes = new Map(Object.entries(curated).map(([service, prefix]) => [service, text(prefix, service)]));
  for (const fact of facts) {
    const prefix = fact.arn.split(':')[2];
    if (prefix !== undefined && serviceExists(prefix)) prefixes.set(serviceOf(fact.type), prefix);
  }
  return prefixes;
}

function serviceOf(type: string): string {
  return type.split('::')[1] ?? '';
}

/** Completes a missing ARN from the service authorization reference, when a resource type there has the same name. */
function withArn(facts: TypeFacts, prefixes: ReadonlyMap<string, string>): TypeFacts {
  if (facts.arn !== '') return facts;
  const service = serviceOf(facts.type);
  const prefix = prefixes.get(service) ?? service.toLowerCase();
  const same = resourceTypesOfService(prefix).filter((resource) => plain(resource.name) === plain(resourceOf(facts)));
  const [only] = same;
  const [arn, ...others] = only?.arns ?? [];
  return same.length === 1 && arn !== undefined && others.length === 0 ? { ...facts, arn } : facts;
}

/** `service:resource type` of the service authorization reference whose ARN pattern is this one, e.g. `lambda:function`. */
export function iamResource(arn: string): string {
  const prefix = arn.split(':')[2] ?? '';
  const wanted = shapeOf(arn);
  const found = resourceTypesOfService(prefix).filter((resource) => resource.arns.some((pattern) => shapeOf(pattern) === wanted));
  const [first] = found;
  return first === undefined ? '' : `${prefix}:${first.name}`;
}

/** The ARN with every hole the same; `|path` and `|slash` holes stand for the slash they bring. */
function shapeOf(arn: string): string {
  return arn
    .replace(/\$\{[^}]*\|path\}/g, '/')
    .replace(/\$\{[^}]*\|slash\}/g, '/*')
    .replace(/\$\{[^}]*\}/g, '*');
}

/** `arn`, `name`, or the parts as `p:Property` / `a:Attribute` joined by `|`, as CloudFormation joins compound identifiers. */
function refYield(facts: TypeFacts, name: string): string {
  const [only, ...others] = facts.identifier;
  if (only === undefined) return '';
  if (others.length === 0 && isOwnArn(facts, only)) return 'arn';
  if (others.length === 0 && only === name) return 'name';
  return facts.identifier.map((part) => `${facts.properties.has(part) ? 'p' : 'a'}:${part}`).join('|');
}

function attributeKind(facts: TypeFacts, attribute: string): string {
  if (isOwnArn(facts, attribute)) return 'arn';
  if (/arn$/i.test(attribute)) return 'other-arn';
  if (attribute.includes('.')) return 'value';
  if (attribute === 'Name' || (attribute.endsWith('Name') && (facts.identifier.includes(attribute) || attribute === `${resourceOf(facts)}Name`))) return 'name';
  if (/(Id|Uuid)$/.test(attribute) && (facts.identifier.includes(attribute) || attribute === 'Id' || attribute === `${resourceOf(facts)}Id`)) return 'id';
  if (/(Url|URL|Uri|URI)$/.test(attribute)) return 'url';
  return 'value';
}

/** The ARN of the resource itself, as against one of something it names. */
function isOwnArn(facts: TypeFacts, member: string): boolean {
  if (!/arn$/i.test(member) || member.includes('.') || member.includes('/')) return false;
  const lower = member.toLowerCase();
  const resource = resourceOf(facts).toLowerCase();
  // `CodeInterpreterArn` of a `CodeInterpreterCustom`, `RuleArn` of a `RuleV2`.
  const base = resource.replace(/(custom|v2)$/, '');
  // `AgentRuntimeArn` beside the identifier `AgentRuntimeId`.
  if (facts.identifier.length === 1 && facts.identifier[0] === member.replace(/arn$/i, 'Id')) return true;
  return (
    lower === 'arn' ||
    lower === `${resource}arn` ||
    lower === `${base}arn` ||
    (facts.identifier.length === 1 && facts.identifier[0] === member && !facts.properties.has(member))
  );
}

function resourceOf(facts: TypeFacts): string {
  return facts.type.slice(facts.type.lastIndexOf(':') + 1);
}

const deploymentHoles: ReadonlySet<string> = new Set(['Partition', 'Region', 'Account']);

/** Rewrites the holes of the specification's ARN to `${Property}`, `${@Attribute}`, or `${?Hole}` when nothing in the template gives the value. */
function arnTemplate(facts: TypeFacts): string {
  const holes = [...facts.arn.matchAll(/\$\{([^}]*)\}/g)].flatMap((match) => match[1] ?? []).filter((hole) => !deploymentHoles.has(hole));
  const members = new Map(holes.map((hole) => [hole, memberForHole(facts, hole)]));
  const open = holes.filter((hole) => members.get(hole) === undefined);
  const only = facts.identifier.length === 1 ? facts.identifier[0] : undefined;
  const [unmatched] = open;
  // One hole and one identifier left over: the identifier fills the hole.
  if (open.length === 1 && unmatched !== undefined && only !== undefined && !/arn$/i.test(only) && ![...members.values()].includes(only)) {
    members.set(unmatched, only);
  }
  return facts.arn.replace(/\$\{([^}]*)\}/g, (whole, hole: string) => {
    if (deploymentHoles.has(hole)) return whole;
    const member = members.get(hole);
    if (member === undefined) return `\${?${hole}}`;
    return facts.properties.has(member) ? `\${${member}}` : `\${@${member}}`;
  });
}

function memberForHole(facts: TypeFacts, hole: string): string | undefined {
  const members = [...facts.properties, ...facts.attributes.filter((attribute) => !attribute.includes('.'))];
  const wanted = plain(hole);
  const resource = plain(resourceOf(facts));
  const shorter = wanted.startsWith(resource) ? wanted.slice(resource.length) : '';
  const longer = wanted === 'name' ? `${resource}name` : '';
  for (const candidate of [wanted, shorter, longer]) {
    const found = candidate === '' ? undefined : members.find((member) => plain(member) === candidate);
    if (found !== undefined) return found;
  }
  const ending = members.filter((member) => wanted.endsWith('name') && plain(member).endsWith(wanted));
  return ending.length === 1 ? ending[0] : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function nameProperty(facts: TypeFacts, arn: string): string {
  const inArn = [...arn.matchAll(/\$\{([A-Za-z0-9]+)\}/g)].flatMap((match) => match[1] ?? []).filter((hole) => facts.properties.has(hole) && !deploymentHoles.has(hole));
  const named = inArn.filter((property) => /name$/i.test(property)).at(-1);
  if (named !== undefined) return named;
  const [identifier = '', ...others] = facts.identifier;
  const fromIdentifier = others.length === 0 && !facts.properties.has(identifier) ? [`${identifier.replace(/(Id|Arn)$/, '')}Name`] : [];
  for (const property of [`${resourceOf(facts)}Name`, 'Name', ...fromIdentifier]) if (facts.properties.has(property)) return property;
  const [only] = facts.identifier;
  if (facts.identifier.length === 1 && only !== undefined && facts.properties.has(only) && !/arn$/i.test(only)) return only;
  return inArn.at(-1) ?? '';
}
