import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import type { Problem } from '../core/problem.ts';
import { Source, wholeSource } from '../core/source.ts';
import { kindOf, sizeLimit } from './candidate.ts';
import { decodeText, isBinary } from './decode.ts';
import type { InputFile } from './discover.ts';

/** The texts of files, in their order, and what could not be read: `input-too-large`, `unreadable-input`, `unsupported-construct`. */
export function readSources(files: readonly InputFile[]): { readonly sources: readonly Source[]; readonly problems: readonly Problem[] } {
  const sources: Source[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const read = readInput(file);
    if (read.kind === 'text') sources.push(new Source(file.path, read.text));
    else if (read.kind === 'problem') problems.push({ code: read.code, message: read.message, origin: wholeSource(new Source(file.path, '')) });
  }
  return { sources, problems };
}

type Read =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problem'; readonly code: Problem['code']; readonly message: string }
  /** Of a kind that happens to share an input's name. */
  | { readonly kind: 'other' };

function readInput(file: InputFile): Read {
  try {
    const size = statSync(file.absolute).size;
    const limit = sizeLimit(posix.basename(file.path));
    if (size > limit) return tooLarge(file, size, limit);
    const bytes = readFileSync(file.absolute);
    const text = decodeText(bytes);
    if (text === undefined) return binary(file, bytes);
    return file.named || isMeant(file.path, text) ? { kind: 'text', text } : { kind: 'other' };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { kind: 'problem', code: 'unreadable-input', message: `the file cannot be read: ${reason}` };
  }
}

/** Is a file found in a folder what its name says? TypeScript is looked at only where it uses the CDK, `.out` only where it is JSON. */
function isMeant(path: string, text: string): boolean {
  if (kindOf(posix.basename(path)) === 'typescript') return text.includes('aws-cdk-lib') || text.includes('@aws-cdk/');
  return !path.endsWith('.out') || /^\ufeff?\s*[{[]/.test(text);
}

function tooLarge(file: InputFile, size: number, limit: number): Read {
  if (!file.named && canBeBinary(file.path) && isBinary(headOf(file.absolute))) return { kind: 'other' };
  const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;
  return { kind: 'problem', code: 'input-too-large', message: `the file has ${megabytes(size)}; files of its kind are read up to ${megabytes(limit)}` };
}

function binary(file: InputFile, bytes: Buffer): Read {
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (zipped && (file.named || file.path.endsWith('.tfplan'))) {
    const message = 'this is a binary plan; give the output of `terraform show -json` on it';
    return { kind: 'problem', code: file.named ? 'unreadable-input' : 'unsupported-construct', message };
  }
  if (!file.named && canBeBinary(file.path)) return { kind: 'other' };
  return { kind: 'problem', code: 'unreadable-input', message: 'the file is binary' };
}

/** Linkers write `a.out`, cameras write `.ts`. */
function canBeBinary(path: string): boolean {
  return path.endsWith('.out') || path.endsWith('.tfplan') || kindOf(posix.basename(path)) === 'typescript';
}

function headOf(path: string): Buffer {
  const head = Buffer.alloc(8000);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head));
  } finally {
    closeSync(file);
  }
}
