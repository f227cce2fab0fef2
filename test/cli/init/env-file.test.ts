import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readEnvFile } from '../../../src/cli/init/env-file.ts';

it('a folder in the place of the file is told as one, and not as a matter of rights', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-init-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(() => readEnvFile(folder)).toThrow(
    `${folder} is a folder, and settings go into a file of that name: move it away.`,
  );
});
