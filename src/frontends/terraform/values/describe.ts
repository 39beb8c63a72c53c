import type { Value } from '../../../core/value.ts';

/** Longer descriptions are cut and told apart by a checksum. */
const MAX_LENGTH = 240;

/**
 * A value as a short canonical text: equal texts mean equal values within one root. It names what is not known
 * (`var.env`, `replace(var.url,"https://","")`) and never shows the scope.
 */
export function describe(value: Value): string {
  const out: Output = { text: '', checksum: 0x811c9dc5, left: 4000 };
  write(value, out);
  return out.text.length <= MAX_LENGTH && out.left > 0 ? out.text : `${out.text.slice(0, MAX_LENGTH)}…${(out.checksum >>> 0).toString(16)}`;
}

/** The part of an unknown's name behind its scope. */
export function bareName(name: string): string {
  return name.slice(name.lastIndexOf('#') + 1);
}

/** A name within a scope. `#` divides the two, so the text itself may hold none. */
export function scopedName(scopeId: string, text: string): string {
  return `${scopeId}#${text.replaceAll('#', '%23')}`;
}

interface Output {
  text: string;
  checksum: number;
  left: number;
}

function put(out: Output, text: string): void {
  for (let index = 0; index < text.length && index < 1000; index += 1) out.checksum = Math.imul(out.checksum ^ text.charCodeAt(index), 0x01000193);
  if (out.text.length <= MAX_LENGTH) out.text += text;
}

function write(value: Value, out: Output): void {
  out.left -= 1;
  if (out.left < 0) return;
  switch (value.kind) {
    case 'scalar':
      put(out, value.type === 'string' ? JSON.stringify(value.text.length > 1000 ? value.text.slice(0, 1000) : value.text) : value.text);
      return;
    case 'unknown':
      put(out, bareName(value.name));
      return;
    case 'reference':
      put(out, value.attribute === '' ? value.address : `${value.address}.${value.attribute}`);
      return;
    case 'concat':
      put(out, '"');
      for (const part of value.parts) writePart(part, out);
      put(out, '"');
      return;
    case 'list':
      writeAll('[', value.items, ']', out);
      return;
    case 'map':
      put(out, '{');
      for (const entry of value.entries) {
        put(out, `${entry.key}=`);
        write(entry.value, out);
        put(out, ',');
      }
      put(out, '}');
      return;
    case 'choice':
      put(out, `(${value.options.map((option) => option.when.map((literal) => literal.label).join('&')).join('|')})`);
      writeAll('?', value.options.map((option) => option.value), '', out);
      return;
    case 'absent':
      put(out, 'null');
  }
}

function writeAll(open: string, values: readonly Value[], close: string, out: Output): void {
  put(out, open);
  for (const value of values) {
    write(value, out);
    put(out, ',');
  }
  put(out, close);
}

function writePart(part: Value, out: Output): void {
  if (part.kind === 'scalar') put(out, part.text);
  else {
    put(out, '${');
    write(part, out);
    put(out, '}');
  }
}
