import { both } from '../../core/guard.ts';
import type { Origin } from '../../core/source.ts';
import { itemsOf, knownText, property, textValue, type Value } from '../../core/value.ts';
import { child, childText, type MappingNode, type Node } from '../../parse/node.ts';
import type { Scope, Template } from '../frontend.ts';
import { conditionGuard } from './conditions.ts';
import { type RawResource, resolve, type TemplateContext } from './context.ts';
import { embeddedTemplate } from './embedded-template.ts';
import { isRemote, resolvePath } from './include.ts';
import { type OpenOptions } from './stacks.ts';

/** Deeper nesting of stacks than this is refused: CloudFormation itself allows far less. */
const MAX_DEPTH = 10;
/** A stack set is modelled in at most this many accounts. */
const MAX_ACCOUNTS = 50;

/** How templates are opened, whole files and trees. */
interface Openers {
  readonly open: (options: OpenOptions) => readonly Template[];
  readonly openRoot: (root: MappingNode, options: OpenOptions) => readonly Template[];
}

export interface NestedStacks {
  /** The templates below a nested stack, the stack's own first; opened once. */
  readonly open: (logicalId: string) => readonly Template[];
}

/** Opens nested stacks whose template is a file of the project, with the parameters their parent gives. */
export function nestedStacks(context: TemplateContext, options: OpenOptions, openers: Openers): NestedStacks {
  const opened = new Map<string, readonly Template[]>();
  return {
    open: (logicalId) => {
      const known = opened.get(logicalId);
      if (known !== undefined) return known;
      // A stack whose parameters need its own outputs meets itself here.
      opened.set(logicalId, []);
      const resource = context.stack.sections.resources.get(logicalId);
      const templates = resource?.type === 'AWS::CloudFormation::Stack' ? openStack(resource, options, openers) : [];
      opened.set(logicalId, templates);
      return templates;
    },
  };
}

function openStack(resource: RawResource, options: OpenOptions, openers: Openers): readonly Template[] {
  const { logicalId, body } = resource;
  const properties = child(body, 'Properties');
  const context = within(resource, options);
  if (properties === undefined || context === undefined) return [];
  const url = child(properties, 'TemplateURL');
  const path = options.nestedPath?.(logicalId, body) ?? localPath(url, context);
  const root = path === undefined ? bodyTemplate(properties, context) : undefined;
  if (path === undefined && root === undefined) return [];
  const parameters = child(properties, 'Parameters');
  const { scope } = context.stack;
  const target: Target = {
    scope: { ...scope, id: `${scope.id}/${logicalId}`, name: `${scope.name}/${logicalId}` },
    given: parameters === undefined ? new Map() : asMap(resolve(parameters, context)),
    givenOpenly: parameters === undefined ? new Map() : asMap(resolve(parameters, { ...context, symbolic: true })),
    at: url ?? body,
  };
  return path === undefined ? openTree(root, target, context, options, openers) : openFile(path, target, context, options, openers);
}

/** The template that stands in `TemplateBody`, as a mapping or as a text. */
function bodyTemplate(properties: Node, context: TemplateContext): MappingNode | undefined {
  const body = child(properties, 'TemplateBody');
  if (body === undefined) return undefined;
  return body.kind === 'mapping' && child(body, 'Resources') !== undefined ? body : embeddedTemplate(resolve(body, context), context);
}

/** Where a nested template goes, and with what. */
interface Target {
  readonly scope: Scope;
  readonly given: ReadonlyMap<string, Value>;
  readonly givenOpenly: ReadonlyMap<string, Value>;
  readonly at: Origin;
}

/** The templates of a stack set, once for each account it names; with organizational units as targets the account is not known. */
export function stackSetTemplates(resource: RawResource, options: OpenOptions, openers: Openers): readonly Template[] {
  if (resource.type !== 'AWS::CloudFormation::StackSet') return [];
  const { logicalId, body } = resource;
  const context = within(resource, options);
  const node = child(body, 'Properties');
  if (node === undefined || context === undefined) return [];
  const properties = resolve(node, context);
  const path = localPath(child(node, 'TemplateURL'), context);
  const root = path === undefined ? bodyTemplate(node, context) : undefined;
  return targetsOf(properties, context.stack.scope).flatMap(({ account, region }) => {
    const { scope } = context.stack;
    const target: Target = {
      scope: { ...scope, id: `${scope.id}/${logicalId}${account === undefined ? '' : `@${account}`}`, name: `${scope.name}/${logicalId}`, account, region },
      given: stackSetParameters(properties),
      givenOpenly: stackSetParameters(resolve(node, { ...context, symbolic: true })),
      at: node,
    };
    return path === undefined ? openTree(root, target, context, options, openers) : openFile(path, target, context, options, openers);
  });
}

