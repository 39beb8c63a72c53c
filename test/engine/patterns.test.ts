import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileArnPattern, compileResourcePattern, parseArn } from '../../src/iam/arn.ts';
import { matchPattern, sameText } from '../../src/iam/holes.ts';
import { compilePattern, matchesText } from '../../src/iam/wildcard.ts';
import { withHoles } from './documents.ts';

const glob = (pattern: string, subject: string): boolean => matchesText(compilePattern(pattern, { wildcards: true, variables: false }), subject);
const verdict = (pattern: string, subject: string): string => matchPattern(compilePattern(withHoles(pattern), { wildcards: true, variables: false }), withHoles(subject));

describe('wildcards', () => {
  it.each([
    ['', '', true], ['', 'a', false], ['*', '', true], ['?', '', false], ['a*', 'a', true], ['a*b', 'ab', true], ['a*b', 'acb', true], ['a*b', 'acbd', false],
    ['a?c', 'abc', true], ['a?c', 'ac', false], ['*a*a', 'aa', true], ['*a*a', 'a', false], ['a*a', 'a', false], ['**', 'x', true], ['*?', '', false], ['*.*', 'a.b', true], ['a+(b)[c]', 'a+(b)[c]', true],
  ])('%j on %j: %s', (pattern, subject, expected) => {
    expect(glob(pattern, subject)).toBe(expected);
  });

  it('agrees with regular expressions', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', ':'), maxLength: 8 });
    fc.assert(
      fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 10 }), (pattern, subject) => {
        const regex = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
        expect(glob(pattern, subject)).toBe(regex.test(subject));
      }),
    );
  });

  it('takes linear time on patterns that make regular expressions explode', () => {
    const started = performance.now();
    expect(glob(`${'*a'.repeat(30)}*b`, 'a'.repeat(50_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('policy variables', () => {
  it('keeps `${*}`, `${?}` and `${$}` as letters', () => {
    const pattern = compilePattern('a${*}${?}${$}', { wildcards: true, variables: true });
    expect([matchesText(pattern, 'a*?$'), matchesText(pattern, 'ab?$')]).toEqual([true, false]);
  });

  it('reads names in any case and defaults in quotes', () => {
    expect(compilePattern("${aws:PrincipalTag/Team, 'none'}", { wildcards: true, variables: true }).tokens).toEqual([{ kind: 'variable', key: 'aws:principaltag/team', fallback: 'none' }]);
  });

  it('are plain text where the version does not know them, and when not closed', () => {
    expect(compilePattern('${aws:username}', { wildcards: true, variables: false }).shape).toBe('literal');
    expect(compilePattern('${aws:username', { wildcards: true, variables: true }).shape).toBe('literal');
  });
});

describe('resource ARNs', () => {
  const matches = (pattern: string, resource: string): boolean => matchesText(compileResourcePattern(pattern, false), resource);
  it.each([
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/k:1/x', true],
    ['arn:aws:s3:*', 'arn:aws:s3:::b/k', true],
    ['arn:aws:ec2:*:111111111111:instance/*', 'arn:aws:ec2:eu-west-1:111111111111:instance/i-1', true],
    ['arn:aws:sqs:eu-*-1:*:q', 'arn:aws:sqs:eu-west-1:111111111111:q', true],
    ['arn:aws:sqs:eu-*-1:*:q', 'arn:aws:sqs:eu-a:b-1:111111111111:q', false],
    ['arn:aws:sqs:?:1:q', 'arn:aws:sqs:::1:q', false],
    ['arn:aws:s3:::b', '*', false],
    ['*', '*', true],
  ])('%s on %s: %s', (pattern, resource, expected) => {
    expect(matches(pattern, resource)).toBe(expected);
  });

  it('splits at the first five colons, not inside holes', () => {
    expect(parseArn(withHoles('arn:aws:sns:{{?a:b:c}}:111111111111:t:x'))).toMatchObject({ region: withHoles('{{?a:b:c}}'), resource: 't:x' });
    expect(parseArn('nonsense')).toBeUndefined();
  });
});

describe('values of ARN operators', () => {
  const matches = (pattern: string, value: string): boolean => matchesText(compileArnPattern(pattern, false).pattern, value);
  it('compares segment by segment', () => {
    expect(matches('arn:aws:iam::*:role/x', 'arn:aws:iam::1:role/x')).toBe(true);
    expect(matches('arn:aws:iam:*:1:role/x', 'arn:aws:iam:a:b:1:role/x')).toBe(false);
    expect(matches('arn:aws:iam::*:r*x', 'arn:aws:iam::1:role:y/x')).toBe(true);
    expect(matches('a*:aws:iam::1:x', 'arn:aws:iam::1:x')).toBe(true);
  });

  it('calls a value of fewer segments malformed', () => {
    expect([compileArnPattern('*', false).malformed, compileArnPattern('arn:aws:iam:*:role/x', false).malformed]).toEqual([true, true]);
    expect(compileArnPattern('arn:aws:iam::1:x', false).malformed).toBe(false);
  });
});

describe('holes', () => {
  it.each([
    ['{{~a}}', '{{~a}}', 'yes'], ['{{~a}}', '{{~b}}', 'no'], ['{{~a}}', 'literal', 'no'], ['*', '{{~a}}', 'yes'], ['stack-*', '{{~a}}', 'unknown'], ['???', '{{~a}}', 'unknown'],
    ['p-{{~a}}-s', 'p-{{~a}}-s', 'yes'], ['p-*-s', 'p-{{~a}}-s', 'yes'], ['p-x-s', 'p-{{~a}}-s', 'no'],
    ['{{@a}}', '{{@a}}', 'yes'], ['{{@a}}', '111111111111', 'unknown'], ['{{@a}}', 'a:b', 'no'], ['{{@a}}', 'a/b', 'no'], ['{{@a}}', '{{@b}}', 'unknown'], ['a:*:c', 'a:{{@x}}:c', 'yes'], ['a:b:c', 'a:{{@x}}', 'no'],
    ['{{?a}}', 'x', 'unknown'], ['{{?a}}', '{{?a}}', 'yes'], ['a*', 'b{{?x}}', 'no'], ['a*', 'a{{?x}}', 'yes'], ['*z', 'a{{?x}}', 'unknown'], ['a{{?x}}z', 'a', 'no'],
  ])('%s on %s: %s', (pattern, subject, expected) => {
    expect(verdict(pattern, subject)).toBe(expected);
  });

  it('never contradicts what the holes turn out to be', () => {
    const piece = fc.constantFrom('a', 'b', '*', '?', '{{@x}}', '{{?y}}', ':');
    const plain = fc.constantFrom('a', 'b', ':', '{{@x}}', '{{?y}}');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), fc.array(plain, { maxLength: 5 }), fc.constantFrom('a', 'bb'), fc.constantFrom('', 'a', 'b:a'), (pattern, subject, word, text) => {
        const said = verdict(pattern.join(''), subject.join(''));
        const reveal = (parts: readonly string[]): string => parts.join('').replaceAll('{{@x}}', word).replaceAll('{{?y}}', text);
        const truth = glob(reveal(pattern), reveal(subject)) ? 'yes' : 'no';
        expect(said === 'unknown' ? truth : said).toBe(truth);
      }),
    );
  });

  it('compares texts', () => {
    expect([sameText('a', 'a'), sameText('a', 'b'), sameText(withHoles('{{@x}}'), 'b')]).toEqual(['yes', 'no', 'unknown']);
  });
});
