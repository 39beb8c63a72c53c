import { randomUUID } from 'node:crypto';
import { decodeText } from '../read/decode.ts';
import { type CliContext, type Output, UsageError } from './context.ts';

/** The world of a Node process; the caller brings what the program does. */
export function nodeContext(program: Pick<CliContext, 'version' | 'dataDate' | 'rules' | 'scan'>): CliContext {
  return {
    ...program,
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    readStdin,
    secretWord: randomUUID,
  };
}

/** Waits for the reader, so that a pipe is neither cut off nor piled up; a reader that has gone (`| head`) ends the writing. */
function outputOf(stream: NodeJS.WriteStream): Output {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    gone = true;
  });
  return {
    isTTY: stream.isTTY === true,
    columns: stream.columns,
    write: (text) =>
      new Promise((resolve) => {
        if (gone || text === '') resolve();
        else stream.write(text, () => resolve());
      }),
  };
}

async function readStdin(): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  const text = decodeText(Buffer.concat(chunks));
  if (text === undefined) throw new UsageError('stdin is binary');
  return text;
}