/** Accounts that the deployment targets name, each with the first region. */
function targetsOf(properties: Value, scope: Scope): readonly { readonly account: string | undefined; readonly region: string | undefined }[] {
  const accounts = new Map<string, string | undefined>();
  let open = false;
  for (const group of itemsOf(property(properties, 'StackInstancesGroup'))) {
    const targets = property(group, 'DeploymentTargets');
    const region = knownText(itemsOf(property(group, 'Regions'))[0]);
    const named = itemsOf(property(targets, 'Accounts')).map(knownText);
    for (const account of named) {
      if (account !== undefined && /^\d{12}$/.test(account)) accounts.set(account, accounts.get(account) ?? region);
      else open = true;
    }
    if (named.length === 0) open = true;
  }
  const known = [...accounts].slice(0, MAX_ACCOUNTS).map(([account, region]) => ({ account, region }));
  return known.length === 0 || open ? [...known, { account: undefined, region: scope.region }] : known;
}

function stackSetParameters(properties: Value): ReadonlyMap<string, Value> {
  const given = new Map<string, Value>();
  for (const item of itemsOf(property(properties, 'Parameters'))) {
    const key = knownText(property(item, 'ParameterKey'));
    const value = property(item, 'ParameterValue');
    if (key !== undefined && value !== undefined) given.set(key, value);
  }
  return given;
}

/** The context of a resource's own properties; `undefined` when its condition never holds. */
function within(resource: RawResource, options: OpenOptions): TemplateContext | undefined {
  const condition = childText(resource.body, 'Condition');
  if (condition === undefined) return resource.context;
  const own = conditionGuard(condition, true, resource.context);
  const assumed = own === undefined ? undefined : both(options.when, own);
  return assumed === undefined ? undefined : { ...resource.context, assumed };
}

function openFile(path: string, target: Target, context: TemplateContext, options: OpenOptions, openers: Openers): readonly Template[] {
  const { report } = context.stack;
  const { scope, given, givenOpenly } = target;
  const origin = placeOf(target.at);
  const ancestors = [...(options.ancestors ?? []), options.source.path];
  if (ancestors.includes(path) || ancestors.length > MAX_DEPTH) {
    report({ code: 'cyclic-reference', message: `nested stack \`${scope.name}\` contains itself (\`${path}\`); it is not opened again`, origin });
    return [];
  }
  const source = options.files.read(path);
  if (typeof source === 'string') {
    const code = source === 'outside-root' ? 'path-outside-root' : source === 'too-large' ? 'input-too-large' : 'missing-file';
    report({ code, message: `the template \`${path}\` of nested stack \`${scope.name}\` cannot be read (${source})`, origin });
    return [];
  }
  return take(options, origin, context) ? openers.open({ ...options, source, scope, given, givenOpenly, when: context.assumed, ancestors }) : [];
}

function openTree(root: MappingNode | undefined, target: Target, context: TemplateContext, options: OpenOptions, openers: Openers): readonly Template[] {
  if (root === undefined || !take(options, target.at, context)) return [];
  const { nestedPath: _nestedPath, ...rest } = options;
  return openers.openRoot(root, { ...rest, scope: target.scope, given: target.given, givenOpenly: target.givenOpenly, when: context.assumed });
}

function take(options: OpenOptions, at: Origin, context: TemplateContext): boolean {
  const { family } = options;
  if (family === undefined || family.remaining > 0) {
    if (family !== undefined) family.remaining -= 1;
    return true;
  }
  context.stack.report({ code: 'bound-reached', message: 'too many nested stacks; the rest is not read', origin: placeOf(at) });
  return false;
}

function placeOf(at: Origin): Origin {
  return { source: at.source, start: at.start, end: at.end };
}

function localPath(url: Node | undefined, context: TemplateContext): string | undefined {
  const text = url === undefined ? undefined : knownText(resolve(url, context));
  return text === undefined || text === '' || isRemote(text) || url === undefined ? undefined : resolvePath(url.source.path, text);
}

function asMap(given: Value | undefined): ReadonlyMap<string, Value> {
  if (given?.kind !== 'map') return new Map();
  return new Map(given.entries.map((entry) => [entry.key, joined(entry.value)]));
}

/** A stack's parameters are texts: a list given for one is joined, as CloudFormation requires the template to do. */
function joined(value: Value): Value {
  if (value.kind !== 'list') return value;
  const texts = value.items.map(knownText);
  return texts.includes(undefined) ? value : textValue(texts.join(','), value.origin);
}

