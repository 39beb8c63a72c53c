import type { Origin, Source } from '../../../core/source.ts';
import type { Files } from '../../frontend.ts';
import { folderOf, joinPath, nameOf, parentFolder } from '../paths.ts';
import type { Frame } from './frames.ts';
import { mapReference, originalPlace } from './source-map.ts';

/** Finds the places of stack frames in the files of this checkout. */
export interface FrameLocator {
  /** The place of the innermost frame that is in the checkout and still fits its text. */
  readonly locate: (frames: readonly Frame[]) => Origin | undefined;
}

/** Frames name paths of the machine that ran the program; more trailing folders than this are not compared. */
const MAX_SEGMENTS = 24;
const MAX_FRAMES = 20;

/** `folder`: the app's folder, from which upwards a recorded path is looked for. */
export function createFrameLocator(folder: string, files: Files): FrameLocator {
  const listed = new Map<string, ReadonlySet<string>>();
  const found = new Map<string, string | undefined>();
  const exists = (path: string): boolean => {
    const parent = folderOf(path);
    const names = listed.get(parent) ?? new Set(files.list(parent));
    listed.set(parent, names);
    return names.has(nameOf(path));
  };
  const read = (path: string): Source | undefined => {
    const source = files.read(path);
    return typeof source === 'string' ? undefined : source;
  };
  const project = (recorded: string): string | undefined => {
    if (!found.has(recorded)) found.set(recorded, checkoutPath(recorded, folder, { read, exists }));
    return found.get(recorded);
  };
  return {
    locate: (frames) => {
      for (const frame of frames.slice(0, MAX_FRAMES)) {
        const path = project(frame.file);
        const origin = path === undefined ? undefined : placeIn(path, frame, { read, exists });
        if (origin !== undefined) return origin;
      }
      return undefined;
    },
  };
}

interface Reading {
  readonly read: (path: string) => Source | undefined;
  readonly exists: (path: string) => boolean;
}

/**
 * The file of the checkout that shares the longest tail with a recorded path, looked for in the app's folder and those above it.
 * One above the project root that holds the same text is the same file by a longer name.
 */
function checkoutPath(recorded: string, folder: string, { read, exists }: Reading): string | undefined {
  const segments = recorded.split('/').filter((segment) => segment !== '' && segment !== '.').slice(-MAX_SEGMENTS);
  if (segments.includes('..')) return undefined;
  let best: { readonly path: string; readonly shared: number } | undefined;
  for (const base of bases(folder)) {
    const above = base === '' ? [] : base.split('/');
    for (let take = segments.length; take > 0; take -= 1) {
      const path = [...above, ...segments.slice(-take)].join('/');
      if (!exists(path)) continue;
      // Folders of the base that the recorded path has too count as shared.
      const shared = take + commonTail(above, segments.slice(0, -take));
      if (best === undefined || (shared > best.shared && read(path)?.text !== read(best.path)?.text)) best = { path, shared };
      break;
    }
  }
  return best?.path;
}

/** The app's folder and those above it, out of the project root as far as a repository with several packages may go. */
function bases(folder: string): readonly string[] {
  const all: string[] = [];
  for (let base = folder; all.length < MAX_SEGMENTS && !base.startsWith('../../../..'); base = parentFolder(base)) all.push(base);
  return all;
}

function commonTail(left: readonly string[], right: readonly string[]): number {
  let shared = 0;
  while (shared < left.length && shared < right.length && left.at(-1 - shared) === right.at(-1 - shared)) shared += 1;
  return shared;
}

function placeIn(path: string, frame: Frame, reading: Reading): Origin | undefined {
  const source = reading.read(path);
  if (source === undefined) return undefined;
  if (/\.[mc]?jsx?$/.test(path)) {
    const mapped = mappedPlace(source, frame, reading);
    if (mapped !== undefined) return mapped;
    // Compiled code without a map is not what a person edits.
    if (['.ts', '.mts', '.cts', '.tsx'].some((ending) => reading.exists(path.replace(/\.[mc]?jsx?$/, ending)))) return undefined;
  }
  return spanAt(source, frame.line, frame.column);
}

function mappedPlace(script: Source, frame: Frame, reading: Reading): Origin | undefined {
  const reference = mapReference(script);
  const mapPath = reference?.kind === 'file' ? named(folderOf(script.path), reference.path) : `${script.path}.map`;
  const map = reference?.kind === 'text' ? reference.text : mapPath === undefined ? undefined : reading.read(mapPath)?.text;
  const place = map === undefined ? undefined : originalPlace(map, frame.line, frame.column);
  // Sources are named relative to the map, which inside a script is the script's own place.
  const path = place === undefined ? undefined : named(folderOf(reference?.kind === 'text' ? script.path : (mapPath ?? script.path)), place.source);
  const source = path === undefined ? undefined : reading.read(path);
  return source === undefined || place === undefined ? undefined : spanAt(source, place.line, place.column);
}

/** A path that a script or map names; nothing absolute, and no URL. */
function named(folder: string, path: string): string | undefined {
  return path.startsWith('/') || /^[a-z]+:/i.test(path) ? undefined : joinPath(folder, path);
}

/**
 * From a frame's place to the end of its line. A place where no expression begins shows that the text has changed since:
 * a wrong line would be worse than the next best answer.
 */
function spanAt(source: Source, line: number, column: number): Origin | undefined {
  const text = source.line(line);
  if (text === undefined || !/^[A-Za-z_$#([]/.test(text.slice(column - 1))) return undefined;
  const start = source.offset(line, column);
  return { source, start, end: start + text.slice(column - 1).trimEnd().length };
}
