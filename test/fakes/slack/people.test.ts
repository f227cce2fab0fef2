import type { App } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../clock.ts';
import { withSocket } from './connected.ts';
import { messageText, viewText } from './index.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });

/** A message with one of each that may be used in it. */
const BLOCKS = [
  { type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'A &amp; <https://x.example|B>' } },
  {
    type: 'actions' as const,
    elements: [
      { type: 'button' as const, action_id: 'go', text: plain('Go'), value: 'v' },
      {
        type: 'static_select' as const,
        action_id: 'pick',
        placeholder: plain('Pick'),
        options: [option('a'), option('b')],
      },
      { type: 'overflow' as const, action_id: 'more', options: [option('x'), option('y')] },
    ],
  },
];

function answering(app: App): unknown[] {
  const heard: unknown[] = [];
  app.command('/paper', async ({ ack, respond, command }) => {
    await ack();
    const response_type = command.text === 'share' ? 'in_channel' : 'ephemeral';
    await respond({ text: 'Answer', blocks: BLOCKS, response_type });
  });
  app.action(/.*/s, async ({ ack, action, body, respond }) => {
    await ack();
    heard.push(action, body);
    const id = 'action_id' in action ? action.action_id : '';
    if (id === 'pick') await respond({ text: 'Picked', replace_original: true });
    else if (id === 'more') await respond({ text: '', delete_original: true });
    else await respond({ text: 'Gone' });
  });
  return heard;
}

