import type { types, webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../clock.ts';
import { withSocket, wordOf } from './connected.ts';
import { viewText } from './index.ts';

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
const input = (block_id: string, element: object, more: object = {}) =>
  ({
    type: 'input',
    block_id,
    label: plain(block_id),
    element: { action_id: block_id, ...element },
    ...more,
  }) as unknown as types.KnownBlock;
const FIELDS = [
  input('Name', { type: 'plain_text_input', max_length: 5 }),
  input('Time', { type: 'timepicker', initial_time: '09:00' }),
  input('Channel', { type: 'conversations_select' }, { optional: true }),
  input('Zone', { type: 'external_select', min_query_length: 0 }, { optional: true }),
  input('Days', {
    type: 'checkboxes',
    options: [option('mon'), option('tue')],
    initial_options: [option('mon')],
  }),
];
const modal = (blocks: types.KnownBlock[] = FIELDS, more: object = {}) =>
  ({
    type: 'modal',
    callback_id: 'form',
    title: plain('Form'),
    submit: plain('Save'),
    blocks,
    ...more,
  }) as types.ModalView;

async function withForm(options: Parameters<typeof withSocket>[0] = {}) {
  const world = await withSocket(options);
  const { app, channel, ada } = world;
  app.command('/form', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: modal() });
  });
  const open = async () => await (await ada.slash(channel, '/form')).whenView();
  return { ...world, open };
}

describe('a modal', () => {
  it('is filled in and submitted with what was entered', async () => {
    const { fake, app, ada, channel, open } = await withForm();
    const heard: unknown[] = [];
    app.options('Zone', async ({ ack, payload }) => await ack({ options: [option(payload.value)] }));
    app.view('form', async ({ ack, view, body }) => {
      heard.push(view.state.values, body.user.id);
      await ack();
    });
    const view = await open();
    await expect(ada.submit(view)).rejects.toThrow('Please fill in: Name.');
    expect(() => ada.fill(view, { Name: 'too long' })).toThrow('0 to 5 characters');
    expect(() => ada.fill(view, { Name: 'x', Nmae: 'x' })).toThrow('There is no “Nmae”');
    expect((await ada.suggest(view, 'Zone', 'be')).options).toEqual([{ text: 'BE', value: 'be' }]);
    await ada.submit(view, { Name: 'Ada', Channel: channel, Zone: 'berlin', Days: ['TUE'] });
    expect(heard).toMatchObject([
      {
        Name: { Name: { value: 'Ada' } },
        Time: { Time: { selected_time: '09:00' } },
        Channel: { Channel: { selected_conversation: channel.id } },
        Zone: { Zone: { selected_option: { value: 'berlin' } } },
        Days: { Days: { selected_options: [{ value: 'tue' }] } },
      },
      ada.id,
    ]);
    expect(ada.modal).toBeUndefined();
    await expect(ada.submit(view)).rejects.toThrow('The modal is closed.');
    expect(fake.problems).toEqual([]);
    expect(fake.ownProblems).toEqual([]);
  });

  it('says what is wrong, is updated, pushed and cleared by the acknowledgement', async () => {
    const { fake, app, ada, open } = await withForm();
    const next: webApi.ViewsOpenArguments['view'] = modal([input('More', { type: 'plain_text_input' })], {
      callback_id: 'more',
    });
    const answers = [
      { response_action: 'errors', errors: { Name: 'Too short' } },
      { response_action: 'update', view: modal([...FIELDS], { title: plain('Again') }) },
      { response_action: 'push', view: next },
    ];
    app.view('form', async ({ ack }) => await ack(answers.shift() as never));
    app.view('more', async ({ ack }) => await ack({ response_action: 'clear' }));
    const view = await open();
    const { errors } = await ada.submit(view, { Name: 'A' });
    expect(errors).toEqual({ Name: 'Too short' });
    expect(viewText(view)).toContain('Too short');
    await ada.submit(view);
    expect(viewText(view)).toContain('Again');
    const pushed = await ada.submit(view);
    expect(ada.modal).toBe(pushed.view);
    expect(pushed.view).toMatchObject({ rootId: view.id, previousId: view.id });
    if (!pushed.view) throw new Error('No view.');
    await ada.submit(pushed.view, { More: 'x' });
    expect([ada.modal, view.isOpen]).toEqual([undefined, false]);
    expect(fake.problems).toEqual([]);
  });

  it('is updated by its id, keeps what was entered, and minds its hash', async () => {
    const { ada, client, open } = await withForm();
    const view = await open();
    const { hash } = view;
    ada.fill(view, { Name: 'Ada', Time: '10:30' });
    const update = async (more: object = {}) =>
      await wordOf(
        client.views.update({ view_id: view.id, view: modal([...FIELDS.slice(1)]), ...more } as never),
      );
    expect(await update({ hash })).toBe('ok');
    expect(view.values.get('Time')?.get('Time')).toEqual({ type: 'timepicker', selected_time: '10:30' });
    expect(view.values.has('Name')).toBe(false);
    expect(await update({ hash })).toBe('hash_conflict');
    expect(await update({ view: { type: 'modal' } })).toBe('invalid_arguments');
    expect(await update({ view_id: 'V404' })).toBe('not_found');
    await ada.close(view);
    expect(await update()).toBe('not_found');
  });

  it('tells of its closing when asked to', async () => {
    const { app, ada, channel } = await withForm();
    const closed: unknown[] = [];
    app.command('/note', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({
        trigger_id: body.trigger_id,
        view: modal(FIELDS, { notify_on_close: true }),
      });
    });
    app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
      await ack();
      closed.push(body.type, 'is_cleared' in body && body.is_cleared);
    });
    const view = await (await ada.slash(channel, '/note')).whenView();
    await ada.close(view);
    expect(closed).toEqual(['view_closed', false]);
  });
});

