import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEEDED_SCOPES } from '../../../adapters/slack/installing/scopes.ts';
import { CancelledError } from '../../../src/cli/init/prompts.ts';
import {
  type Channel,
  type FakeSlack,
  messageText,
  type Person,
  startSlack,
} from '../../fakes/slack/index.ts';
import { openPlace, type SetUpPlace } from './place.ts';
import { createScripted, GIVES_UP, type Script } from './scripted.ts';

let fake: FakeSlack;
let channel: Channel;
let ada: Person;
let place: SetUpPlace;

beforeEach(async () => {
  fake = await startSlack({ scopes: NEEDED_SCOPES.map(({ name }) => name), limits: false });
  channel = fake.addChannel({ name: 'papers' });
  ada = fake.addPerson({ name: 'Ada', role: 'admin' });
  fake.addPerson({ name: 'Bo' });
  place = await openPlace({ SLACK_API_URL: fake.apiUrl });
});
afterEach(async () => {
  await place[Symbol.asyncDispose]();
  await fake.stop();
  expect([fake.problems, fake.ownProblems]).toEqual([[], []]);
});

/** From nothing to a posted edition. */
function script(): Script {
  return [
    [/Where shall papers come/, 'Slack'],
    [/Bot User OAuth Token/, fake.botToken],
    [/App-Level Token/, fake.appToken],
    [/In which channel/, '#papers'],
    [/At what time/, '07:30'],
    [/In which time zone/, 'Europe/Berlin'],
    [/Who of the team/, 'Ada'],
    [/Is that right/, true],
    [/Post today’s edition/, true],
  ];
}

describe('a bot on Slack', () => {
  it('is set up from nothing to a posted edition', async () => {
    const { code, prompts } = await place.run(script());
    expect(code).toBe(0);
    expect(place.env()).toBe(`SLACK_BOT_TOKEN=${fake.botToken}\nSLACK_APP_TOKEN=${fake.appToken}\n`);
    const [feed] = await place.feeds();
    expect(feed).toMatchObject({
      destination: { platform: 'slack', workspace: fake.team.id, channel: channel.id },
      time: '07:30',
      zone: 'Europe/Berlin',
      manager: ada.id,
    });
    expect(fake.messages(channel).map(messageText).join('\n')).toContain('Papers of');
    const shown = prompts.shown.join('\n');
    expect(shown).not.toContain(fake.botToken);
    expect(shown).not.toContain(fake.appToken);
  });

  it('has its app in a file for as long as it is needed', async () => {
    let file = '';
    let manifest = '';
    const looks = () => {
      [file = ''] = /\S+slack-manifest\.json/.exec(prompts.shown.join('\n')) ?? [];
      manifest = readFileSync(file, 'utf8');
      return fake.botToken;
    };
    const [first, , ...rest] = script();
    const prompts = createScripted([first as Script[number], [/Bot User OAuth Token/, looks], ...rest]);
    await place.runWith(prompts);
    expect(JSON.parse(manifest).settings.socket_mode_enabled).toBe(true);
    expect(existsSync(file)).toBe(false);
  });

  it('joins a public channel that it is not in, once that is agreed to', async () => {
    const open = fake.addChannel({ name: 'open', hasBot: false });
    const [first, second, third, , ...rest] = script();
    const before: Script = [first, second, third, [/In which channel/, '#open'], ...rest] as Script;
    const giving = createScripted([...before.slice(0, 7), [/Is that right/, GIVES_UP]]);
    await expect(place.runWith(giving)).rejects.toBeInstanceOf(CancelledError);
    expect(fake.count('conversations.join')).toBe(0);
    await place.run(before);
    expect(fake.messages(open).map(messageText).join('\n')).toContain('Papers of');
  });

  it('says which of two tokens is wrong, each as it is given, and asks for it again', async () => {
    const [first, bot, app, ...rest] = script() as [...Script, Script[number]][number][] as Script;
    const { prompts } = await place.run([
      first,
      [/Bot User OAuth Token/, fake.appToken],
      [/Bot User OAuth Token/, 'xoxb-another'],
      [/How shall it go on/, 'again'],
      bot,
      [/App-Level Token/, 'xapp-another'],
      [/How shall it go on/, 'again'],
      app,
      ...rest,
    ] as Script);
    expect(prompts.shown).toContain(
      'It must begin with xoxb-; it stands on the app’s page OAuth & Permissions.'.replace('’', "'"),
    );
    expect(prompts.findings.filter(({ state }) => state === 'wrong').map(({ sentence }) => sentence)).toEqual(
      [
        'Slack does not take the token (invalid_auth).',
        'Slack opens no connection for the app token (invalid_auth).',
      ],
    );
  });

  it('says which right the app lacks', async () => {
    fake.setScopes(fake.team, NEEDED_SCOPES.map(({ name }) => name).slice(1));
    const mends = () => {
      fake.setScopes(
        fake.team,
        NEEDED_SCOPES.map(({ name }) => name),
      );
      return 'mended';
    };
    const [first, bot, ...rest] = script();
    const { prompts } = await place.run([first, bot, [/How shall it go on/, mends], ...rest] as Script);
    expect(prompts.findings[0]?.sentence).toContain('lacks the scope commands');
  });

  it('leaves nothing behind when somebody gives up, whichever question they are at', async () => {
    for (let at = 0; at < script().length - 1; at += 1) {
      const answers: Script = [...script().slice(0, at), [/./, GIVES_UP]];
      await expect(place.runWith(createScripted(answers))).rejects.toBeInstanceOf(CancelledError);
      expect(place.files(), `question ${at}`).toEqual([]);
    }
  });

  it('asks who is told among those who may change feeds, and takes nobody for an answer', async () => {
    const [last, ...before] = script().toReversed();
    const [right, , ...rest] = before;
    const who: Script = [...rest.toReversed(), [/Who of the team/, 'Nobody'], right, last] as Script;
    await place.run(who);
    expect((await place.feeds()).map(({ manager }) => manager)).toEqual(['operator']);
    const members: Script = [...rest.toReversed(), [/Who of the team/, 'Bo']];
    const again: Script = [members[0], [/set already/, true], ...members.slice(3)] as Script;
    await expect(place.runWith(createScripted(again))).rejects.toThrow('"Bo" is none of Ada, Owner, Nobody.');
  });

  it('for many teams is left as it is', async () => {
    const many = {
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'client-secret',
      SLACK_SIGNING_SECRET: 'signing-secret',
      PUBLIC_URL: 'https://papers.example.org',
    };
    const { code, prompts } = await place.run([[/Where/, 'Slack']], many);
    expect([code, place.env()]).toEqual([0, undefined]);
    expect(prompts.shown.join('\n')).toContain('https://papers.example.org/slack/install');
  });
});
