import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/cli/init/prompts.ts';
import { setUp } from '../../../src/cli/init/set-up.ts';
import { ConfigError, StoreError } from '../../../src/errors.ts';
import {
  type Channel,
  type FakeDiscord,
  type Guild,
  messageText,
  startDiscord,
} from '../../fakes/discord/index.ts';
import { openPlace, type SetUpPlace } from './place.ts';
import { createScripted, GIVES_UP, type Script } from './scripted.ts';

let fake: FakeDiscord;
let guild: Guild;
let channel: Channel;
let place: SetUpPlace;

beforeEach(async () => {
  // Whoever answers at once asks more in a second than people do.
  fake = await startDiscord({ limits: false });
  guild = fake.addGuild({ name: 'Lab' });
  channel = fake.addChannel(guild, { name: 'papers' });
  place = await openPlace({ DISCORD_API_URL: fake.url });
});
afterEach(async () => {
  await place[Symbol.asyncDispose]();
  await fake.stop();
  expect([fake.problems, fake.ownProblems]).toEqual([[], []]);
});

/** From nothing to a posted edition. */
function script(): Script {
  return [
    [/Where shall papers come/, 'Discord'],
    [/token of the bot/, fake.token],
    [/In which server/, 'Lab'],
    [/In which channel/, '#papers'],
    [/At what time/, '07:30'],
    [/In which time zone/, 'Europe/Berlin'],
    [/Is that right/, true],
    [/Post today’s edition/, true],
  ];
}

/** All but the first answers. */
const from = (first: number): Script => script().slice(first);

describe('a bot on Discord', () => {
  it('is set up from nothing to a posted edition', async () => {
    const { code, prompts } = await place.run(script());
    expect(code).toBe(0);
    expect(place.env()).toBe(`DISCORD_TOKEN=${fake.token}\n`);
    expect(statSync(place.envPath).mode & 0o777).toBe(0o600);
    const [feed] = await place.feeds();
    expect(feed).toMatchObject({
      destination: { platform: 'discord', workspace: guild.id, channel: channel.id },
      time: '07:30',
      zone: 'Europe/Berlin',
      manager: guild.ownerId,
    });
    const [edition] = fake.messages(channel);
    expect(messageText(edition)).toContain('Papers of');
    expect(prompts.findings.map(({ state }) => state)).toEqual(['fine', 'fine', 'fine']);
    expect(prompts.shown.join('\n')).not.toContain(fake.token);
  });

  it('says what is wrong with a token, and asks again', async () => {
    const { prompts } = await place.run([
      ...script().slice(0, 1),
      [/token of the bot/, ''],
      [/token of the bot/, 'not a token'],
      [/token of the bot/, 'another-token'],
      [/How shall it go on/, 'again'],
      ...from(1),
    ]);
    expect(prompts.shown).toContain('It has blanks, line breaks or other characters that no token has.');
    expect(prompts.findings[0]).toMatchObject({
      state: 'wrong',
      sentence: 'Discord does not take the token.',
      mend: expect.stringContaining('Reset Token'),
    });
    expect(prompts.shown.join('\n')).not.toContain('another-token');
    expect(place.env()).toBe(`DISCORD_TOKEN=${fake.token}\n`);
  });

  it('shows the link that lets the bot in, until it is in a server', async () => {
    fake.kickBot(guild);
    const comesIn = () => {
      fake.addBot(guild);
      return 'Yes';
    };
    const { prompts } = await place.run([
      ...script().slice(0, 2),
      [/Is it in/, 'Yes'],
      [/Is it in/, comesIn],
      ...from(2),
    ]);
    expect(prompts.shown.join('\n')).toContain('https://discord.com/oauth2/authorize?client_id=');
    expect(prompts.findings[1]?.sentence).toBe('The bot is in no server yet.');
    expect(await place.feeds()).toHaveLength(1);
  });

  it('names the right that is missing in a channel, and asks for the channel again', async () => {
    const closed = fake.addChannel(guild, { name: 'closed' });
    fake.permit(closed, 'bot', { deny: ['SendMessages'] });
    const { prompts } = await place.run([
      ...script().slice(0, 3),
      [/In which channel/, '#closed'],
      ...from(3),
    ]);
    expect(prompts.findings[1]).toMatchObject({
      sentence: 'Nothing can be posted in #closed.',
      mend: expect.stringContaining('Send Messages'),
    });
    const [feed] = await place.feeds();
    expect(feed?.destination.channel).toBe(channel.id);
  });

  it('goes on where Discord was away for a while', async () => {
    const comesBack = () => {
      fake.mend();
      return 'Try';
    };
    fake.fail('GET /users/@me/guilds', { kind: 'status', status: 503 });
    const { prompts } = await place.run([
      ...script().slice(0, 2),
      [/How shall it go on/, comesBack],
      ...from(2),
    ]);
    expect(prompts.findings[1]?.sentence).toContain('Discord could not be looked at');
  });

  it('refuses what is no time and no zone', async () => {
    const { prompts } = await place.run([
      ...script().slice(0, 4),
      [/At what time/, '25:00'],
      [/At what time/, '07:30'],
      [/In which time zone/, '+02:00'],
      ...from(5),
    ]);
    expect(prompts.shown).toEqual(expect.arrayContaining(['Write it like 09:00.']));
    expect(prompts.shown).toEqual(expect.arrayContaining(['Write it like Europe/Berlin, or UTC.']));
  });
});