describe('a trigger', () => {
  it('counts once, for three seconds, in its own workspace', async () => {
    const clock = createFakeClock('2026-11-23T09:00:00.000Z');
    const { fake, app, ada, client, clientOf, channel } = await withSocket({ clock });
    app.command('/paper', async ({ ack }) => await ack());
    const open = async (trigger_id: string | undefined, by = client) =>
      await wordOf(by.views.open({ trigger_id: String(trigger_id), view: modal() }));
    const first = await ada.slash(channel, '/paper');
    const other = clientOf(fake.grant(fake.addTeam({ name: 'Other' })).token);
    expect(await open(first.triggerId, other)).toBe('invalid_trigger_id');
    expect(await open(first.triggerId)).toBe('ok');
    expect(await open(first.triggerId)).toBe('exchanged_trigger_id');
    const late = await ada.slash(channel, '/paper');
    clock.advance(3001);
    expect(await open(late.triggerId)).toBe('expired_trigger_id');
    expect(await open('x')).toBe('invalid_trigger_id');
    for (const word of ['ok', 'ok', 'push_limit_reached']) {
      const { triggerId = '' } = await ada.slash(channel, '/paper');
      expect(await wordOf(client.views.push({ trigger_id: triggerId, view: modal() }))).toBe(word);
    }
  });
});

describe('the Home tab', () => {
  it('is published for one member, and has toggles', async () => {
    const { fake, app, client, ada } = await withSocket();
    const blocks = [
      {
        type: 'actions',
        block_id: 'b',
        elements: [{ type: 'checkboxes', action_id: 'topics', options: [option('a'), option('b')] }],
      },
    ];
    const heard: unknown[] = [];
    app.action('topics', async ({ ack, action }) => {
      await ack();
      heard.push(
        (action as { selected_options: { value: string }[] }).selected_options.map(({ value }) => value),
      );
    });
    const publish = async (user_id: string, more: object = {}) =>
      await wordOf(client.apiCall('views.publish', { user_id, view: { type: 'home', blocks }, ...more }));
    expect(await publish(ada.id)).toBe('ok');
    expect(await publish(ada.id, { hash: 'x' })).toBe('hash_conflict');
    expect(await publish('U404')).toBe('user_not_found');
    const { home } = ada;
    if (!home) throw new Error('No Home.');
    for (const name of ['A', 'B', 'A']) await ada.press(home, name);
    expect(heard).toEqual([['a'], ['a', 'b'], ['b']]);
    const bo = fake.addPerson({ name: 'Bo' });
    expect(bo.home).toBeUndefined();
    await expect(bo.press(home, 'A')).rejects.toThrow('Bo does not see this view.');
  });
});
