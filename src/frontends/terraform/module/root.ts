import type { Problem } from '../../../core/problem.ts';
import type { Origin, Source } from '../../../core/source.ts';
import type { Scalar, Value } from '../../../core/value.ts';
import { newBudget } from '../evaluate/budget.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Frame, Interpreter, ModuleCall, ModuleInstance, Names, Overlay, ProviderFacts, RemoteStateConfig, UnreachableModule } from '../evaluate/interpreter.ts';
import type { Files, Scope } from '../../frontend.ts';
import { isOutside, joinPath } from '../paths.ts';
import type { Expression } from '../syntax/ast.ts';
import { parseTemplateText } from '../syntax/parse-hcl.ts';
import { unknownValue } from '../values/build.ts';
import { placeInScalar } from '../values/text.ts';
import { scopedName } from '../values/describe.ts';
import { rootInstance } from './calls.ts';
import type { ModuleDefinition, ResourceDefinition } from './definition.ts';
import type { ModuleLoader } from './load.ts';
import { createProviderFacts, DEFAULT_PROVIDER } from './providers.ts';

/** What an interpreter of a root is made of. */
export interface RootSettings {
  readonly definition: ModuleDefinition;
  readonly scope: Scope;
  readonly inputs: ReadonlyMap<string, Expression>;
  readonly loader: ModuleLoader;
  readonly files: Files;
  /** Module folders by call trail, from `.terraform/modules/modules.json`. */
  readonly installed: ReadonlyMap<string, string>;
  readonly report: (problem: Problem) => void;
  readonly remoteOutputs: (config: RemoteStateConfig, at: Origin) => Value | undefined;
  readonly overlay?: Overlay;
  /** In place of the folders of the run: the modules of a plan's configuration. */
  readonly moduleAt?: Interpreter['moduleAt'];
  /** What is known beside the provider blocks. */
  readonly providerFacts?: (facts: ProviderFacts, module: ModuleInstance, resource: ResourceDefinition) => ProviderFacts;
}

/** Makes the interpreter of a root module. Nothing is evaluated before it is asked for. */
export function createInterpreter(settings: RootSettings): Interpreter {
  const { definition, scope } = settings;
  const fileMemo = new Map<string, ReturnType<Files['read']>>();
  const inputs = new Map<string, { readonly expression: Expression; readonly frame: Frame }>();
  const root = rootInstance(definition, inputs);
  const interpreter: Interpreter = {
    scope,
    root,
    folder: definition.folder,
    budget: newBudget(),
    instances: new Map(),
    evaluate,
    evaluateTemplate,
    readFile: (path) => readFile(joinPath(definition.folder, path), settings.files, fileMemo),
    listFiles: (folder) => listFiles(joinPath(definition.folder, folder), settings.files),
    report: settings.report,
    moduleAt: settings.moduleAt ?? ((caller, call) => moduleAt(caller, call, settings)),
    overlay: settings.overlay,
    remoteOutputs: settings.remoteOutputs,
    providerFacts: (module, resource) => {
      const own = ownFacts(module, resource);
      // A configured deployment says where the default provider works, whatever its block says.
      const facts = own.name === DEFAULT_PROVIDER ? { name: own.name, account: scope.account ?? own.account, region: scope.region ?? own.region } : own;
      return settings.providerFacts?.(facts, module, resource) ?? facts;
    },
  };
  const ownFacts = createProviderFacts(() => interpreter);
  const frame: Frame = { interpreter, module: root, names: undefined, closed: true };
  for (const [name, expression] of settings.inputs) inputs.set(name, { expression, frame });
  return interpreter;
}

function readFile(path: string, files: Files, memo: Map<string, ReturnType<Files['read']>>): ReturnType<Files['read']> {
  if (isOutside(path)) return 'outside-root';
  const known = memo.get(path) ?? files.read(path);
  memo.set(path, known);
  return known;
}

function listFiles(folder: string, files: Files): readonly string[] {
  return isOutside(folder) ? [] : files.list(folder);
}

/** Parsed per call: the same template with the same names is rare. */
function evaluateTemplate(text: Scalar, names: Names | undefined, frame: Frame): Value {
  const { source } = text.origin;
  const place = text.place === undefined && text.origin.start === 0 && text.text === source.text ? undefined : (offset: number) => placeInScalar(text, offset);
  const { expression, problems } = parseTemplateText(source, text.text, place);
  const fault = problems[0];
  if (fault !== undefined) {
    frame.interpreter.report({ ...fault, code: 'unresolved-value' });
    return unknownValue('invalid-template', scopedName(frame.interpreter.scope.id, `the template ${source.path}`), text.origin, 'text');
  }
  return evaluate(expression, { interpreter: frame.interpreter, module: frame.module, names, closed: true });
}

function moduleAt(caller: ModuleInstance, call: ModuleCall, settings: RootSettings): ModuleDefinition | UnreachableModule {
  const folder = folderOfCall(caller, call, settings);
  if (folder === undefined) return unreachable(call, settings, `module \`${call.name}\` comes from \`${call.source ?? '?'}\`, which is not in reach: what it declares is not judged`, 'unresolved-value');
  for (let module: ModuleInstance | undefined = caller; module !== undefined; module = module.parent) {
    if (module.definition.folder === folder) return unreachable(call, settings, `module \`${call.name}\` calls itself`, 'cyclic-reference');
  }
  if (isOutside(folder)) return unreachable(call, settings, `module \`${call.name}\` lies outside the root and is not read`, 'path-outside-root');
  return settings.loader.load(folder) ?? unreachable(call, settings, `module \`${call.name}\` is not there: \`${call.source ?? ''}\` holds no configuration`, 'missing-file');
}

function folderOfCall(caller: ModuleInstance, call: ModuleCall, settings: RootSettings): string | undefined {
  const local = localFolder(caller.definition.folder, call.source);
  if (local !== undefined) return local;
  const installed = settings.installed.get([...caller.trail, call.name].join('.'));
  return installed === undefined ? undefined : joinPath(settings.definition.folder, installed);
}

/** The folder a local module source names; `undefined` for sources that are fetched. */
export function localFolder(folder: string, source: string | undefined): string | undefined {
  return source !== undefined && /^\.{1,2}([/\\]|$)/.test(source) ? joinPath(folder, source) : undefined;
}

function unreachable(call: ModuleCall, settings: RootSettings, message: string, code: Problem['code']): UnreachableModule {
  settings.report({ code, message, origin: call.origin });
  return { kind: 'unreachable', name: call.source ?? call.name };
}

/** Reads `.terraform/modules/modules.json`: where each call's module was installed. */
export function installedModules(source: Source | undefined): ReadonlyMap<string, string> {
  const installed = new Map<string, string>();
  for (const entry of manifestEntries(source)) {
    if (typeof entry !== 'object' || entry === null || !('Key' in entry) || !('Dir' in entry)) continue;
    const { Key: key, Dir: folder } = entry;
    if (typeof key === 'string' && typeof folder === 'string' && key !== '') installed.set(key, folder);
  }
  return installed;
}

function manifestEntries(source: Source | undefined): readonly unknown[] {
  if (source === undefined) return [];
  try {
    const parsed: unknown = JSON.parse(source.text);
    if (typeof parsed === 'object' && parsed !== null && 'Modules' in parsed && Array.isArray(parsed.Modules)) return parsed.Modules;
  } catch {
    // Not a manifest: the modules it would name stay out of reach, and are reported as such.
  }
  return [];
}
