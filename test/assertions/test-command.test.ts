import { describe, expect, it } from 'vitest';
import { iamlint, type Outcome } from '../cli/world.ts';
import { folderOf } from '../config/folders.ts';

const GIVEN = `policies:
  principals:
    - arn: arn:aws:iam::111111111111:user/ada
      identity:
        Statement:
          - { Sid: Read, Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' }
          - { Sid: NoSecrets, Effect: Deny, Action: 's3:*', Resource: 'arn:aws:s3:::reports/secret/*' }
`;
const OBJECT = 'arn:aws:s3:::reports/a';

async function test(text: string, files: Readonly<Record<string, string>> = {}, ...options: readonly string[]): Promise<Outcome> {
  return iamlint(['test', 'x/assertions.yaml', ...options], { cwd: folderOf({ 'x/assertions.yaml': text, ...files }) });
}

/** An assertion over the given policies. */
function asserting(kind: string, request: string, more = ''): string {
  return `${GIVEN}assertions:\n  - name: it\n    ${kind}: { ${request} }\n${more}`;
}

describe('an assertion', () => {
  it('passes when all its requests come out as expected', async () => {
    expect(await test(asserting('allow', `principal: ada, action: s3:GetObject, resource: '${OBJECT}'`))).toMatchObject({ code: 0, err: '', out: expect.stringContaining('  ✓ it\n') });
    expect((await test(asserting('deny', `principal: ada, action: [s3:GetObject, s3:PutObject], resource: '${OBJECT}'`))).code).toBe(1);
    expect((await test(asserting('deny', `principal: ada, action: [s3:DeleteObject, s3:PutObject], resource: '${OBJECT}'`))).code).toBe(0);
  });

  it('that fails shows the request, what decided it and where', async () => {
    const { code, out } = await test(asserting('allow', "principal: ada, action: s3:GetObject, resource: 'arn:aws:s3:::reports/secret/a'"));
    expect(code).toBe(1);
    expect(out).toBe(`x/assertions.yaml
  ✗ it
      expected allow, but (x/assertions.yaml:9:11)
      arn:aws:iam::111111111111:user/ada may not s3:GetObject on arn:aws:s3:::reports/secret/a
        denied by statement \`NoSecrets\` of policy of ada (identity) at x/assertions.yaml:7:13
         7 │           - { Sid: NoSecrets, Effect: Deny, Action: 's3:*', Resource: 'arn:aws:s3:::reports/secret/*' }

1 failed · 1 assertion in 1 file
  taken for granted: no service control policy denies anything, as the files tell of none
`.replace('1 failed ·', '1 failed, 0 passed ·'));
  });

  it('is undecided when what decides is not known, which fails unless it is allowed', async () => {
    const text = asserting('allow', "principal: 'arn:aws:iam::111111111111:user/stranger', action: s3:GetObject, resource: '" + OBJECT + "'");
    const { code, out } = await test(text);
    expect([code, out]).toEqual([1, expect.stringMatching(/ {2}\? it\n {6}cannot be decided: .*\n.*\n {8}what is attached to \S+ is not known\n/)]);
    expect((await test(text, {}, '--allow-undecided')).code).toBe(0);
  });

  it('may say what must have decided', async () => {
    const request = "principal: ada, action: s3:GetObject, resource: 'arn:aws:s3:::reports/secret/a'";
    expect((await test(asserting('deny', request, '    because: [explicit-deny, NoSecrets, identity]\n'))).code).toBe(0);
    expect(await test(asserting('deny', request, '    because: implicit-deny\n'))).toMatchObject({ code: 1, out: expect.stringContaining('as expected, but not because of `implicit-deny`') });
  });

  it('takes context, a session policy and control policies into account', async () => {
    const base = `policies:
  principals:
    - arn: arn:aws:iam::111111111111:role/worker
      identity: { Statement: { Effect: Allow, Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } } }
  scp:
    - { level: root, policies: { Statement: { Effect: Allow, Action: '*', Resource: '*' } } }
    - { level: sandbox, accounts: ["111111111111"], policies: [full.json, { Statement: { Sid: NoDelete, Effect: Deny, Action: 's3:DeleteObject', Resource: '*' } }] }
assertions:
  - { name: without mfa, deny: { principal: worker, action: s3:GetObject, resource: '${OBJECT}' } }
  - { name: with mfa, allow: { principal: worker, action: s3:GetObject, resource: '${OBJECT}', context: { 'aws:MultiFactorAuthPresent': true } } }
  - { name: control, because: [scp, NoDelete], deny: { principal: worker, action: s3:DeleteObject, resource: '${OBJECT}', context: { 'aws:MultiFactorAuthPresent': true } } }
  - { name: session, because: session, deny: { principal: worker, action: s3:PutObject, resource: '${OBJECT}', context: { 'aws:MultiFactorAuthPresent': true }, session: { Statement: { Effect: Allow, Action: 's3:Get*', Resource: '*' } } } }
`;
    const { code, out } = await test(base, { 'x/full.json': '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' });
    expect([code, out]).toEqual([0, expect.stringContaining('4 passed')]);
  });
});

