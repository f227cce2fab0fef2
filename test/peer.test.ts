import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopback, isPrivate, networkOf, readAddress, regionOf, siteOf } from '../src/peer.ts';

describe('an address', () => {
  it.each([
    ['203.0.113.1', '203.0.113.1'],
    ['203.0.113.1:4711', '203.0.113.1'],
    ['::ffff:203.0.113.1', '203.0.113.1'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('is read without what stands around it: %s', (text, address) => {
    expect(readAddress(text)).toBe(address);
  });

  it.each([
    '',
    'unknown',
    '_hidden',
    'localhost',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.4:',
    '[1.2.3.4',
    '[]',
    '::1]',
  ])('is nothing else: %s', (text) => {
    expect(readAddress(text)).toBeUndefined();
  });

  it('whatever is written there, can be counted', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (text) => {
        const address = readAddress(text) ?? '';
        expect(networkOf(address).length + regionOf(address).length).toBeLessThan(60);
      }),
    );
  });
});

describe('where it lies', () => {
  it.each(['127.0.0.1', '127.255.0.9', '::1'])('at this machine: %s', (address) => {
    expect([isLoopback(address), isPrivate(address)]).toEqual([true, true]);
  });

  it.each(['10.1.2.3', '172.17.0.1', '192.168.1.7', '169.254.1.1', '100.64.0.1', 'fd00::1', 'fe80::1'])(
    'in a net of one’s own: %s',
    (address) => {
      expect([isLoopback(address), isPrivate(address)]).toEqual([false, true]);
    },
  );

  it.each(['8.8.8.8', '172.32.0.1', '192.169.0.1', '2001:db8::1', '', 'localhost'])(
    'elsewhere: %s',
    (address) => {
      expect([isLoopback(address), isPrivate(address)]).toEqual([false, false]);
    },
  );

  it('is a network and a region', () => {
    expect(
      ['203.0.113.1', '2001:db8::1', '::1', '1:2:3:4:5:6:7:8', '64:ff9b::192.0.2.1'].map(networkOf),
    ).toEqual(['203.0.113.1', '2001:db8:0:0::/64', '0:0:0:0::/64', '1:2:3:4::/64', '64:ff9b:0:0::/64']);
    expect(['203.0.113.1', '2001:db8:1:2::1', '::1'].map(siteOf)).toEqual([
      '203.0.113.1',
      '2001:db8:1::/48',
      '0:0:0::/48',
    ]);
    expect(['203.0.113.1', '2001:db8::1', '::1'].map(regionOf)).toEqual([
      '203.0.0.0/8',
      '2001::/16',
      '0::/16',
    ]);
  });
});
