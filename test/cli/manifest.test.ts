import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installProgram, NOBODY, type Program } from '../end-to-end/program.ts';

let program: Program;
beforeAll(() => {
  program = installProgram(NOBODY);
});
afterAll(() => program.remove());

const manifest = (...args: string[]) => program.run(['manifest', 'slack', ...args], {});

describe('manifest slack', () => {
  it('prints the manifest alone on standard output, and beside it the reason for each scope', async () => {
    const { code, out, err } = await manifest();
    expect(code).toBe(0);
    const { oauth_config, settings } = JSON.parse(out);
    expect(settings.socket_mode_enabled).toBe(true);
    for (const scope of oauth_config.scopes.bot)
      expect(err).toMatch(new RegExp(`^ {2}${scope} {2,}to |same`, 'm'));
    expect(oauth_config.scopes.bot.join()).not.toContain('history');
  });

  it('asks for more only where it is told to, and says that this is optional', async () => {
    const { out } = await manifest('--http', 'https://papers.example.org/', '--history', '--json');
    const { manifest: app, reasons } = JSON.parse(out);
    expect(app.settings.socket_mode_enabled).toBe(false);
    expect(JSON.stringify(app)).not.toContain('example.org//');
    const optional = reasons.filter((reason: { isOptional: boolean }) => reason.isOptional);
    const scopes = optional.map((reason: { scope: string }) => reason.scope);
    expect(scopes).toEqual(['channels:history', 'groups:history', 'im:history']);
  });

  it.each([
    [['--http', 'http://papers.example.org']],
    [['--http', 'x']],
    [['--socket', '--http', 'https://a.example']],
    [['now']],
  ])('wrong usage %j: a sentence and exit 2', async (args) => {
    const { code, out, err } = await manifest(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('says which platform where none is named', async () => {
    for (const args of [[], ['discord'], ['--json']]) {
      const { code, err } = await program.run(['manifest', ...args], {});
      expect([code, err]).toEqual([2, 'Say which platform: paperwire manifest slack.\n']);
    }
  });
});