describe('what is wrong with a file is told with its place, and nothing is judged', () => {
  it.each<[string, string, string]>([
    ['a mistyped key', 'model: a.yaml\nassertion: []\n', 'x/assertions.yaml:2:1: unknown key `assertion`; did you mean `assertions`?'],
    ['a mistyped key deep inside', asserting('allow', `principal: ada, actoin: s3:GetObject`), 'x/assertions.yaml:10:30: unknown key `actoin`; did you mean `action`?'],
    ['neither allow nor deny', `${GIVEN}assertions: [{ name: it }]\n`, 'x/assertions.yaml:8:14: an assertion has `allow` or `deny`'],
    ['an action AWS does not have', asserting('deny', `principal: ada, action: s3:GetObjct, resource: '${OBJECT}'`), 'x/assertions.yaml:10:37: AWS has no action `s3:GetObjct`; did you mean `s3:GetObject`?'],
    ['nobody of that name', asserting('deny', `principal: adda, action: s3:GetObject`), 'x/assertions.yaml:10:24: nobody here is called `adda`; did you mean `ada`?'],
    ['a pattern for a resource', asserting('deny', `principal: ada, action: s3:GetObject, resource: 'arn:aws:s3:::reports/*'`), 'x/assertions.yaml:10:62: an assertion is about requests, and those name one resource; `arn:aws:s3:::reports/*` is a pattern'],
    ['a reason that is none', asserting('deny', `principal: ada, action: s3:PutObject, resource: '${OBJECT}'`, '    because: NoSecret\n'), 'x/assertions.yaml:11:14: `NoSecret` is neither a layer nor the `Sid` of a statement here'],
    ['a model that is not there', 'model: nothing.yaml\nassertions: [{ name: it, deny: { principal: ada, action: s3:GetObject } }]\n', 'x/assertions.yaml:1:1: `nothing.yaml` of the model matches no file'],
    ['nothing to judge by', 'assertions: [{ name: it, deny: { principal: "*", action: s3:GetObject } }]\n', 'x/assertions.yaml:1:1: there is nothing to judge by: give the files of a `model`, or `policies`'],
    ['a policy AWS would refuse', asserting('deny', 'principal: ada, action: s3:GetObject').replace('Effect: Deny', 'Efect: Deny'), 'x/assertions.yaml:7:31: unknown statement element `Efect`'],
    ['a policy file that is not there', 'policies: { endpoint: gone.json }\nassertions: [{ name: it, deny: { principal: "*", action: s3:GetObject } }]\n', 'x/assertions.yaml:1:23: `gone.json` cannot be read: there is no such file'],
    ['a configuration that is wrong', `config: { acount: "111111111111" }\n${asserting('deny', 'principal: ada, action: s3:GetObject')}`, 'x/assertions.yaml:1:9: the configuration is wrong: unknown key `acount`; did you mean `account`?'],
  ])('%s', async (_what, text, expected) => {
    const { code, out, err } = await test(text);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.split('\n')).toContain(`iamlint: ${expected}`);
  });

  it('no file at all', async () => {
    const cwd = folderOf({ 'a/b.txt': '' });
    expect(await iamlint(['test', 'none.yaml'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('none.yaml` cannot be read') });
    expect(await iamlint(['test', 'a'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('`a` holds no assertions') });
    expect((await iamlint(['test'], { cwd })).code).toBe(2);
  });
});

describe('formats', () => {
  const text = `${asserting('allow', `principal: ada, action: s3:GetObject, resource: '${OBJECT}'`)}  - { name: 'no <b>', allow: { principal: ada, action: s3:PutObject, resource: '${OBJECT}' } }\n  - { name: who, allow: { principal: 'arn:aws:iam::111111111111:user/x', action: s3:PutObject, resource: '${OBJECT}' } }\n`;

  it('json', async () => {
    const record = JSON.parse((await test(text, {}, '--format', 'json')).out);
    expect(record).toMatchObject({ version: 1, summary: { files: 1, assertions: 3, passed: 1, failed: 1, undecided: 1 }, files: [{ file: 'x/assertions.yaml' }] });
    expect(record.files[0].assertions[0]).toMatchObject({ name: 'it', line: 9, column: 11, expected: 'allow', outcome: 'pass', requests: 1, details: [{ principal: 'arn:aws:iam::111111111111:user/ada', action: 's3:GetObject', resource: OBJECT, context: {}, decision: 'allowed', because: [{ layer: 'identity', sid: 'Read', file: 'x/assertions.yaml', line: 6, column: 13 }] }] });
    expect(record.files[0].assertions[1]).toMatchObject({ outcome: 'fail', details: [{ decision: 'implicit-deny', blockedBy: ['identity'], because: [] }] });
  });

  it('junit', async () => {
    const { out } = await test(text, {}, '--format', 'junit');
    expect(out).toContain('<testsuite name="x/assertions.yaml" tests="3" failures="1" errors="1" skipped="0">');
    expect(out).toContain('name="no &lt;b&gt;" classname="x/assertions.yaml" file="x/assertions.yaml" line="11">\n      <failure message="expected allow">');
    expect((await test(text, {}, '--format', 'junit', '--allow-undecided')).out).toContain('<skipped message="cannot be decided"/>');
  });
});
