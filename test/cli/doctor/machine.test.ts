import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isWithin, ofFiles, ofNode } from '../../../src/cli/doctor/machine.ts';
import { readConfig } from '../../../src/config.ts';

const RANGE = '^22.23.0 || ^24.15.0 || >=26.0.0';

describe('a Node', () => {
  it.each(['22.23.0', '22.99.1', '24.15.0', '24.15.3', '26.0.0', '26.10.0', '30.1.2'])(
    '%s will do',
    (version) => {
      expect(isWithin(version, RANGE)).toBe(true);
    },
  );

  it.each(['18.20.0', '22.22.9', '23.99.0', '24.14.9', '25.1.0'])('%s will not', (version) => {
    expect(isWithin(version, RANGE)).toBe(false);
  });

  it('is held to what the package says', () => {
    expect(ofNode(process.versions.node).state).toBe('fine');
    expect(ofNode('20.1.0')).toMatchObject({
      state: 'wrong',
      mend: expect.stringContaining('https://nodejs.org'),
    });
  });
});

describe.skipIf(process.platform === 'win32')('files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paperwire-doctor-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const config = () => readConfig({ STORE_URL: `sqlite:${folder}/test.db` });
  const put = (name: string, mode: number) => {
    writeFileSync(join(folder, name), '');
    chmodSync(join(folder, name), mode);
  };

  it('that others can get at are told, with the mend', () => {
    put('.env', 0o644);
    put('test.db', 0o600);
    put('test.db-wal', 0o660);
    put('test.key', 0o604);
    const found = ofFiles(config(), join(folder, '.env'));
    expect(found.map(({ state, mend }) => [state, mend])).toEqual([
      ['warning', `chmod 600 ${folder}/.env`],
      ['warning', `chmod 600 ${folder}/test.db-wal`],
      ['warning', `chmod 600 ${folder}/test.key`],
    ]);
    expect(found[0]?.sentence).toContain('(mode 644)');
  });

  it('that are of something else are not spoken of, as their rights are none of our business', () => {
    put('test.db', 0o644);
    writeFileSync(join(folder, 'test.db'), 'root:x:0:0:root:/root:/bin/bash');
    expect(ofFiles(config(), join(folder, '.env'))).toEqual([]);
  });

  it('that nobody may read are not said to be read by their owner', () => {
    put('.env', 0o200);
    put('test.db', 0o600);
    expect(ofFiles(config(), join(folder, '.env'))).toEqual([
      { state: 'fine', sentence: `Only you can read ${folder}/test.db.` },
    ]);
  });

  it.skipIf(process.getuid?.() !== 0)('of another user are not said to be ours', () => {
    put('.env', 0o600);
    chownSync(join(folder, '.env'), 12_345, 12_345);
    expect(ofFiles(undefined, join(folder, '.env'))).toEqual([]);
  });

  it('that only their owner can read are fine, and those that are not there are not spoken of', () => {
    put('test.db', 0o600);
    put('test.db-shm', 0o600);
    put('test.key', 0o600);
    expect(ofFiles(config(), join(folder, '.env'))).toEqual([
      { state: 'fine', sentence: `Only you can read ${folder}/test.db and ${folder}/test.key.` },
    ]);
    rmSync(join(folder, 'test.db'));
    for (const name of ['test.db-shm', 'test.key']) rmSync(join(folder, name));
    expect(ofFiles(config(), join(folder, '.env'))).toEqual([]);
    expect(ofFiles(undefined, join(folder, '.env'))).toEqual([]);
  });
});
