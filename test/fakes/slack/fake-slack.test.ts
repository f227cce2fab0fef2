import { App, LogLevel } from '@slack/bolt';
import { expect, it } from 'vitest';
import { messageText, startSlack, viewText } from './index.ts';

it('smoke', async () => {
  const fake = await startSlack();
  const app = new App({
    token: fake.botToken,
    appToken: fake.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: fake.apiUrl },
  });
  app.command('/paper', async ({ ack, respond, command, client, body }) => {
    await ack();
    if (command.text === 'form')
      await client.views.open({
        trigger_id: body.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'form:x',
          title: { type: 'plain_text', text: 'Form' },
          submit: { type: 'plain_text', text: 'Save' },
          blocks: [
            {
              type: 'input',
              block_id: 'time',
              label: { type: 'plain_text', text: 'Time' },
              element: { type: 'timepicker', action_id: 'time' },
            },
          ],
        },
      });
    else
      await respond({
        text: `You said ${command.text}`,
        blocks: [
          { type: 'section', text: { type: 'mrkdwn', text: `<https://x.example|Hi> ${command.text}` } },
          {
            type: 'actions',
            elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
          },
        ],
      });
  });
  app.action('go', async ({ ack, respond }) => {
    await ack();
    await respond({ text: 'Gone', replace_original: true });
  });
  app.view('form:x', async ({ ack, view }) => {
    const { selected_time: time } = view.state.values.time?.time ?? {};
    if (time === '09:00') await ack({ response_action: 'errors', errors: { time: 'Too early' } });
    else await ack();
  });
  const heard: unknown[] = [];
  app.event('reaction_added', async ({ event }) => void heard.push(event));
  await app.start();
  const channel = fake.addChannel({ name: 'papers' });
  const ada = fake.addPerson({ name: 'Ada', role: 'admin' });
  const answer = await ada.ask(channel, '/paper today');
  const [message] = answer.messages;
  expect(messageText(message)).toBe('Hi (https://x.example) today\nGo');
  if (!message) throw new Error();
  const pressed = await (await ada.press(message, 'Go')).whenShown();
  expect(pressed.messages.map(messageText)).toEqual(['Gone']);
  const form = await (await ada.slash(channel, '/paper form')).whenView();
  expect(viewText(form)).toBe('Form\nTime\nSave');
  const refused = await ada.submit(form, { Time: '09:00' });
  expect(refused.errors).toEqual({ time: 'Too early' });
  expect(ada.modal).toBe(form);
  await ada.submit(form, { Time: '10:00' });
  expect(ada.modal).toBeUndefined();
  const { ts } = await app.client.chat.postMessage({
    channel: channel.id,
    text: 'x',
    metadata: { event_type: 'x', event_payload: { id: 'y' } },
  });
  const posted = fake.message(channel, String(ts));
  if (!posted) throw new Error();
  ada.react(posted, 'robot_face');
  await fake.until(() => heard.length === 1);
  await fake.settled();
  expect(fake.problems).toEqual([]);
  expect(fake.ownProblems).toEqual([]);
  await app.stop();
  await fake.stop();
});
