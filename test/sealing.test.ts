import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeal, deriveSecret } from '../src/sealing.ts';

const KEY = 'k'.repeat(32);
const seal = createSeal(KEY);

describe('a seal', () => {
  it('opens what it closed, whatever it was, and shows nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, name) => {
        const sealed = seal.close(text, name);
        expect(seal.open(sealed, name)).toBe(text);
        expect(sealed).toMatch(/^v1\.[\w-]+$/);
      }),
    );
    expect(seal.close('xoxb-1-2-abcdef', 'slack:T1')).not.toContain('xoxb');
  });

  it('never gives the same text twice', () => {
    const sealed = Array.from({ length: 100 }, () => seal.close('the same', 'slack:T1'));
    expect(new Set(sealed).size).toBe(100);
  });

  it('opens nothing under another name or by another key', () => {
    const sealed = seal.close('token', 'slack:T1');
    expect(seal.open(sealed, 'slack:T2')).toBeUndefined();
    expect(createSeal(`${KEY}.`).open(sealed, 'slack:T1')).toBeUndefined();
    expect(createSeal(KEY).open(sealed, 'slack:T1')).toBe('token');
  });

  it('notices every change', () => {
    const sealed = seal.close('token', 'slack:T1');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (const at of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(seal.open(`v1.${changed.toString('base64url')}`, 'slack:T1'), String(at)).toBeUndefined();
    }
    for (const other of ['', 'v1.', sealed.replace('v1.', 'v2.'), sealed.slice(0, -9), 'token']) {
      expect(seal.open(other, 'slack:T1'), other).toBeUndefined();
    }
  });
});

describe('a secret for one purpose', () => {
  it('stays the same, and tells neither the key nor another one', () => {
    const secrets = [deriveSecret(KEY, 'one'), deriveSecret(KEY, 'other'), deriveSecret(`${KEY}.`, 'one')];
    expect(deriveSecret(KEY, 'one')).toBe(secrets[0]);
    expect(new Set(secrets).size).toBe(3);
    for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
  });
});
