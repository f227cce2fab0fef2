import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress } from '../../../../adapters/email/subscribing/address.ts';

describe('an address', () => {
  it.each([
    ['ada@example.org', 'ada@example.org'],
    ['  Ada.Lovelace@Example.ORG\n', 'ada.lovelace@example.org'],
    ["o'neil+papers=x@mail.example.co.uk", "o'neil+papers=x@mail.example.co.uk"],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@XN--BCHER-KVA.example', 'ada@xn--bcher-kva.example'],
    ['ada@例子.测试', 'ada@xn--fsqu00a.xn--0zwm56d'],
    ['jörg@example.org', 'jörg@example.org'],
    ['jo\u0308rg@example.org', 'jörg@example.org'],
    ['用户@example.org', '用户@example.org'],
    [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
  ])('is read as we spell it: %s', (text, address) => {
    expect(readAddress(text)).toBe(address);
    expect(readAddress(address)).toBe(address);
  });

  it.each([
    '',
    'ada',
    '@example.org',
    'ada@',
    'ada@localhost',
    'ada@example',
    'ada@127.0.0.1',
    'ada@[127.0.0.1]',
    'ada@example.org.',
    'ada@.example.org',
    'ada@example..org',
    'ada@-example.org',
    'ada@example-.org',
    'ada@example.org:25',
    'ada@example.org/x',
    'ada@example.org?x',
    'ada@user@example.org',
    'ada@exa_mple.org',
    'ada@example.123',
    'ada lovelace@example.org',
    '.ada@example.org',
    'ada.@example.org',
    'a..da@example.org',
    '"ada"@example.org',
    'Ada <ada@example.org>',
    '<ada@example.org>',
    'ada@example.org, bo@example.org',
    'ada@example.org;bo@example.org',
    'ada@example.org\r\nBcc: bo@example.org',
    'ada\r\nBcc: x@example.org',
    'ada\u0000@example.org',
    'ada\u202e@example.org',
    'ada\u00a0b@example.org',
    'ada@example.org\u0000',
    'ada(comment)@example.org',
    'ada\\@example.org',
    'mailto:ada@example.org',
    `${'a'.repeat(65)}@example.org`,
    `${'ä'.repeat(33)}@example.org`,
    `ada@${'a'.repeat(64)}.org`,
    `ada@${'abcdefgh.'.repeat(30)}org`,
  ])('is not %j', (text) => {
    expect(readAddress(text)).toBeUndefined();
  });

  it('holds nothing, whatever is given, that could end a header or name another mailbox', () => {
    const hostile = fc.constantFrom(
      '\r\n',
      '\n',
      '\u0000',
      ' ',
      '<',
      '>',
      ',',
      ';',
      '"',
      '@',
      '\u2028',
      'ﬀ',
      'İ',
      '＠',
      '．',
    );
    const text = fc.array(fc.oneof(hostile, fc.string({ maxLength: 4 }), fc.constant('ada@example.org')), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(text, (parts) => {
        const address = readAddress(parts.join(''));
        if (address === undefined) return;
        expect(address).toMatch(/^[^\s\p{C}<>,;:"()[\]\\@]+@[a-z\d.-]+\.[a-z\d-]+$/u);
        expect(Buffer.byteLength(address)).toBeLessThanOrEqual(254);
        expect(readAddress(address)).toBe(address);
      }),
      { numRuns: 2000, seed: 3 },
    );
  });
});
