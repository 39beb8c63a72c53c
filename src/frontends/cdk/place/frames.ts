/** One place of a stack trace, as the program recorded it. */
export interface Frame {
  /** The function, e.g. `new AppStack`. */
  readonly name: string;
  /** As recorded, mostly absolute on the machine that ran the program; `/` separators. */
  readonly file: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/**
 * The frames of a recorded stack that lie in the user's own code, innermost first. The CDK wraps library frames in dots
 * (`...new Role2 in aws-cdk-lib...`); full traces of older versions name the library files themselves.
 */
export function userFrames(recorded: readonly string[]): readonly Frame[] {
  return recorded.flatMap((text) => {
    const frame = parseFrame(text);
    return frame === undefined || /(^|\/)node_modules\//.test(frame.file) || frame.file.startsWith('node:') ? [] : [frame];
  });
}

/** `new AppStack (/app/lib/stack.ts:34:18)`, `/app/bin/app.ts:5:3`, either with a leading `at `; `undefined` for anything else. */
export function parseFrame(recorded: string): Frame | undefined {
  const text = recorded.trim().replace(/^at /, '');
  if (text.startsWith('...') || text.length > 4_000) return undefined;
  const open = text.endsWith(')') ? text.indexOf(' (') : -1;
  const place = open === -1 ? text : text.slice(open + 2, -1);
  const match = /^(.*):(\d{1,7}):(\d{1,7})$/.exec(place);
  if (match?.[1] === undefined || match[1] === '') return undefined;
  return { name: open === -1 ? '' : text.slice(0, open), file: plainPath(match[1]), line: Number(match[2]), column: Number(match[3]) };
}

function plainPath(file: string): string {
  const path = file.startsWith('file://') ? decoded(file.slice('file://'.length)) : file;
  return path.replaceAll('\\', '/');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