describe('what was there', () => {
  const BEFORE = '# Mine\nLOG_LEVEL=warn\n\n#DISCORD_TOKEN=\nDISCORD_TOKEN=an-old-one\n';

  it('stays: other lines, comments, and the old token as a comment', async () => {
    writeFileSync(place.envPath, BEFORE, { mode: 0o644 });
    const { prompts } = await place.run([
      ...script().slice(0, 1),
      [/token of Discord is set already/, false],
      ...from(1),
    ]);
    expect(place.env()).toBe(
      BEFORE.replace('DISCORD_TOKEN=an', `#DISCORD_TOKEN=an`).concat(`DISCORD_TOKEN=${fake.token}\n`),
    );
    expect(statSync(place.envPath).mode & 0o777).toBe(0o600);
    expect(prompts.shown.join('\n')).toContain('the line of before stays as a comment');
    expect(place.files().sort()).toEqual(['.env', 'data']);
  });

  it('is used where it is right, and nothing is written', async () => {
    const before = `DISCORD_TOKEN="${fake.token}" # mine`;
    writeFileSync(place.envPath, before);
    await place.run([...script().slice(0, 1), [/is set already/, true], ...from(2)]);
    expect(place.env()).toBe(before);
    expect(fake.messages(channel)).not.toEqual([]);
  });

  it('is a feed that posts there: it gets the new time, and no second one is made', async () => {
    await place.run(script());
    const again: Script = [
      ...script().slice(0, 1),
      [/is set already/, true],
      ...script().slice(2, 4),
      [/At what time/, '10:00'],
      [/In which time zone/, 'UTC'],
      [/Is that right/, true],
      [/Post today/, false],
    ];
    await place.run(again);
    expect((await place.feeds()).map(({ time, zone }) => [time, zone])).toEqual([['10:00', 'UTC']]);
    expect(fake.messages(channel)).toHaveLength(1);
  });

  it('is told before any question where it is wrong and nobody is asked for it', async () => {
    writeFileSync(place.envPath, 'LOG_LEVEL=loud\nDISCORD_TOKEN=a b\n');
    const prompts = createScripted([]);
    const refused = await place.runWith(prompts).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConfigError);
    expect((refused as ConfigError).problems.map(({ variable }) => variable)).toEqual(['LOG_LEVEL']);
  });

  it('is a token of the terminal, against which .env would not count', async () => {
    const answers: Script = [
      [/Where/, 'Discord'],
      [/is set already/, false],
    ];
    const refused = await place
      .runWith(createScripted(answers), { DISCORD_TOKEN: fake.token })
      .catch((error: unknown) => error);
    expect((refused as ConfigError).message).toMatch(
      /^DISCORD_TOKEN: it is set in the environment of this terminal/,
    );
    expect(place.files()).toEqual([]);
  });
});

describe('who gives up', () => {
  it('leaves nothing behind, whichever question it is at', async () => {
    const questions = script().length - 1;
    for (let at = 0; at < questions; at += 1) {
      const answers: Script = [...script().slice(0, at), [/./, GIVES_UP]];
      const refused = await place.runWith(createScripted(answers)).catch((error: unknown) => error);
      expect(refused, `question ${at}`).toBeInstanceOf(CancelledError);
      expect(place.files(), `question ${at}`).toEqual([]);
    }
    expect(fake.messages(channel)).toEqual([]);
  });

  it('or does not want what is shown, neither', async () => {
    const answers: Script = [...script().slice(0, 6), [/Is that right/, false]];
    await expect(place.runWith(createScripted(answers))).rejects.toBeInstanceOf(CancelledError);
    expect(place.files()).toEqual([]);
  });

  it('at the last one has all that was set up, and nothing posted', async () => {
    const { code, prompts } = await place.run([...script().slice(0, 7), [/Post today/, GIVES_UP]]);
    expect(code).toBe(0);
    expect(await place.feeds()).toHaveLength(1);
    expect(fake.messages(channel)).toEqual([]);
    expect(prompts.shown).toContain('What comes next');
  });

  it('and somebody else who changes .env meanwhile keep what they wrote', async () => {
    const writes = () => {
      writeFileSync(place.envPath, 'LOG_LEVEL=warn\n');
      return true;
    };
    const answers: Script = [...script().slice(0, 6), [/Is that right/, writes]];
    await expect(place.runWith(createScripted(answers))).rejects.toThrow('was changed by somebody else');
    expect(place.env()).toBe('LOG_LEVEL=warn\n');
    expect(place.files().filter((name) => name.startsWith('.env'))).toEqual(['.env']);
    expect(await place.feeds()).toEqual([]);
  });
});

it('writes nothing where the store does not open', async () => {
  const notes = join(place.folder, 'notes.txt');
  writeFileSync(notes, 'These are notes. '.repeat(60));
  const answers = createScripted(script().slice(0, 7));
  await expect(place.runWith(answers, { STORE_URL: `sqlite:${notes}` })).rejects.toBeInstanceOf(StoreError);
  expect(place.files()).toEqual(['notes.txt']);
});

it.skipIf(process.platform !== 'linux')(
  'says so where a folder takes no files, before any question',
  async () => {
    const prompts = createScripted([]);
    const path = '/proc/self/.env';
    const given = { path, environment: {}, promptsFor: () => prompts };
    await expect(setUp(given)).rejects.toThrow(/^\/proc\/self\/\.env cannot be written here \(E/);
  },
);
