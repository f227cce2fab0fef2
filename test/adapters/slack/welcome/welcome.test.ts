import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderWelcome } from '../../../../adapters/slack/welcome/welcome.ts';
import { LOCALES } from '../../../../src/domain/locale.ts';
import { StoreError } from '../../../../src/errors.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { type Message, messageText, viewText } from '../../../fakes/slack/index.ts';
import { checkMessage } from '../../../slack-checks/check.ts';
import { checkInert } from '../../../slack-checks/inert.ts';
import { eventually, openPeople, type PeopleScene } from '../people-scene.ts';

let scene: PeopleScene;
beforeEach(async () => {
  scene = await openPeople();
});
afterEach(async () => {
  const wrong = await scene.close();
  expect(wrong).toEqual([]);
});

const greet = (person = scene.grace) => scene.welcome.greet(scene.fake.team.id, person.id);
const received = (person = scene.grace) => scene.fake.messages(person.dm());

describe('whoever installs the app', () => {
  it('gets one direct message, and nobody else gets any', async () => {
    await greet();
    expect(received().map(messageText).join()).toContain('Paperwire is installed');
    expect(received()).toHaveLength(1);
    expect(received(scene.ada)).toEqual([]);
    expect(scene.fake.messages(scene.channel)).toEqual([]);
  });

  it('is greeted in their language', async () => {
    await greet(scene.ada);
    expect(received(scene.ada).map(messageText).join()).toContain('Paperwire ist installiert');
  });

  it('gets it after the pause that Slack asks for', async () => {
    scene.fake.fail('chat.postMessage', { kind: 'throttle', retryAfterMs: 2000 }, { times: 2 });
    await greet();
    expect(received()).toHaveLength(1);
  });

  it('is to be greeted another time where that pause is long', async () => {
    scene.fake.fail('chat.postMessage', { kind: 'throttle', retryAfterMs: 60_000 }, { times: 1 });
    await expect(greet()).rejects.toMatchObject({ code: 'delivery-throttled' });
    expect(received()).toEqual([]);
  });

  it.each(['cut-after', 'garbage'] as const)('gets it once where the answer is lost (%s)', async (kind) => {
    scene.fake.fail('chat.postMessage', { kind }, { times: 1 });
    await greet();
    expect(received()).toHaveLength(1);
    expect(scene.isSaid('Whoever installed the app may not have got')).toBe(1);
  });

  it('is let be where Slack lets us not write', async () => {
    scene.fake.fail('chat.postMessage', { kind: 'error', error: 'messages_tab_disabled' });
    await greet();
    expect(scene.fake.count('chat.postMessage')).toBe(1);
  });

  it('is to be greeted another time where Slack could not be reached', async () => {
    scene.fake.fail('chat.postMessage', { kind: 'error', error: 'request_timeout' }, { times: 1 });
    await expect(greet()).rejects.toMatchObject({ code: 'delivery-unavailable' });
    await greet();
    expect(received()).toHaveLength(1);
  });
});

describe('the first message', () => {
  it.each(LOCALES)('is one that Slack takes, in %s', (locale) => {
    const body = renderWelcome(textsFor(locale));
    expect([...checkMessage(body), ...checkInert(body)]).toEqual([]);
  });

  it('opens the form, in which no channel is chosen', async () => {
    await greet();
    const answer = await scene.grace.press(received()[0] as Message, 'Set up a feed');
    const form = await answer.whenView();
    expect(viewText(form)).toContain('Add a feed');
    expect([...(form.values.get('channel')?.values() ?? [])]).toMatchObject([
      { selected_conversation: null },
    ]);
    await scene.grace.submit(form, { channel: scene.channel });
    expect(await scene.feeds()).toHaveLength(1);
  });

  it('shows the newest papers, and stays', async () => {
    await greet();
    scene.clock.set('2026-11-23T12:00:00.000Z');
    const [message] = received();
    const answer = await scene.grace.press(message as Message, 'Show today’s papers');
    await answer.whenShown();
    await eventually(() => JSON.stringify(answer.responses).includes('Tool-using agents'));
    expect(messageText(message)).toContain('Paperwire is installed');
  });

  it('shows them after the pause that Slack asks for', async () => {
    await greet();
    scene.fake.fail('response_url', { kind: 'throttle', retryAfterMs: 3000 }, { times: 1 });
    const answer = await scene.grace.press(received()[0] as Message, 'Show today’s papers');
    await answer.whenShown();
    expect(scene.clock.slept).toContain(3000);
  });

  it('says why nothing came of a press, whatever broke', async () => {
    await greet();
    scene.dependencies.places.installer = () => Promise.reject(new StoreError('read'));
    for (const button of ['Show today’s papers', 'Set up a feed']) {
      const answer = await scene.grace.press(received()[0] as Message, button);
      await answer.whenShown();
      expect(JSON.stringify(answer.responses)).toContain(textsFor(undefined).host.storeClosed);
    }
  });
});
