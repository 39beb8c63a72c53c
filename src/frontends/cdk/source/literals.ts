import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Scalar } from '../../../core/value.ts';
import { lastWord, type TypeScriptFile } from '../typescript/file-facts.ts';
import type { TypeScriptParser } from '../typescript/parser.ts';

/** A string of the sources in which a credential may be written. */
export interface FoundLiteral {
  readonly value: Scalar;
  /** The name it is given to, e.g. `secretAccessKey`; '' when it has none. */
  readonly name: string;
}

/** More than this of one file are data, not code. */
const MAX_LITERALS = 200;
const KEY_ID = /(^|[^A-Za-z0-9])(AKIA|ASIA)[A-Z0-9]{16}($|[^A-Za-z0-9])/;
const KEY_LIKE = /^[A-Za-z0-9/+]{40}$/;
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/;
/** The last word says what is held: `secretName` and `tokenUrl` hold no secret. */
const SECRET_NAME = /(secret|passwd|password|token|api_?key|access_?key(_?id)?|credentials?)(_?(value|text|string))?$/i;

/**
 * Strings that look like a credential, or are given to something named like one. Rules judge them; here they are only found,
 * so that not every string of an app becomes a resource.
 */
export function credentialLiterals(file: TypeScriptFile, parser: TypeScriptParser): readonly FoundLiteral[] {
  const found: FoundLiteral[] = [];
  const enter = (node: TSESTree.Node): void => {
    const literal = found.length >= MAX_LITERALS ? undefined : literalOf(node, file);
    if (literal === undefined) return;
    const name = nameGiven(node);
    if (KEY_ID.test(literal.text) || KEY_LIKE.test(literal.text) || PRIVATE_KEY.test(literal.text) || (SECRET_NAME.test(name) && isOpaque(literal.text))) found.push({ value: literal, name });
  };
  parser.simpleTraverse(file.program, { enter }, false);
  return found;
}

function literalOf(node: TSESTree.Node, file: TypeScriptFile): Scalar | undefined {
  const written = node.type === 'Literal' && typeof node.value === 'string' ? node.value : node.type === 'TemplateLiteral' && node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
  if (written === undefined || written.length < 6 || written.length > 10_000) return undefined;
  if (node.parent?.type === 'ImportDeclaration' || node.parent?.type === 'ExportAllDeclaration') return undefined;
  return { kind: 'scalar', text: written, type: 'string', origin: { source: file.source, start: node.range[0] + 1, end: node.range[1] - 1 } };
}

/** A word without spaces that is no ARN, path, variable or dynamic reference: names of secrets are no secrets. */
function isOpaque(text: string): boolean {
  return text.length >= 16 && !/[\s{}$<>:]/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text) && !text.startsWith('/');
}

function nameGiven(node: TSESTree.Node): string {
  const { parent } = node;
  switch (parent?.type) {
    case 'Property':
      return parent.value === node ? (lastWord(parent.key) ?? (parent.key.type === 'Literal' ? String(parent.key.value) : '')) : '';
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? parent.id.name : '';
    case 'AssignmentExpression':
      return lastWord(parent.left) ?? '';
    case 'CallExpression':
      // `SecretValue.unsafePlainText('…')` says itself that it is one.
      return lastWord(parent.callee) === 'unsafePlainText' ? 'secret' : '';
    case 'PropertyDefinition':
      return lastWord(parent.key) ?? '';
    default:
      return '';
  }
}