describe('a command', () => {
  it('is answered for one person, or for the channel', async () => {
    const { fake, app, channel, ada } = await withSocket();
    answering(app);
    const bo = fake.addPerson({ name: 'Bo' });
    const own = await ada.ask(channel, '/paper today');
    expect(own.messages.map(messageText)).toEqual(['A & B (https://x.example)\nGo\nPick\nA\nB\nX\nY']);
    expect(ada.ephemerals(channel)).toEqual(own.messages);
    expect(bo.ephemerals(channel)).toEqual([]);
    expect(fake.messages(channel)).toEqual([]);
    const [message] = own.messages;
    if (!message) throw new Error('No message.');
    await expect(bo.press(message, 'Go')).rejects.toThrow('Bo does not see this message.');
    const shared = await ada.ask(channel, '/paper share');
    expect(fake.messages(channel)).toEqual(shared.messages);
    expect(fake.problems).toEqual([]);
    expect(fake.ownProblems).toEqual([]);
  });

  it('works where the bot is not, and not where the person is not', async () => {
    const { fake, app, ada } = await withSocket();
    answering(app);
    const elsewhere = fake.addChannel({ name: 'elsewhere', hasBot: false });
    const answer = await ada.ask(elsewhere, '/paper share');
    expect(fake.messages(elsewhere)).toEqual(answer.messages);
    const secret = fake.addChannel({ name: 'secret', kind: 'private' });
    await expect(ada.slash(secret, '/paper')).rejects.toThrow('Ada does not see #secret.');
    await expect(ada.slash(elsewhere, 'paper')).rejects.toThrow('A command begins with “/”.');
  });

  it('may be answered five times, within half an hour', async () => {
    const clock = createFakeClock('2026-11-23T09:00:00.000Z');
    const { fake, app, channel, ada } = await withSocket({ clock });
    app.command('/paper', async ({ ack }) => await ack());
    const answer = await ada.slash(channel, '/paper today');
    const send = async (body: unknown = { text: 'x' }) => {
      const response = await fetch(String(answer.responseUrl), {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
      return [response.status, await response.text()];
    };
    expect(await send({ text: 'x', blocks: [{ type: 'section' }] })).toEqual([
      400,
      '{"ok":false,"error":"invalid_blocks"}',
    ]);
    for (let use = 0; use < 5; use += 1) expect(await send()).toEqual([200, 'ok']);
    expect(await send()).toEqual([404, '{"ok":false,"error":"used_url"}']);
    const late = await ada.slash(channel, '/paper today');
    clock.advance(1_800_001);
    const { status } = await fetch(String(late.responseUrl), {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(status).toBe(404);
    expect(answer.messages).toHaveLength(5);
    expect(fake.problems.length).toBeGreaterThan(0);
  });
});

describe('a press', () => {
  it('tells what was pressed, chosen and where', async () => {
    const { fake, app, channel, ada, client } = await withSocket();
    const heard = answering(app);
    const { ts } = await client.chat.postMessage({ channel: channel.id, text: 'x', blocks: BLOCKS });
    const message = fake.message(channel, String(ts));
    if (!message) throw new Error('No message.');
    const pressed = await (await ada.press(message, 'Go')).whenShown();
    expect(pressed.messages.map(messageText)).toEqual(['Gone']);
    await (await ada.choose(message, 'Pick', 'B')).whenShown();
    expect(messageText(message)).toBe('Picked');
    expect(heard.filter((_, index) => index % 2 === 0)).toMatchObject([
      { type: 'button', action_id: 'go', value: 'v' },
      { type: 'static_select', selected_option: { value: 'b' } },
    ]);
    expect(heard[1]).toMatchObject({
      container: { message_ts: ts, is_ephemeral: false },
      channel: { name: 'papers' },
    });
    await expect(ada.press(message, 'Go')).rejects.toThrow('No button “Go”; there is: nothing.');
    expect(fake.ownProblems).toEqual([]);
  });

  it('may take the message away', async () => {
    const { app, channel, ada } = await withSocket();
    answering(app);
    const [message] = (await ada.ask(channel, '/paper today')).messages;
    if (!message) throw new Error('No message.');
    await (await ada.press(message, 'Y')).whenShown();
    expect(message.isDeleted).toBe(true);
    expect(ada.ephemerals(channel)).toEqual([]);
    await expect(ada.press(message, 'Go')).rejects.toThrow('The message is gone.');
  });
});

describe('shortcuts, Home and links', () => {
  it('reach the bot with what they were used on', async () => {
    const { fake, app, channel, ada } = await withSocket();
    app.shortcut('find', async ({ ack, body, respond }) => {
      await ack();
      if (body.type === 'message_action') await respond(`In “${body.message.text}”`);
    });
    app.shortcut('search', async ({ ack, client, body }) => {
      await ack();
      const view = {
        type: 'modal' as const,
        title: plain('Search'),
        blocks: [{ type: 'section' as const, text: plain('x') }],
      };
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    const found = await (await ada.messageShortcut('find', ada.say(channel, 'Look'))).whenShown();
    expect(found.messages.map(messageText)).toEqual(['In “Look”']);
    const view = await (await ada.globalShortcut('search')).whenView();
    expect(viewText(view)).toBe('Search\nx');
    expect(ada.modal).toBe(view);
    expect(fake.ownProblems).toEqual([]);
  });

  it('show what is published, and presses there', async () => {
    const { fake, app, ada } = await withSocket();
    const home = (text: string) => ({
      type: 'home' as const,
      blocks: [{ type: 'section' as const, text: plain(text) }, BLOCKS[1] as never],
    });
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({ user_id: event.user, view: home('Welcome') });
    });
    app.action('go', async ({ ack, client, body }) => {
      await ack();
      await client.views.publish({ user_id: body.user.id, view: home('Gone') });
    });
    expect(ada.openHome()).toBeUndefined();
    await fake.until(() => ada.home !== undefined);
    if (!ada.home) throw new Error('No Home.');
    const pressed = await (await ada.press(ada.home, 'Go')).whenShown();
    expect(pressed.view).toBe(ada.home);
    expect(viewText(ada.home)).toContain('Gone');
    expect(fake.ownProblems).toEqual([]);
  });

  it('unfurl links in messages and in the composer', async () => {
    const { fake, app, channel, ada } = await withSocket({ scopes: ['links:read', 'links:write'] });
    const heard: unknown[] = [];
    app.event('link_shared', async ({ event, client }) => {
      heard.push(event);
      const unfurls = Object.fromEntries(
        event.links.map(({ url }) => [url, { blocks: [BLOCKS[0] as never] }]),
      );
      await client.apiCall(
        'chat.unfurl',
        event.channel === 'COMPOSER'
          ? { unfurl_id: event.unfurl_id, source: event.source, unfurls }
          : { channel: event.channel, ts: event.message_ts, unfurls },
      );
    });
    const message = ada.say(channel, 'See https://arxiv.org/abs/2611.00001 and https://other.example/x');
    await fake.until(() => message.unfurls.size === 1);
    expect(messageText(message)).toContain('A & B (https://x.example)');
    ada.compose(channel, 'https://hf.co/papers/2611.00001');
    await fake.until(() => fake.count('chat.unfurl') === 2);
    await fake.settled();
    expect(heard).toMatchObject([
      { links: [{ domain: 'arxiv.org' }], is_bot_user_member: true },
      { channel: 'COMPOSER', source: 'composer' },
    ]);
    expect(fake.problems).toEqual([]);
  });
});
