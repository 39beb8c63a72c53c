import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/core/value.ts';
import { createMatcher } from '../../../src/frontends/cdk/match/matcher.ts';
import { loadParser } from '../../../src/frontends/cdk/typescript/parser.ts';
import { createProject, sourcePaths } from '../../../src/frontends/cdk/typescript/project.ts';
import { valueOfJson } from '../../../src/iam/parse-policy.ts';
import { lineOf, memoryFiles } from './synth.ts';

const IMPORTS = "import { App, Stack } from 'aws-cdk-lib';\nimport * as iam from 'aws-cdk-lib/aws-iam';\n";

/** The line (from 1) of the given text on which a construct is made, by its path. */
function matcher(texts: Readonly<Record<string, string>>) {
  const parser = loadParser();
  if (parser === undefined) throw new Error('these tests need typescript-estree');
  const made = createMatcher(createProject('', memoryFiles(texts), parser));
  return {
    construct: (path: string): string | undefined => lineOf(made.construct(path, [])),
    statement: (path: string, statements: readonly object[], index: number): string | undefined => lineOf(made.statement(path, { statements: statements.map((one): Value => valueOfJson(one)), trust: false }, index)),
  };
}

function app(body: string): Readonly<Record<string, string>> {
  return { 'bin/app.ts': `${IMPORTS}${body}` };
}

