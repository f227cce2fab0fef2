import { describe, expect, it } from 'vitest';
import { mailAddressOf } from '../src/mail-address.ts';

describe('an address', () => {
  it.each([
    ['ada@example.org', 'ada@example.org'],
    ['  Ada@EXAMPLE.Org\n', 'ada@example.org'],
    ['ada@Bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@XN--BCHER-KVA.example', 'ada@xn--bcher-kva.example'],
    ['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
    ['ÜSÜ@例え.テスト', 'üsü@xn--r8jz45g.xn--zckzah'],
    ['u\u0308su\u0308@example.org', 'üsü@example.org'],
    ['"a@b"@example.org', '"a@b"@example.org'],
  ])('%j is known as %s', (given, known) => {
    expect(mailAddressOf(given)).toBe(known);
    expect(mailAddressOf(known)).toBe(known);
  });

  it('that is none is taken for no other', () => {
    const none = ['', '@', 'ada', 'ada@', 'ada@exa mple', 'ada@[', 'bo@exa mple', '@example.org'];
    expect(new Set(none.map(mailAddressOf)).size).toBe(none.length);
  });
});
