import type { Answer } from './answer.ts';
import { channelOf, closedShape, interactiveBase, slashShape } from './deeds.ts';
import { entered, findButton, findField, keep } from './fields.ts';
import type { Person } from './person.ts';
import { act, offeredBy, optionOf, pressed, submit, suggestions, use } from './pressing.ts';
import { messageShape } from './shapes.ts';
import { demandSight, type Stage } from './stage.ts';
import type { Message, User } from './state.ts';
import { closeView } from './views.ts';

type Acts = Pick<
  Person,
  | 'slash'
  | 'press'
  | 'choose'
  | 'suggest'
  | 'fill'
  | 'submit'
  | 'close'
  | 'globalShortcut'
  | 'messageShortcut'
>;

export function createActs(stage: Stage, user: User): Acts {
  const { world } = stage;
  return {
    async slash(channel, line, { under } = {}) {
      demandSight(user, channel);
      const [, command = '', text = ''] = /^(\/\S+) ?(.*)$/s.exec(line) ?? [];
      if (command === '') throw new Error('A command begins with “/”.');
      return await act(stage, {
        kind: 'slash_commands',
        person: user,
        team: channel.team,
        channel,
        threadTs: under?.ts,
        isAnswerable: true,
        shape: (_, links) => ({
          ...slashShape(world, user, channel, command, text),
          ...links,
        }),
      });
    },
    async press(where, name) {
      const { option, ...place } = findButton(where, name);
      if (!option) return await use(stage, user, where, place, {});
      const value = pressed(where, place, option);
      return await use(stage, user, where, place, value);
    },
    async choose(where, name, input) {
      const place = findField(where, name, (type) => type !== 'button');
      const offered = await offeredBy(stage, user, where, place, input);
      const value =
        place.element.type === 'overflow'
          ? { type: 'overflow', selected_option: optionOf(place.element, String(input)) }
          : entered(place.element, input, offered);
      return await use(stage, user, where, place, value);
    },
    async suggest(where, name, typed) {
      const place = findField(where, name, (type) => /external_select$/.test(type));
      return await suggestions(stage, user, where, place, typed);
    },
    fill(view, fields) {
      for (const [name, input] of Object.entries(fields)) {
        const place = findField(view, name, (type) => type !== 'button');
        keep(view, place, entered(place.element, input));
      }
    },
    submit: async (view, fields = {}) => await submit(stage, user, view, fields),
    async close(view, { all = false } = {}) {
      const told = view.notifyOnClose ? closedShape(world, view, all) : undefined;
      closeView(world, view, all);
      if (told) await stage.teller.ask('interactive', view.team, told);
    },
    globalShortcut: async (callback_id) =>
      await act(stage, {
        kind: 'interactive',
        person: user,
        team: user.team,
        isAnswerable: false,
        shape: (_, { trigger_id }) => ({
          type: 'shortcut',
          ...interactiveBase(world, user, user.team),
          action_ts: world.newTs(),
          callback_id,
          trigger_id,
        }),
      }),
    messageShortcut: async (callback_id, message) => await useOn(stage, user, callback_id, message),
  };
}

async function useOn(stage: Stage, user: User, callback_id: string, message: Message): Promise<Answer> {
  const { world } = stage;
  const { channel, ts } = message;
  demandSight(user, channel);
  return await act(stage, {
    kind: 'interactive',
    person: user,
    team: channel.team,
    channel,
    isAnswerable: true,
    shape: (_, links) => ({
      type: 'message_action',
      ...interactiveBase(world, user, channel.team),
      action_ts: world.newTs(),
      callback_id,
      channel: channelOf(channel),
      message_ts: ts,
      message: messageShape(world, message),
      ...links,
    }),
  });
}
