import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLikeAddress, linkAddress } from '../../src/text/address.ts';

const UNFIT = /[<>|"]|%(?![\da-f]{2})/gi;
const written = (address: string | undefined, max = 100) => linkAddress(address, { max, unfit: UNFIT });

describe('what looks like an address', () => {
  it.each([
    'see https://evil.example',
    'ｈttps：／／evil.example',
    'a∕∕b',
    'go to www.evil.example',
    'evil.example',
    'evil.example/',
    'evil.example/login now',
    'пример.рф',
  ])('%s', (line) => {
    expect(isLikeAddress(line)).toBe(true);
  });

  it.each([
    '',
    'Attention Is All You Need',
    'GPT-4.1 vs. Llama 3.1™',
    'Node.js for agents',
    'and/or',
    'What’s new?',
    '面向长上下文的注意力',
  ])('but not: %s', (line) => {
    expect(isLikeAddress(line)).toBe(false);
  });
});

describe('the address of a link', () => {
  it('that is too long is refused unread, however long it takes to read', () => {
    const slow = { max: 100, unfit: /(?<=#.*)#/g };
    expect(linkAddress(`https://example.com/${'#'.repeat(500_000)}`, slow)).toBeUndefined();
    expect(linkAddress('https://example.com/##', slow)).toBe('https://example.com/#%23');
  });

  it.each([
    ['https://huggingface.co/papers/2608.19880', 'https://huggingface.co/papers/2608.19880'],
    ['http://127.0.0.1:8080/papers/1', 'http://127.0.0.1:8080/papers/1'],
    ['https://example.com/a b|c', 'https://example.com/a%20b%7Cc'],
    ['https://example.com/100%', 'https://example.com/100%25'],
    ['https://пример.рф/', 'https://xn--e1afmkfd.xn--p1ai/'],
  ])('of %s is %s', (given, expected) => {
    expect(written(given)).toBe(expected);
  });

  it.each([
    undefined,
    '',
    'javascript:alert(1)',
    'data:text/html,x',
    '//example.com',
    'https://huggingface.co@evil.example/',
    'https://user:password@example.com/',
    'https://[::1]/',
    'http://localhost/',
  ])('of %s is none', (given) => {
    expect(written(given)).toBeUndefined();
  });

  it('is none beyond its length, as it is written', () => {
    expect(written('https://example.com/|', 23)).toBe('https://example.com/%7C');
    expect(written('https://example.com/|', 22)).toBeUndefined();
  });

  it('leads where it led, in printable ASCII, with nothing unfit', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
        const url = written(address, 10_000);
        if (url === undefined) return;
        expect(url).toMatch(/^[\x21-\x7e]+$/);
        expect(url.search(UNFIT)).toBe(-1);
        expect(new URL(url).host).toBe(new URL(address).host);
      }),
      { numRuns: 300 },
    );
  });
});
