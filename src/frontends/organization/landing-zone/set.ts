import type { Problem } from '../../../core/problem.ts';
import type { Origin, Source } from '../../../core/source.ts';
import { knownText, property, type Value } from '../../../core/value.ts';
import type { FrontendContext } from '../../frontend.ts';
import { folderOf, joinPath } from '../paths.ts';
import { type Dialect, readValue } from '../read.ts';
import { partitionOfRegion, unknownOf } from '../values.ts';
import { type LandingZoneAccount, readAccounts } from './accounts.ts';
import { lookupIn } from './replacements.ts';
import type { ConfigurationFile } from './scopes.ts';

/** One configuration set, its files read. */
export interface LandingZone {
  readonly folder: string;
  readonly root: (file: ConfigurationFile) => Value | undefined;
  /** `undefined` when the accounts are not in reach. */
  readonly accounts: readonly LandingZoneAccount[] | undefined;
  readonly management: LandingZoneAccount | undefined;
  readonly partition: string;
  /** The document in a file that the set names; unknown when it cannot be read, which is reported. */
  readonly document: (path: Value, account: LandingZoneAccount | undefined) => Value;
  /** The set's own files, for the comments in them. */
  readonly sources: () => readonly Source[];
  readonly report: (problem: Problem) => void;
}

/** Files that include each other end somewhere. */
const MAX_INCLUDES = 20;

/** Reads the set in a folder: from the run's sources, else from disk. Files that are missing are simply not known. */
export function openSet(folder: string, sources: ReadonlyMap<string, Source>, context: FrontendContext): LandingZone {
  const loader = createLoader(folder, sources, context);
  const accounts = readAccounts(loader.root('accounts-config.yaml'));
  loader.know(accounts);
  const region = knownText(property(loader.root('global-config.yaml'), 'homeRegion'));
  return {
    folder,
    root: loader.root,
    accounts,
    management: accounts?.find((account) => account.isManagement),
    partition: region === undefined ? 'aws' : partitionOfRegion(region),
    document: loader.document,
    sources: loader.sources,
    report: context.report,
  };
}

interface Loader {
  readonly root: (file: ConfigurationFile) => Value | undefined;
  readonly document: LandingZone['document'];
  readonly sources: LandingZone['sources'];
  /** Accounts become known after their own file was read. */
  readonly know: (accounts: readonly LandingZoneAccount[] | undefined) => void;
}

function createLoader(folder: string, sources: ReadonlyMap<string, Source>, context: FrontendContext): Loader {
  const roots = new Map<string, Value | undefined>();
  const open = new Set<string>();
  const read: Source[] = [];
  let accounts: readonly LandingZoneAccount[] | undefined;

  const fileAt: FileAt = (path) => sources.get(path) ?? context.files.read(path);
  const dialectFor = (path: string, account: LandingZoneAccount | undefined): Dialect => ({
    lookup: (name, at) => lookupIn({ folder, root, accounts, account }, name, at),
    tagged: (tag, node, at) => (tag.toLowerCase() === '!include' && node.kind === 'scalar' ? readNamed(joinPath(folderOf(path), node.text), at, undefined) : undefined),
  });
  const readNamed = (path: string, at: Origin, account: LandingZoneAccount | undefined): Value => {
    const missing = unknownOf('missing-file', `${folder}#${path}`, at, 'any');
    if (open.has(path) || open.size > MAX_INCLUDES) return missing;
    const source = fileAt(path);
    if (typeof source === 'string') {
      const code = source === 'outside-root' ? 'path-outside-root' : source === 'too-large' ? 'input-too-large' : 'missing-file';
      context.report({ code, message: `\`${path}\` is named here but cannot be read (${source})`, origin: at });
      return missing;
    }
    open.add(path);
    const value = readValue(source, dialectFor(path, account), context.report);
    open.delete(path);
    return value ?? missing;
  };
  const root = (file: ConfigurationFile): Value | undefined => {
    const path = `${folder}${file}`;
    if (roots.has(path)) return roots.get(path);
    roots.set(path, undefined);
    const source = fileAt(path);
    if (typeof source === 'string') return undefined;
    read.push(source);
    roots.set(path, readValue(source, dialectFor(path, undefined), context.report));
    return roots.get(path);
  };
  return { root, document: documentReader(folder, fileAt, readNamed), sources: () => read, know: (found) => void (accounts = found) };
}

type FileAt = (path: string) => Source | 'missing' | 'outside-root' | 'too-large';

/** Gives the documents that a set names, each read once unless it speaks of the account it is deployed to. */
function documentReader(folder: string, fileAt: FileAt, read: (path: string, at: Origin, account: LandingZoneAccount | undefined) => Value): LandingZone['document'] {
  const documents = new Map<string, Value>();
  return (path, account) => {
    const text = knownText(path);
    if (text === undefined) return unknownOf('missing-file', `${folder}#policy file`, path.origin, 'any');
    const full = joinPath(folder, text);
    const source = fileAt(full);
    const own = typeof source !== 'string' && /\$\{ACCOUNT_(ID|NAME)\}/.test(source.text);
    const key = own ? `${full}@${account?.name ?? ''}` : full;
    const known = documents.get(key);
    if (known !== undefined) return known;
    const value = read(full, path.origin, account);
    documents.set(key, value);
    return value;
  };
}
