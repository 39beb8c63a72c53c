import { describe, expect, it } from 'vitest';
import { Source } from '../../src/core/source.ts';
import { lineHashes } from '../../src/report/line-hash.ts';

function allHashes(text: string): string[] {
  const lines = new Set(Array.from({ length: 200 }, (_unused, index) => index + 1));
  return [...lineHashes(new Source('x', text), lines).values()];
}

/** Expected values come from GitHub's own function, see SOURCES.md. */
describe('lineHashes', () => {
  it.each([
    ['an empty file', '', ['c129715d7a2bc9a3:1']],
    ['a hash of fewer digits', 'a', ['53b5d4aabe50d64:1']],
    ['a line break at the end opens a line', '\n', ['3c5bef55b72b93c9:1', 'c129715d7a2bc9a3:1']],
    ['LF', 'a\nb\n', ['81b8d8db678b2bbe:1', 'ade70578248be16f:1', 'c129715d7a2bc9a3:1']],
    ['CRLF counts as LF', 'a\r\nb\r\n', ['81b8d8db678b2bbe:1', 'ade70578248be16f:1', 'c129715d7a2bc9a3:1']],
    ['CR alone ends a line', 'a\rb', ['c74339777b6a2c60:1', '8ee5a81e681643c1:1']],
    ['a blank parts CR from LF', 'x\r \ny', ['ea5c6c22b47aa350:1', 'f85c2d2aa834d48e:1', 'ed3261245082261c:1']],
    ['a byte order mark counts', '\ufeffa: 1\nb: 2', ['a30a5d7f848082ba:1', 'a2e0b3ce8782bc7d:1']],
    ['blanks and tabs do not count', '  a\t b\n\n\n\na b', ['916ee1955bdc5101:1', '6ca31ca78dc9b740:1', 'bb72fe317f06e9d6:1', '1f7e97215cdf3984:1', '952bb1cc6d22bdaa:1']],
    ['units beyond ASCII', '密码\n😀\n', ['bd3a2358a4e3f31b:1', '49e42825ed591e1a:1', 'c129715d7a2bc9a3:1']],
    ['lines longer than a block', `${'x'.repeat(350)}\n${'y'.repeat(99)}\nz`, ['52b56201ffb58620:1', 'cadd4b5b9d92c4ad:1', '76dcabf80cb35c79:1']],
    ['units that look like the end mark', '\uffff\n\u0000', ['ec537c6d934bd59c:1', 'dbb503105d3f7427:1']],
  ])('agrees with GitHub on %s', (_name, text, expected) => {
    expect(allHashes(text)).toEqual(expected);
  });

  it('counts equal lines from the top of the file, also when only one is wanted', () => {
    const text = 'Resources:\n  A: 1\n'.repeat(80);
    expect(lineHashes(new Source('x', text), new Set([5]))).toEqual(new Map([[5, 'beee7a9c4b49058f:3']]));
    expect(lineHashes(new Source('x', 'a\n'), new Set([7]))).toEqual(new Map());
  });
});
