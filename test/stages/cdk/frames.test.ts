import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { Source } from '../../../src/core/source.ts';
import { parseFrame, userFrames } from '../../../src/frontends/cdk/place/frames.ts';
import { createFrameLocator } from '../../../src/frontends/cdk/place/locate-frame.ts';
import { propertyPathAt } from '../../../src/frontends/cdk/place/property-path.ts';
import { mapReference, originalPlace } from '../../../src/frontends/cdk/place/source-map.ts';
import { lineOf, memoryFiles } from './synth.ts';

describe('stack frames', () => {
  it.each([
    ['new AppStack (/app/lib/stack.ts:34:18)', { name: 'new AppStack', file: '/app/lib/stack.ts', line: 34, column: 18 }],
    ['    at Object.<anonymous> (/app/bin/app.ts:5:3)', { name: 'Object.<anonymous>', file: '/app/bin/app.ts', line: 5, column: 3 }],
    ['/app/bin/app.ts:5:3', { name: '', file: '/app/bin/app.ts', line: 5, column: 3 }],
    ['at file:///app/my%20lib/stack.ts:1:2', { name: '', file: '/app/my lib/stack.ts', line: 1, column: 2 }],
    ['new X (C:\\app\\lib\\stack.ts:34:18)', { name: 'new X', file: 'C:/app/lib/stack.ts', line: 34, column: 18 }],
    ['new X (/app/a (copy)/stack.ts:3:4)', { name: 'new X', file: '/app/a (copy)/stack.ts', line: 3, column: 4 }],
    ['...new Role2 in aws-cdk-lib...', undefined],
    ['(no user code in 10 frames, use --stack-trace-limit to capture more)', undefined],
    ['Array.map (:)', undefined],
    ['file://%zz:1:2', { name: '', file: '%zz', line: 1, column: 2 }],
    ['', undefined],
  ])('%s', (text, frame) => {
    expect(parseFrame(text)).toEqual(frame);
  });

  it('leave out libraries and Node itself', () => {
    expect(userFrames(['new Role (/app/node_modules/aws-cdk-lib/aws-iam/lib/role.js:1:80)', 'Module._compile (node:internal/modules/cjs/loader:1:2)', 'new S (/app/s.ts:1:2)']).map((frame) => frame.file)).toEqual(['/app/s.ts']);
  });
});

describe('finding frames in the checkout', () => {
  const locate = (texts: Readonly<Record<string, string>>, file: string, position: readonly [number, number], folder = ''): string | undefined =>
    lineOf(createFrameLocator(folder, memoryFiles(texts)).locate([{ name: '', file, line: position[0], column: position[1] }]));

  it('takes the file that shares the longest tail of the recorded path', () => {
    const texts = { 'lib/stack.ts': 'new A();', 'services/app/lib/stack.ts': 'new B();' };
    expect(locate(texts, '/ci/build/services/app/lib/stack.ts', [1, 1], 'services/app')).toBe('services/app/lib/stack.ts:1');
    expect(locate(texts, '/ci/build/lib/stack.ts', [1, 1], '')).toBe('lib/stack.ts:1');
  });

  it('looks above the project root for the other packages of a repository', () => {
    expect(locate({ '../shared/lib/stack.ts': 'new A();' }, '/ci/repo/shared/lib/stack.ts', [1, 1])).toBe('../shared/lib/stack.ts:1');
  });

  it('goes on to the next frame when a file is not here', () => {
    const locator = createFrameLocator('', memoryFiles({ 'bin/app.ts': '\nnew A();' }));
    expect(lineOf(locator.locate([{ name: '', file: '/x/lib/elsewhere.ts', line: 1, column: 1 }, { name: '', file: '/x/bin/app.ts', line: 2, column: 1 }]))).toBe('bin/app.ts:2');
  });

  it('gives no place where the text has changed since: nothing begins there, or the line is gone', () => {
    expect(locate({ 'a.ts': '    }\n' }, '/x/a.ts', [1, 5])).toBeUndefined();
    expect(locate({ 'a.ts': 'new A();' }, '/x/a.ts', [7, 1])).toBeUndefined();
  });

  it('never leaves by a path that climbs', () => {
    expect(locate({ '../secret.ts': 'new A();', 'secret.ts': 'new B();' }, '/x/../../secret.ts', [1, 1])).toBeUndefined();
  });
});

