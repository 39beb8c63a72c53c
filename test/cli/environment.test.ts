import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../src/cli/environment.ts';

const output = (isTTY: boolean, columns?: number) => ({ isTTY, columns, write: async () => {} });
const of = (env: Record<string, string>, tty = false, color?: 'auto' | 'always' | 'never') => environmentOf(env, output(tty, 90), output(tty), color);

describe('colour', () => {
  it.each([
    [{}, false, undefined, false],
    [{}, true, undefined, true],
    [{ TERM: 'dumb' }, true, undefined, false],
    [{ NO_COLOR: '1' }, true, undefined, false],
    [{ NO_COLOR: '' }, true, undefined, true],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, undefined, false],
    [{ NO_COLOR: '1' }, false, 'always', true],
    [{ FORCE_COLOR: '1' }, true, 'never', false],
    [{ FORCE_COLOR: '1' }, false, undefined, true],
    [{ FORCE_COLOR: '0' }, false, undefined, false],
    [{ CLICOLOR_FORCE: '1' }, false, undefined, true],
    [{ GITHUB_ACTIONS: 'true' }, false, undefined, true],
    [{ GITHUB_ACTIONS: 'true', NO_COLOR: '1' }, false, undefined, false],
  ] as const)('%j, terminal %s, --color %s: %s', (env, tty, color, expected) => {
    expect(of(env, tty, color).color).toBe(expected);
  });
});

describe('links', () => {
  it.each([
    [{}, true, false],
    [{ TERM_PROGRAM: 'WezTerm' }, true, true],
    [{ VTE_VERSION: '7200' }, true, true],
    [{ VTE_VERSION: '4600' }, true, false],
    [{ WT_SESSION: 'x' }, true, true],
    [{ WT_SESSION: 'x' }, false, false],
    [{ WT_SESSION: 'x', CI: '1' }, true, false],
    [{ FORCE_HYPERLINK: '1' }, true, true],
    [{ FORCE_HYPERLINK: '0', WT_SESSION: 'x' }, true, false],
  ] as const)('%j, terminal %s: %s', (env, tty, expected) => {
    expect(of(env, tty).links).toBe(expected);
  });
});

it('knows GitHub Actions, the width, and whether somebody watches', () => {
  expect(of({ GITHUB_ACTIONS: 'true' })).toMatchObject({ github: true, watched: false });
  expect(of({}, true)).toMatchObject({ github: false, width: 90, watched: true });
  expect(of({ CI: 'true' }, true).watched).toBe(false);
  expect(environmentOf({}, output(false), output(false)).width).toBe(100);
});
