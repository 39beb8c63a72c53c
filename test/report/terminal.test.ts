import { describe, expect, it } from 'vitest';
import { Source } from '../../src/core/source.ts';
import { PLAIN, type RenderOptions } from '../../src/report/reporter.ts';
import { terminal } from '../../src/report/terminal.ts';
import { finding, notice, originOf, report, TEMPLATE } from './sample.ts';

const render = (input: Parameters<typeof report>[0], options: Partial<RenderOptions> = {}) => terminal.render(report(input), { ...PLAIN, ...options });

function frameOf(text: string, marked: string): string[] {
  const source = new Source('x.yaml', text);
  const lines = render({ findings: [finding({ origin: originOf(source, marked), why: '', fix: '' })] }).split('\n');
  return lines.slice(3, lines.findIndex((line) => line.includes('╰')));
}

it('shows what, where, why, what to do and the path', () => {
  const text = render(
    {
      findings: [
        finding({
          related: [{ message: 'the role it hangs on', origin: originOf(TEMPLATE, 'AdminRole') }],
          path: [{ from: 'Deployer', to: 'AdminRole', technique: 'pass-role-lambda', because: [{ message: 'may pass it', origin: originOf(TEMPLATE, 'Allow') }] }],
          witness: { principal: 'arn:aws:iam::111111111111:user/d', action: 'iam:CreateUser', resource: '*', context: { 'aws:PrincipalOrgID': 'o-1' } },
        }),
      ],
      notices: [notice()],
    },
    { notices: true },
  );
  expect(text).toBe(`\
✖ error  admin-star-star
  policy of \`AdminRole\` allows every action on every resource
     ╭ infra/stack.yaml:8:26 · AdminRole (Some::Type) in 111111111111
     │
   6 │             Statement:
   7 │               - Effect: Allow
   8 │                 Action: "*"
     │                          ^
   9 │                 Resource: "*"
     │
     ├ why  whoever holds the role owns the account
     ├ fix  list the actions that are needed
     ├ see  infra/stack.yaml:2:3 the role it hangs on
     ├ path 1. Deployer → AdminRole by pass-role-lambda
     ├      infra/stack.yaml:7:25 may pass it
     ├ e.g. arn:aws:iam::111111111111:user/d may iam:CreateUser on * when aws:PrincipalOrgID = o-1
     ╰ https://example.org/rules/admin-star-star

○ notice  unresolved-value
  parameter \`Name\` has no default
     ╰ infra/stack.yaml:10:3

✖ 1 finding: 1 error, 0 warnings, 0 infos
  1 file · 2 resources · 1 policy · 1 statement · 1 notice of what could not be decided
`);
});

describe('the code frame', () => {
  it('marks every line of a short block, and the first ones of a long block', () => {
    expect(frameOf('a:\n  - b\n  - c\nd: 1\n', '- b\n  - c')).toEqual([
      '     │',
      '   1 │ a:',
      '   2 │   - b',
      '     │   ^^^',
      '   3 │   - c',
      '     │   ^^^',
      '   4 │ d: 1',
      '     │',
    ]);
    const long = Array.from({ length: 30 }, (_unused, index) => `l${index}`).join('\n');
    expect(frameOf(long, long).filter((line) => line.includes('^'))).toHaveLength(4);
  });

  it('puts the caret under tabs, wide characters and pictures alike', () => {
    expect(frameOf('\tx: "*"', '*').slice(1, 3)).toEqual(['   1 │   x: "*"', '     │       ^']);
    expect(frameOf('密码: "*"', '*').slice(1, 3)).toEqual(['   1 │ 密码: "*"', '     │        ^']);
  });

  it('cuts a line of megabytes to a window around the mark', () => {
    const frame = frameOf(`{"a":"${'x'.repeat(2_000_000)}","Action":"*","b":"${'y'.repeat(2_000_000)}"}`, '*');
    const [, line = '', carets = ''] = frame;
    expect(line.length).toBeLessThan(110);
    expect(line[carets.indexOf('^')]).toBe('*');
    expect(line).toContain('…');
  });

  it('masks secrets, also in the frame of a neighbour and of a suppressed finding', () => {
    const secret = finding({ ruleId: 'login-profile-plaintext-password', origin: originOf(TEMPLATE, 'hunter2') });
    const neighbour = finding({ origin: originOf(TEMPLATE, 'LoginProfile') });
    for (const text of [render({ findings: [secret, neighbour] }), render({ findings: [neighbour], suppressed: [{ finding: secret, kind: 'inSource', reason: undefined }] })]) {
      expect(text).not.toContain('hunter2');
      expect(text).toContain('Password: *******');
    }
  });

  it('makes control characters visible and never starts a line with scanned text', () => {
    const hostile = '::error::owned\u001b[2K\r::set-output\u202e';
    const text = render({ findings: [finding({ origin: originOf(new Source('::x\n::y.yaml', hostile), 'owned'), message: `a\n::error::b ${hostile}` })] });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    for (const line of text.split('\n')) expect(line.trimStart().startsWith('::')).toBe(false);
  });
});

describe('the summary', () => {
  it('says that nothing was found, and in what', () => {
    expect(render({ findings: [], statistics: { files: 12, resources: 80, principals: 14, policies: 31, statements: 96 } })).toBe(
      '✔ no findings\n  12 files · 80 resources · 31 policies · 96 statements\n',
    );
  });

  it('counts what is not shown', () => {
    const text = render({ suppressed: [{ finding: finding(), kind: 'external', reason: 'known' }], baselined: 2, notices: [notice()] });
    expect(text).toContain('1 suppressed · 2 in the baseline · 1 notice of what could not be decided (--notices lists them)');
  });

  it('is left out when quiet', () => {
    expect(render({ findings: [] }, { quiet: true })).toBe('');
    expect(render({}, { quiet: true })).not.toContain('1 finding:');
  });
});

it('colours and links only when asked', () => {
  expect(render({})).not.toContain('\u001b');
  const text = render({}, { color: true, links: true });
  expect(text).toContain('\u001b[31m✖ error');
  expect(text).toContain('\u001b]8;;https://example.org/rules/admin-star-star\u001b\\admin-star-star\u001b]8;;\u001b\\');
  expect(text).not.toContain('`AdminRole`');
});

it('says how sure it is when it is not', () => {
  expect(render({ findings: [finding({ confidence: 'medium' })] })).toContain('admin-star-star (medium confidence)');
});

it('wraps long texts to the width at hand', () => {
  const text = render({ findings: [finding({ why: 'word '.repeat(60).trim() })] }, { width: 60, quiet: true });
  for (const line of text.split('\n').filter((line) => line.includes('word'))) expect(line.length).toBeLessThanOrEqual(60);
});