describe('constructs by path', () => {
  it('are told apart by the class that makes them, though ids repeat', () => {
    const find = matcher(app(`class A extends Stack { constructor(s, i) { super(s, i);
  new iam.Role(this, 'Role'); } }
class B extends Stack { constructor(s, i) { super(s, i);
  new iam.Role(this, 'Role'); } }
const app = new App();
new A(app, 'One'); new B(app, 'Two');`));
    expect([find.construct('One/Role/Resource'), find.construct('Two/Role/Resource')]).toEqual(['bin/app.ts:4', 'bin/app.ts:6']);
  });

  it('are found by ids with gaps, the written ones first', () => {
    const find = matcher(app(`const app = new App();
const stack = new Stack(app, 'S');
for (const n of names()) new iam.User(stack, \`User-\${n}\`);
new iam.User(stack, 'User-root');
for (const n of names()) new iam.User(stack, n);`));
    expect(['S/User-ann/Resource', 'S/User-root/Resource', 'S/anything/Resource'].map(find.construct)).toEqual(['bin/app.ts:5', 'bin/app.ts:6', 'bin/app.ts:7']);
  });

  it('fall to the nearest construct the sources make', () => {
    const find = matcher(app("const app = new App();\nconst stack = new Stack(app, 'S');\nnew lambda.Function(stack, 'Fn');"));
    expect([find.construct('S/Fn/ServiceRole/Resource'), find.construct('S/Custom::Provider/Role'), find.construct('T/Role')]).toEqual(['bin/app.ts:5', 'bin/app.ts:4', undefined]);
  });

  it('are not taken from a class that the library has a name for too', () => {
    const find = matcher({
      'bin/app.ts': `${IMPORTS}const app = new App();\nconst stack = new Stack(app, 'S');\nnew iam.Role(stack, 'R');`,
      'lib/role.ts': `${IMPORTS}export class Role extends Stack { constructor(s, i) { super(s, i); new iam.User(this, 'Resource'); } }`,
    });
    expect(find.construct('S/R/Resource')).toBe('bin/app.ts:5');
  });

  it('are followed through imports under other names and files that pass them on', () => {
    const find = matcher({
      'bin/app.ts': `${IMPORTS}import { Service as Renamed } from '../lib';\nnew Renamed(new App(), 'S');`,
      'lib/index.ts': "export * from './service.js';",
      'lib/service.ts': `${IMPORTS}export class Service extends Stack { constructor(s, i) { super(s, i);\n  new iam.User(this, 'U'); } }`,
    });
    expect(find.construct('S/U/Resource')).toBe('lib/service.ts:4');
  });

  it('end where classes contain themselves', () => {
    const find = matcher(app("class A extends A { constructor(s, i) { super(s, i); new A(this, 'X'); } }\nnew A(new App(), 'X');"));
    expect(find.construct(Array.from({ length: 200 }, () => 'X').join('/'))).toBeDefined();
  });

  it('end where functions call each other from many places', () => {
    const layers = Array.from({ length: 12 }, (_, layer) => `function f${layer}(scope) { ${`f${layer + 1}(scope);`.repeat(16)} }`).join('\n');
    const started = performance.now();
    matcher(app(`${layers}\nfunction f12(scope) { new iam.Role(scope, 'R').addToPolicy(x); scope.addToPolicy(y); }\nf0(new App());`)).construct('R/Resource');
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('constructs that calls on other constructs make', () => {
  it.each([
    ["fn.addPermission('Api', {});", 'Api'],
    ['fn.addEventSource(new SqsEventSource(queue));', 'SqsEventSource:Queue'],
    ['fn.addTrigger(Operation.PRE_SIGN_UP, other);', 'PreSignUpCognito'],
    ["fn.addStage({ stageName: 'Deploy' });", 'Deploy/Action/Role'],
    ["fn.root.addResource('items');", 'Default/items'],
    ['fn.addFunctionUrl({});', 'FunctionUrl'],
  ])('are led to them: %s', (call, child) => {
    const find = matcher(app(`const stack = new Stack(new App(), 'S');\nconst fn = new Thing(stack, 'Fn');\nfn.other();\n${call}`));
    expect([find.construct(`S/Fn/${child}/Resource`), find.construct('S/Fn/Resource')]).toEqual(['bin/app.ts:6', 'bin/app.ts:4']);
  });
});

describe('statements by what they allow', () => {
  const read = { Effect: 'Allow', Action: ['s3:GetObject*', 's3:List*'], Resource: 'arn:aws:s3:::b' };
  const star = { Effect: 'Allow', Action: '*', Resource: '*' };
  const deny = { Effect: 'Deny', Action: '*', Resource: '*' };
  const source = app(`const stack = new Stack(new App(), 'S');
const role = new iam.Role(stack, 'R');
const bucket = new s3.Bucket(stack, 'B');
role.addToPolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['*'], resources: ['*'] }));
role.addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));
bucket.grantRead(role);
role.addToPolicy(compute());`);

  it('find their calls in any order', () => {
    const find = matcher(source);
    const places = (statements: readonly object[]) => statements.map((_one, index) => find.statement('S/R/DefaultPolicy/Resource', statements, index));
    expect(places([deny, star, read])).toEqual(['bin/app.ts:6', 'bin/app.ts:7', 'bin/app.ts:8']);
    expect(places([read, star, deny])).toEqual(['bin/app.ts:8', 'bin/app.ts:7', 'bin/app.ts:6']);
  });

  it('are given to a call that only runs when no written one fits', () => {
    expect(matcher(source).statement('S/R/DefaultPolicy/Resource', [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'q' }], 0)).toBe('bin/app.ts:9');
  });

  it('are told apart when one function makes several constructs', () => {
    const find = matcher(app(`class S extends Stack {
  constructor(s, i) { super(s, i);
    this.role('Reader').addToPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
    const writer = this.role('Writer');
    writer.addToPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
  }
  role(name) { return new iam.Role(this, \`\${name}Role\`); }
}
new S(new App(), 'S');`));
    const all = [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }];
    expect(['S/ReaderRole', 'S/WriterRole'].map((path) => find.statement(`${path}/DefaultPolicy/Resource`, all, 0))).toEqual(['bin/app.ts:5', 'bin/app.ts:7']);
    expect(find.construct('S/WriterRole/Resource')).toBe('bin/app.ts:9');
  });

  it('are not taken for a grant that could not have made them', () => {
    const find = matcher(app(`const stack = new Stack(new App(), 'S');
const bucket = new Bucket(stack, 'B', { autoDeleteObjects: true });
bucket.grantRead(new iam.Role(stack, 'R'));`));
    const statements = [{ Effect: 'Allow', Action: ['s3:GetBucket*', 's3:List*', 's3:DeleteObject*'], Resource: '*' }, { Effect: 'Allow', Action: ['kms:*'], Resource: '*' }];
    expect([0, 1].map((index) => find.statement('S/B/Policy/Resource', statements, index))).toEqual([undefined, undefined]);
  });

  it('are found in the sources at large when they cannot be traced to their construct, if only one is like them', () => {
    const loose = (copies: number) => matcher(app(`export function policy() { return [${"\nnew iam.PolicyStatement({ actions: ['sqs:PurgeQueue'], resources: ['*'] }),".repeat(copies)}]; }`));
    const purge = [{ Effect: 'Allow', Action: 'sqs:PurgeQueue', Resource: '*' }];
    expect([loose(1).statement('Far/Away/Resource', purge, 0), loose(2).statement('Far/Away/Resource', purge, 0)]).toEqual(['bin/app.ts:4', undefined]);
  });
});

describe('the sources of an app', () => {
  it('are its TypeScript, without libraries, declarations, tests of compilers and generated code', () => {
    const texts = Object.fromEntries(['bin/app.ts', 'lib/deep/er/x.mts', 'lib/types.d.ts', 'lib/x.js', 'lib/x.ts', 'only.js', 'jest.config.js', 'node_modules/a/i.ts', 'cdk.out/asset.1/i.ts', 'dist/app.js', '.git/x.ts'].map((path) => [path, '']));
    expect(sourcePaths('', memoryFiles(texts)).sort()).toEqual(['bin/app.ts', 'lib/deep/er/x.mts', 'lib/x.ts', 'only.js']);
  });

  it('may be texts that do not parse: the others still serve', () => {
    const find = matcher({ 'bin/app.ts': `${IMPORTS}new Stack(new App(), 'S');`, 'lib/broken.ts': 'new (((', 'lib/deep.ts': `${'['.repeat(30_000)}` });
    expect(find.construct('S/x')).toBe('bin/app.ts:3');
  });
});