describe('compiled apps', () => {
  const typescript = 'export class A {\n  // a comment that the compiler drops\n  make(): void {\n    void new Map<string, number>();\n  }\n}\n';
  const compiled = (sourcemap: 'external' | 'inline') => transformSync(typescript, { loader: 'ts', sourcefile: '../lib/a.ts', sourcemap });
  const position = (code: string): readonly [number, number] => {
    const lines = code.split('\n');
    const line = lines.findIndex((text) => text.includes('new Map'));
    return [line + 1, (lines[line] ?? '').indexOf('new Map') + 1];
  };
  const locate = (texts: Readonly<Record<string, string>>, [line, column]: readonly [number, number]): string | undefined =>
    lineOf(createFrameLocator('', memoryFiles(texts)).locate([{ name: '', file: '/ci/app/dist/a.js', line, column }]));

  it('are led through the map beside the script', () => {
    const { code, map } = compiled('external');
    expect(locate({ 'lib/a.ts': typescript, 'dist/a.js': code, 'dist/a.js.map': map }, position(code))).toBe('lib/a.ts:4');
    expect(locate({ 'lib/a.ts': typescript, 'dist/a.js': `${code}//# sourceMappingURL=maps/a.map`, 'dist/maps/a.map': map.replace('../lib', '../../lib') }, position(code))).toBe('lib/a.ts:4');
  });

  it('are led through the map inside the script', () => {
    const { code } = compiled('inline');
    expect(locate({ 'lib/a.ts': typescript, 'dist/a.js': code }, position(code))).toBe('lib/a.ts:4');
  });

  it('have no place when compiled without a map beside their TypeScript', () => {
    const { code } = compiled('external');
    expect(locate({ 'dist/a.ts': typescript, 'dist/a.js': code }, position(code))).toBeUndefined();
  });

  it('are their own source when they are JavaScript', () => {
    expect(locate({ 'dist/a.js': 'new Map();' }, [1, 1])).toBe('dist/a.js:1');
  });

  it.each(['{}', 'no json', '{"version":3,"sources":["a"],"mappings":"!!!!"}', '{"version":3,"sources":[null],"mappings":"AAAA"}', '{"version":3,"sources":[],"mappings":"AAAA"}'])('survive a map that is %s', (map) => {
    expect(originalPlace(map, 1, 1)).toBeUndefined();
  });

  it('survive a reference that is none', () => {
    expect(mapReference(new Source('a.js', '//# sourceMappingURL=data:application/json;base64,%%%'))).toBeUndefined();
    expect(mapReference(new Source('a.js', '//# sourceMappingURL=data:text/plain,x'))).toBeUndefined();
    expect(mapReference(new Source('a.js', 'no reference'))).toBeUndefined();
  });
});

describe('the property a place in a template lies in', () => {
  const text = JSON.stringify({ Resources: { R: { Type: 'T', Properties: { 'A "quoted" key': 'x', Policies: [{ PolicyDocument: { Statement: [{ Action: ['s3:Get*', 's3:Put*'] }, { Action: 'sqs:*' }] } }] }, Metadata: { a: 'meta' } }, Q: { Properties: { a: 'other' } } } }, null, 1);
  const source = new Source('t.json', text);
  const extent = { source, start: text.indexOf('"R"'), end: text.indexOf('"Q"') };
  const at = (word: string) => propertyPathAt(extent, { source, start: text.indexOf(word), end: 0 });

  it('is its path', () => {
    expect(at('s3:Put*')).toEqual(['Policies', 0, 'PolicyDocument', 'Statement', 0, 'Action', 1]);
    expect(at('sqs:*')).toEqual(['Policies', 0, 'PolicyDocument', 'Statement', 1, 'Action']);
    expect(at('x",')).toEqual(['A "quoted" key']);
  });

  it('is none outside the properties, the resource, or the file', () => {
    expect([at('meta'), at('other'), propertyPathAt(extent, { source: new Source('u.json', text), start: extent.start, end: 0 })]).toEqual([undefined, undefined, undefined]);
  });
});
