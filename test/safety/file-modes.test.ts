import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvFile, writeEnvFile } from '../../src/cli/init/env-file.ts';
import { installProgram, NOBODY, type Program } from '../end-to-end/program.ts';
import { eventually, type RunningProgram, running, stop } from '../end-to-end/running.ts';

/** With this one everybody may read and write what is made without a word. */
const OPEN_UMASK = 0o000;
const before = process.umask(OPEN_UMASK);
afterAll(() => void process.umask(before));

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('what a bot keeps', () => {
  let program: Program;
  let bot: RunningProgram;
  const data = () => join(program.folder, 'data');

  beforeAll(() => {
    program = installProgram(NOBODY);
    // Nobody takes its mails, and it seals the links in them; with a password it has its playground all the same.
    const mail = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'papers@example.org' };
    const web = {
      PUBLIC_URL: 'https://papers.example.org',
      WEB_PASSWORD: 'for a test only'.replaceAll(' ', '-'),
    };
    bot = running(program.spawn(['start'], { ...mail, ...web }));
  });
  afterAll(async () => {
    await stop(bot);
    program.remove();
  });

  it('is read and written by its owner alone, whatever the umask', async () => {
    const kept = ['test.db', 'test.key', 'test.playground.db', 'test.search.db'];
    const beside = kept
      .filter((name) => name.endsWith('.db'))
      .flatMap((name) => [`${name}-shm`, `${name}-wal`]);
    const there = () => {
      try {
        return readdirSync(data()).sort();
      } catch {
        return [];
      }
    };
    await eventually(() => there().length >= kept.length + beside.length, 'all files were made');
    expect(there()).toEqual([...kept, ...beside].sort());
    expect(modeOf(data())).toBe('700');
    for (const name of there()) expect(modeOf(join(data(), name)), name).toBe('600');
  });
});

describe('a file of settings', () => {
  it('is its owner’s alone, also where it was everybody’s', () => {
    const folder = mkdtempSync(join(tmpdir(), 'paperwire-env-'));
    const path = join(folder, '.env');
    for (const text of ['SECRET_KEY=one\n', 'SECRET_KEY=two\n']) {
      writeEnvFile(readEnvFile(path), text);
      expect(modeOf(path)).toBe('600');
      expect(readdirSync(folder)).toEqual(['.env']);
      chmodSync(path, 0o666);
    }
    rmSync(folder, { recursive: true });
  });
});
