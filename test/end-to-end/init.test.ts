import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Channel, type FakeDiscord, messageText, startDiscord } from '../fakes/discord/index.ts';
import { type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { installProgram, type Program } from './program.ts';
import { type AtTerminal, atTerminal, hasTerminals, KEYS } from './terminal.ts';

const { enter, down, interrupt } = KEYS;

let source: SourceServer;
let fake: FakeDiscord;
let channel: Channel;
let program: Program;
let opened: AtTerminal | undefined;
beforeAll(async () => {
  source = await startSourceServer();
});
beforeEach(async () => {
  fake = await startDiscord();
  channel = fake.addChannel(fake.addGuild({ name: 'Lab' }), { name: 'papers' });
  program = installProgram(source.url);
});
afterEach(async () => {
  opened?.kill('SIGKILL');
  await opened?.ended;
  opened = undefined;
  program.remove();
  await fake.stop();
});
afterAll(async () => await source.stop());

function open(more: Record<string, string> = {}, columns?: number): AtTerminal {
  const env = { ...program.env, DISCORD_API_URL: fake.url, ...more };
  opened = atTerminal(program, ['init'], { env, ...(columns === undefined ? {} : { columns }) });
  return opened;
}

const envText = () => readFileSync(join(program.folder, '.env'), 'utf8');

it('says so where there is no terminal', async () => {
  const { code, out, err } = await program.run(['init'], { input: '' });
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^paperwire init asks questions, and there is nobody to ask: .*\.env\.example.*\n$/);
  const wrong = await program.run(['init', '--fast']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('paperwire init --help')]);
});

describe.skipIf(!hasTerminals)('in a terminal', () => {
  it('sets a bot up to a posted edition, and shows no secret', async () => {
    const terminal = open();
    await terminal.answer(/Where shall papers come\?/, enter);
    await terminal.answer(/The token of the bot/, `wrong-token${enter}`);
    await terminal.answer(/does not take the token[\s\S]*How shall it go on\?/, enter);
    await terminal.answer(/The token of the bot/, `${fake.token}${enter}`);
    await terminal.answer(/In which server\?/, enter);
    await terminal.answer(/In which channel/, enter);
    await terminal.answer(/At what time/, enter);
    await terminal.answer(/In which time zone\?/, enter);
    await terminal.answer(/DISCORD_TOKEN=\(what you gave\)[\s\S]*Is that right\?/, enter);
    await terminal.answer(/Post today’s edition/, enter);
    expect(await terminal.ended, terminal.said()).toBe(0);
    expect(terminal.said()).toMatch(/\d: posted\. [\s\S]*What comes next/);
    expect(fake.messages(channel).map(messageText).join('\n')).toContain('Papers of');
    expect(envText()).toBe(`DISCORD_TOKEN=${fake.token}\n`);
    expect(statSync(join(program.folder, '.env')).mode & 0o777).toBe(0o600);
    for (const secret of [fake.token, 'wrong-token']) expect(terminal.raw()).not.toContain(secret);
  });

  it('leaves nothing behind where somebody presses Ctrl-C', async () => {
    const terminal = open();
    await terminal.answer(/Where shall papers come\?/, enter);
    await terminal.answer(/The token of the bot/, `${fake.token}${enter}`);
    await terminal.answer(/In which server\?/, interrupt);
    expect(await terminal.ended).toBe(130);
    expect(terminal.said()).toMatch(/Nothing was changed\.\s+$/);
    expect(readdirSync(program.folder)).toEqual([]);
  });

  it('has no colours where none are wanted', async () => {
    const plain = open({ NO_COLOR: '1' });
    await plain.answer(/Where shall papers come\?/, `${down}${interrupt}`);
    expect(await plain.ended).toBe(130);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of.
    expect(plain.raw()).not.toMatch(/\x1b\[[\d;]*[1-9][\d;]*m/);
  });

  it('asks line by line where a terminal takes no line back', async () => {
    const terminal = open({ TERM: 'dumb' });
    await terminal.answer(/Number \[1\]: $/, `5${enter}`);
    await terminal.answer(/a number from 1 to 4\.\s+Number \[1\]: $/, `1${enter}`);
    await terminal.answer(/\(not shown\): $/, `${fake.token}${enter}`);
    await terminal.answer(/In which server\?[\s\S]*Number \[1\]: $/, enter);
    await terminal.answer(/In which channel[\s\S]*Number \[1\]: $/, enter);
    await terminal.answer(/At what time.*\[09:00\]: $/, enter);
    await terminal.answer(/time zone\? \[.*\]: $/, `Europe/Berlin${enter}`);
    await terminal.answer(/Is that right\? \[Y\/n\]: $/, `y${enter}`);
    await terminal.answer(/Post today’s edition.* \[Y\/n\]: $/, `n${enter}`);
    expect(await terminal.ended, terminal.said()).toBe(0);
    expect(terminal.raw()).not.toContain(fake.token);
    expect(terminal.raw()).not.toContain('\x1b');
    expect(fake.messages(channel)).toEqual([]);
    expect(existsSync(join(program.folder, 'data/test.db'))).toBe(true);
  });

  it('asks line by line too where a terminal does not tell its width', async () => {
    const terminal = open({}, 0);
    await terminal.answer(/Number \[1\]: $/, interrupt);
    expect(await terminal.ended).toBe(130);
  });

  it.each([
    ['a choice', /Number \[1\]: $/, []],
    ['a secret', /\(not shown\): $/, ['1']],
  ] as const)('gives up at %s there too', async (_what, question, before) => {
    const terminal = open({ TERM: 'dumb' });
    for (const keys of before) await terminal.answer(/Number \[1\]: $/, `${keys}${enter}`);
    await terminal.answer(question, interrupt);
    expect(await terminal.ended, terminal.said()).toBe(130);
    expect(terminal.said()).toContain('Nothing was changed.');
    expect(readdirSync(program.folder)).toEqual([]);
  });
});
