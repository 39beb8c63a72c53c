import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reporterOf } from '../../src/report/index.ts';
import { PLAIN } from '../../src/report/reporter.ts';
import { scan } from '../../src/scan.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const PICTURE_PATH = join(ROOT, 'docs/terminal.svg');

/** Lines of output that fit a picture. */
const LINES = 46;
const COLUMNS = 100;
const COLORS: ReadonlyMap<string, string> = new Map([
  ['30', '#1e1e2e'], ['31', '#f38ba8'], ['32', '#a6e3a1'], ['33', '#f9e2af'], ['34', '#89b4fa'], ['35', '#cba6f7'], ['36', '#94e2d5'], ['37', '#cdd6f4'], ['90', '#7f849c'],
]);

/** The README's picture: what `iamlint samples/cfn-stack` prints on a terminal, as an SVG made from the real output. */
export async function generatePicture(): Promise<string> {
  const { report } = await scan({ cwd: ROOT, paths: ['samples/cfn-stack'], useConfig: false, today: '2026-01-01' });
  const text = reporterOf('terminal')?.render(report, { ...PLAIN, color: true, width: COLUMNS }) ?? '';
  const lines = text.split('\n');
  const shown = [...lines.slice(0, LINES - 4), '', '\u001b[90m…\u001b[39m', '', ...lines.filter((line) => line.trim() !== '').slice(-2)];
  const rows = shown.map((line, index) => `<text x="16" y="${28 + index * 18}" xml:space="preserve">${spans(line)}</text>`);
  const height = 28 + shown.length * 18 + 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="860" height="${height}" viewBox="0 0 860 ${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#cdd6f4">
<rect width="860" height="${height}" rx="8" fill="#1e1e2e"/>
${rows.join('\n')}
</svg>
`;
}

/** ANSI colours and weights as spans. */
function spans(line: string): string {
  let color = '';
  let bold = false;
  let dim = false;
  let out = '';
  for (const piece of line.split(/(\u001b\[[0-9;]*m)/)) {
    const codes = /^\u001b\[([0-9;]*)m$/.exec(piece)?.[1]?.split(';');
    if (codes === undefined) {
      if (piece === '') continue;
      const style = `${color === '' ? '' : ` fill="${color}"`}${bold ? ' font-weight="bold"' : ''}${dim ? ' opacity="0.65"' : ''}`;
      out += `<tspan${style}>${escape(piece)}</tspan>`;
      continue;
    }
    for (const code of codes) {
      if (code === '0' || code === '') [color, bold, dim] = ['', false, false];
      else if (code === '1') bold = true;
      else if (code === '2') dim = true;
      else if (code === '22') [bold, dim] = [false, false];
      else if (code === '39') color = '';
      else color = COLORS.get(code) ?? color;
    }
  }
  return out;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
