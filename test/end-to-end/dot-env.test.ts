import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/finding.ts';
import { installProgram, NOBODY, type Program } from './program.ts';

let program: Program;
let path: string;
beforeAll(() => {
  program = installProgram(NOBODY);
  path = join(program.folder, '.env');
});
beforeEach(() => rmSync(path, { recursive: true, force: true }));
afterAll(() => program.remove());

/** What the program says on standard error with such an `.env`, and how it ends. */
async function saidWith(text: string): Promise<{ code: number | null; err: string }> {
  writeFileSync(path, text, { mode: 0o600 });
  const { code, err } = await program.run(['status']);
  return { code, err };
}

describe('.env', () => {
  it('counts from its first line on, also behind a byte order mark and in lines of Windows', async () => {
    const { code, err } = await saidWith('\uFEFFLOG_LEVEL=loud\r\nARCHIVE_DAYS=1\r\n');
    expect(code).toBe(78);
    expect(err).toContain('  LOG_LEVEL: "loud" is not one of');
    expect(err).toContain('  ARCHIVE_DAYS: "1" is no whole number');
  });

  it('counts less than what the process was given', async () => {
    writeFileSync(path, 'LOG_LEVEL=loud\n', { mode: 0o600 });
    const { code } = await program.run(['status'], { env: { LOG_LEVEL: 'silent' } });
    expect(code).toBe(0);
  });

  it('that is a folder is told as one', async () => {
    mkdirSync(path);
    const { code, err } = await program.run(['status']);
    expect([code, err]).toEqual([78, expect.stringContaining('  .env: it is a folder')]);
    const { out } = await program.run(['doctor']);
    expect(out).toContain('✗ .env: it is a folder');
    expect(out).not.toContain('chmod');
  });

  it('that is a link to nothing, or saved as UTF-16, is told as that', async () => {
    symlinkSync('nowhere', path);
    const link = await program.run(['status']);
    expect([link.code, link.err]).toEqual([78, expect.stringContaining('  .env: it is a link to a file')]);
    rmSync(path);
    writeFileSync(path, '\uFEFFLOG_LEVEL=info\n', { encoding: 'utf16le', mode: 0o600 });
    const wide = await program.run(['status']);
    expect([wide.code, wide.err]).toEqual([78, expect.stringContaining('save it as UTF-8')]);
  });

  it.each([
    ['is closed nowhere', '# Ours\n\nLOG_LEVEL="info\nHTTP_HOST=127.0.0.1\n', 3],
    ['is closed by the quote of another setting', "A='b'\nLOG_LEVEL='info\nHTTP_HOST='127.0.0.1'\n", 2],
    ['is no part of the value', "export WEB_PASSWORD='twas-brillig\n", 1],
  ])('a quote that %s is told with its line', async (_how, text, line) => {
    const { code, err } = await saidWith(text);
    expect([code, err]).toEqual([78, expect.stringContaining(`  .env: line ${line} opens a quote`)]);
    expect(err).not.toContain('brillig');
  });

  it('may have values of several lines, with signs that would mean something elsewhere', async () => {
    const text =
      'OTHER="-----BEGIN\nab"\nQUOTED=\'a "b" # c\'\nEMPTY=\nBARE=it\'s "so"\nLOG_LEVEL=`info` # \'\n';
    expect(await saidWith(text)).toEqual({ code: 0, err: '' });
  });
});

describe('a name in .env', () => {
  const TOKENS = 'LOG_LEVL=info\nlog_level=info\nHUGGING_FACE_TOKEN_FLIE=x\nUGGING_FACE_TOKEN=x\n';

  it('that is misspelt is warned of, with the one that was meant', async () => {
    const { code, err } = await saidWith(TOKENS);
    expect(code).toBe(0);
    expect(err.trimEnd().split('\n').sort()).toEqual([
      'HUGGING_FACE_TOKEN_FLIE in .env is not a name that Paperwire knows. Did you mean HUGGING_FACE_TOKEN_FILE?',
      'LOG_LEVL in .env is not a name that Paperwire knows. Did you mean LOG_LEVEL?',
      'UGGING_FACE_TOKEN in .env is not a name that Paperwire knows. Did you mean HUGGING_FACE_TOKEN?',
      'log_level in .env is not a name that Paperwire knows. Did you mean LOG_LEVEL?',
    ]);
  });

  it('is found by the doctor too, also where something else is wrong', async () => {
    writeFileSync(path, 'DISCORD_TOKN=a-token\nLOG_LEVEL=loud\n', { mode: 0o600 });
    const { code, out, err } = await program.run(['doctor', '--json']);
    const { findings } = JSON.parse(out) as { findings: Finding[] };
    const told = findings.map(({ state, sentence }) => [state, sentence]);
    expect([code, err]).toEqual([1, '']);
    expect(told).toContainEqual([
      'warning',
      'DISCORD_TOKN in .env is not a name that Paperwire knows. Did you mean DISCORD_TOKEN?',
    ]);
    expect(told).toContainEqual(['wrong', expect.stringContaining('LOG_LEVEL: "loud"')]);
  });

  it('with a word too many is warned of, unless the file gives what it may mean', async () => {
    const both = await saidWith('DISCORD_BOT_TOKEN=x\nLOG_LEVEL_OLD=x\nLOG_LEVEL=info\n');
    expect(both.code).toBe(0);
    expect(both.err.trimEnd()).toBe(
      'DISCORD_BOT_TOKEN in .env is not a name that Paperwire knows. Did you mean DISCORD_TOKEN?',
    );
  });

  it.each(['LOG_LEVEL info', 'LOG_LEVEL: info', ' export LOG_LEVEL', 'LOG_LEVEL'])(
    'that no equals sign follows is told: %j',
    async (line) => {
      const { code, err } = await saidWith(`# LOG_LEVEL debug\n${line}\n`);
      expect(code).toBe(78);
      expect(err).toContain(
        '.env: line 2 gives LOG_LEVEL no value: write LOG_LEVEL= and the value behind it.',
      );
    },
  );

  it('that is near none is no business of ours, nor is any of the process', async () => {
    const text = 'SMTP_HOST=h\nDB_PASSWORD=p\nEDITOR=vi\nPOSTGRES_PASSWORD=p\nLOG_LEVEL_FOR_OTHERS=x\n';
    writeFileSync(path, text, { mode: 0o600 });
    const { code, err } = await program.run(['status'], { env: { LOG_LEVL: 'info' } });
    expect([code, err]).toEqual([0, '']);
  });
});
