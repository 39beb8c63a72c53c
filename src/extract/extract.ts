import type { Problem } from '../core/problem.ts';
import type { Resource, Template } from '../frontends/frontend.ts';
import { displayText, HOLE_OPEN, partsOf } from '../iam/token.ts';
import { readTexts } from '../iam/texts.ts';
import type { Declaration, DeclaringResource } from './declaration.ts';
import { FACETS } from './facets/index.ts';
import { freeTexts } from './facets/secrets.ts';
import { declareEntity } from './identity.ts';
import { identityLinks } from './identity-links.ts';
import { select } from './select.ts';
import { identityOf, rowOf, type TypeRow } from './table.ts';

/** What one template says, for the model: its declarations and what its outputs yield to other templates. */
export interface Extraction {
  readonly template: Pick<Template, 'dialect' | 'scope' | 'suppressions' | 'problems'>;
  readonly declarations: readonly Declaration[];
  readonly exports: readonly ExportedText[];
  readonly resourceCount: number;
  readonly problems: readonly Problem[];
}

/** An output, as texts: found by export name or by stack and output name. */
export interface ExportedText {
  readonly stack: string;
  readonly output: string;
  readonly exportName: string | undefined;
  readonly text: string;
}

/**
 * Turns a template's resources into declarations by the table of resource types.
 * A resource without a row costs nothing unless something refers to it: then it is declared for its identity alone.
 */
export function extract(template: Template, referenced: ReferencedAddresses): Extraction {
  const declarations: Declaration[] = [];
  const later: Resource[] = [];
  for (const resource of template.resources) {
    const row = rowOf(resource.type);
    if (row === undefined) later.push(resource);
    else extractResource(template, resource, row, declarations, referenced);
  }
  const exports = extractOutputs(template);
  for (const declaration of declarations) noteReferences(declaration, referenced);
  for (const exported of exports) referenced.note(exported.text);
  for (const resource of later) {
    if (!referenced.has(`${template.scope.id}#${resource.address}`)) continue;
    const identity = identityOf(resource.type);
    if (identity !== undefined) declarations.push(declareEntity(declaringResource(template, resource), resource.properties(), 'resource', serviceOf(resource.type), identity));
  }
  const { dialect, scope, suppressions, problems } = template;
  const own = template.resources.flatMap((resource) => resource.suppressions ?? []);
  return { template: { dialect, scope, suppressions: [...suppressions, ...own], problems }, declarations, exports, resourceCount: template.resources.filter((resource) => !isPseudo(resource.type)).length, problems };
}

/** `scope#address` of resources that some text refers to; shared over the templates of a run. */
export class ReferencedAddresses {
  readonly #keys = new Set<string>();

  note(text: string): void {
    if (!text.includes(HOLE_OPEN)) return;
    for (const part of partsOf(text)) {
      if (typeof part === 'string' || part.mark !== '=') continue;
      this.#keys.add(part.name.slice(0, part.name.lastIndexOf('#')));
    }
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }
}

export function declaringResource(template: Template, resource: Resource): DeclaringResource {
  return {
    scope: template.scope,
    address: resource.address,
    displayName: resource.displayName,
    type: resource.type,
    origin: resource.origin,
    extent: resource.extent,
    when: resource.when ?? [],
    account: resource.account ?? template.scope.account,
    region: resource.region ?? template.scope.region,
    ...(resource.sourcePlace === undefined ? {} : { sourcePlace: resource.sourcePlace }),
    ...(resource.suppressions === undefined ? {} : { suppressions: resource.suppressions }),
  };
}

function extractResource(template: Template, resource: Resource, row: TypeRow, declarations: Declaration[], referenced: ReferencedAddresses): void {
  const from = declaringResource(template, resource);
  const properties = resource.properties();
  const identity = identityOf(resource.type);
  if (identity !== undefined) declarations.push(declareEntity(from, properties, row.entity, row.service, identity));
  for (const facet of row.facets) {
    const handler = FACETS.get(facet.kind);
    if (handler !== undefined) declarations.push(...handler({ facet, row, from, properties }));
  }
  for (const use of row.roleUses) {
    for (const found of select(properties, use.path)) {
      for (const role of readTexts(found.value, use.path, found.when).texts) declarations.push({ kind: 'binding', role, holds: use.holds, property: use.path, service: use.service, runsCode: use.code === true, from });
    }
  }
  declarations.push(...identityLinks(from, properties));
  for (const path of row.credentials) {
    for (const { value } of select(properties, path)) {
      declarations.push({ kind: 'credential', credential: 'secret-property', user: undefined, property: path, value, status: undefined, from });
    }
  }
  for (const path of row.secretScan) declarations.push(...freeTexts(from, properties, path, row.secretScanUnless.get(path)));
  if (row.facets.some((facet) => facet.kind === 'nested-template')) {
    for (const { value } of select(properties, 'Parameters{}')) for (const text of readTexts(value, 'Parameters').texts) referenced.note(text.text);
  }
}

function extractOutputs(template: Template): readonly ExportedText[] {
  return template.outputs.flatMap((output) => {
    const text = readTexts(output.value, output.name).texts[0]?.text;
    if (text === undefined) return [];
    // Imports name exports as people write them, with `${…}` for what only the deployment knows.
    const exportText = output.exportName === undefined ? undefined : readTexts(output.exportName, 'Export').texts[0]?.text;
    const exportName = exportText === undefined ? undefined : displayText(exportText);
    return [{ stack: template.scope.name, output: output.name, exportName, text }];
  });
}

/** Parameters, outputs and literals that front-ends hand over to be looked through for credentials. */
function isPseudo(type: string): boolean {
  return type.startsWith('cloudformation:') || type.startsWith('terraform:') || type.startsWith('typescript:');
}

/** The service a type belongs to by its name, for types without a row. */
function serviceOf(type: string): string {
  return (type.includes('::') ? type.split('::')[1] : type.split('_')[1])?.toLowerCase() ?? '';
}

function noteReferences(declaration: Declaration, referenced: ReferencedAddresses): void {
  switch (declaration.kind) {
    case 'policy':
      for (const statement of declaration.document.statements) {
        for (const text of statement.resource?.patterns ?? []) referenced.note(text.text);
        for (const text of statement.principal?.entries ?? []) referenced.note(text.text);
        for (const condition of statement.conditions) for (const text of condition.values) referenced.note(text.text);
      }
      for (const target of declaration.targets) referenced.note(target.name.text);
      return;
    case 'attachment':
      referenced.note(declaration.policy.text);
      for (const target of declaration.targets ?? []) referenced.note(target.name.text);
      return;
    case 'boundary':
      referenced.note(declaration.policy.text);
      return;
    case 'membership':
      for (const text of [...(declaration.users ?? []), ...(declaration.groups ?? [])]) referenced.note(text.text);
      return;
    case 'binding':
      referenced.note(declaration.role.text);
      return;
    case 'identity-link':
      if (declaration.through !== undefined) referenced.note(declaration.through.text);
      return;
    case 'share':
      for (const text of declaration.resources) referenced.note(text.text);
      return;
    case 'setting':
      if (declaration.target !== undefined) referenced.note(declaration.target.text);
      return;
    case 'entity':
      if (declaration.arn !== undefined) referenced.note(declaration.arn);
      return;
    default:
  }
}
