import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvText } from '../../../src/cli/init/env-text.ts';
import { CancelledError } from '../../../src/cli/init/prompts.ts';
import { type FakeMail, startMail } from '../../fakes/mail/index.ts';
import { openPlace, type SetUpPlace } from './place.ts';
import { createScripted, GIVES_UP, type Script } from './scripted.ts';

let place: SetUpPlace;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(async () => await place[Symbol.asyncDispose]());

describe('papers in the browser', () => {
  const SCRIPT: Script = [
    [/Where shall papers come/, 'browser'],
    [/At what time.*\[09:00\]/, '10:00'],
    [/In which time zone \[.+\]|In which time zone/, 'UTC'],
    [/Is that right/, true],
    [/Post today’s edition in the browser/, true],
  ];

  it('need a feed and nothing else', async () => {
    const { code } = await place.run(SCRIPT);
    expect([code, place.env()]).toEqual([0, undefined]);
    const [feed] = await place.feeds();
    expect(feed).toMatchObject({ destination: { platform: 'web' }, time: '10:00', zone: 'UTC' });
  });

  it('are behind a password where a chat platform is set up', async () => {
    const [first, ...rest] = SCRIPT;
    const { prompts } = await place.run(
      [first, [/A password/, 'short'], [/A password/, 'long-enough'], ...rest] as Script,
      { DISCORD_TOKEN: 'a-token' },
    );
    expect(prompts.shown).toContain('It has fewer than 8 characters; take a longer one.');
    expect(place.env()).toBe('WEB_PASSWORD=long-enough\n');
    expect(prompts.shown.join('\n')).not.toContain('long-enough');
  });
});

describe('papers by e-mail', () => {
  let fake: FakeMail;
  beforeEach(async () => {
    fake = await startMail();
  });
  afterEach(async () => await fake.stop());

  function script(): Script {
    const { hostname, port, username, password } = new URL(fake.url);
    return [
      [/Where shall papers come/, 'E-mail'],
      [/The address at which the world/, 'https://papers.example.org'],
      [/Whom mails are from/, 'Paperwire <papers@localhost>'],
      [/The mail server/, `${hostname}:${port}`],
      [/The user/, decodeURIComponent(username)],
      [/The password/, decodeURIComponent(password)],
      [/Is that right/, true],
      [/Send a test/, true],
      [/To which address/, 'ada@example.net'],
    ];
  }

  it('are set up to a test that arrives', async () => {
    await fake.stop();
    fake = await startMail({ tls: 'starttls' });
    const { code, prompts } = await place.run(script());
    expect(code).toBe(0);
    expect(fake.mails.map(({ to }) => to)).toEqual(['ada@example.net']);
    const written = readEnvText(place.env() ?? '');
    expect(written.MAIL_FROM).toBe('Paperwire <papers@localhost>');
    expect(new URL(written.SMTP_URL ?? '').password).toBe(new URL(fake.url).password);
    expect(prompts.shown.join('\n')).not.toContain(decodeURIComponent(new URL(fake.url).password));
  });

  it('say what the mail server does not take, and ask again', async () => {
    await fake.stop();
    fake = await startMail({ tls: 'starttls' });
    const all = script();
    const { prompts } = await place.run([
      ...all.slice(0, 5),
      [/The password/, 'wrong'],
      [/How shall it go on/, 'again'],
      ...all.slice(1),
    ]);
    expect(prompts.findings[0]?.state).toBe('wrong');
    expect(fake.mails).toHaveLength(1);
  });

  it('leave nothing behind when somebody gives up', async () => {
    await fake.stop();
    fake = await startMail({ tls: 'starttls' });
    for (let at = 0; at < 7; at += 1) {
      const answers: Script = [...script().slice(0, at), [/./, GIVES_UP]];
      await expect(place.runWith(createScripted(answers))).rejects.toBeInstanceOf(CancelledError);
      expect(place.files(), `question ${at}`).toEqual([]);
    }
    const { code } = await place.run([...script().slice(0, 8), [/To which address/, GIVES_UP]]);
    expect([code, fake.mails]).toEqual([0, []]);
  });
});
