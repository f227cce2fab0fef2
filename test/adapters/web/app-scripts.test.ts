import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDER = 'adapters/web/assets';
const AS_IN_A_BROWSER =
  '--ignoreConfig --noEmit --allowJs --checkJs --strict --target es2024 --module esnext --moduleResolution bundler --lib es2024,dom,dom.iterable --types';

it('the page’s scripts are what their comments say of types', async () => {
  const scripts = readdirSync(`${ROOT}/${FOLDER}`).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(0);
  const paths = scripts.map((name) => `${FOLDER}/${name}`);
  const given = ['node_modules/typescript/bin/tsc', ...AS_IN_A_BROWSER.split(' '), '', ...paths];
  const told = await promisify(execFile)(process.execPath, given, { cwd: ROOT }).catch((error) => error);
  expect(told.stdout).toBe('');
});
