import { createActs } from './acts.ts';
import type { Answer } from './answer.ts';
import { dmWith, remove } from './messages.ts';
import { react, unreact } from './reactions.ts';
import { openHome, say, tellLinks } from './saying.ts';
import { demandSight, type Stage } from './stage.ts';
import type { Channel, Message, Shape, User, View } from './state.ts';

/** What a field of a view gets: a text, an option's label or value, several of these, a channel or a person. */
export type FieldInput = string | readonly string[] | Channel | Person | null;

/** Whether it is sent once more, and how: as Slack does when people are fast. */
export interface SlashHow {
  /** In the thread under this message. */
  under?: Message;
}

/**
 * Somebody, and what they can do. Each act resolves once the bot has acknowledged it, or the deadline has passed by the
 * fake's clock: what is shown then, or comes later, stands in the answer (`await answer.whenShown()`). Errors of each: a
 * sentence where Slack's own client would not let them.
 */
export interface Person {
  readonly id: string;
  readonly user: User;
  /** `<@U…>`. */
  readonly mention: string;
  /** Gives a command: `slash(channel, '/paper feed add time:09:00')`; the text is sent as it stands. */
  slash(channel: Channel, line: string, how?: SlashHow): Promise<Answer>;
  /** Gives a command and waits until something is shown. */
  ask(channel: Channel, line: string): Promise<Answer>;
  /** Presses a button, an overflow option or a checkbox, named by its `action_id`, its text or its value. */
  press(where: Message | View, button: string): Promise<Answer>;
  /**
   * Chooses in a select, an overflow menu, radio buttons, checkboxes or a picker, named by `action_id`, `block_id`, label or
   * placeholder; options by value or by text. What was chosen before is replaced.
   */
  choose(
    where: Message | View,
    select: string,
    options: string | readonly string[] | Channel | Person,
  ): Promise<Answer>;
  /** What an `external_select` offers for what is typed: asks the bot. */
  suggest(where: Message | View, select: string, typed: string): Promise<Suggestions>;
  /** Fills fields of a modal in without telling anybody, by `block_id`, `action_id` or label. */
  fill(view: View, fields: Readonly<Record<string, FieldInput>>): void;
  /** Fills fields in and submits; `answer.errors` has what the bot found wrong. Refused where a required field is empty. */
  submit(view: View, fields?: Readonly<Record<string, FieldInput>>): Promise<Answer>;
  /** Closes a modal; the bot is told if it asked to be. */
  close(view: View, how?: { all?: boolean }): Promise<void>;
  /** Uses a global shortcut by its callback id. */
  globalShortcut(callbackId: string): Promise<Answer>;
  /** Uses a shortcut on a message. */
  messageShortcut(callbackId: string, message: Message): Promise<Answer>;
  /** Opens the Home tab (or the messages tab); gives what is published there now: wait with `fake.until`. */
  openHome(tab?: 'home' | 'messages'): View | undefined;
  /** What the Home tab shows now. */
  readonly home: View | undefined;
  /** The modal that is on top now. */
  readonly modal: View | undefined;
  react(message: Message, name: string): void;
  unreact(message: Message, name: string): void;
  /** Writes something; links of domains that the app unfurls are told to it as `link_shared`. */
  say(channel: Channel, text: string, how?: { under?: Message }): Message;
  /** Types links without sending: `link_shared` of the composer. */
  compose(channel: Channel, text: string): { unfurlId: string };
  /** The direct messages with the bot. */
  dm(): Channel;
  /** Everything that only they see in a channel, oldest first. */
  ephemerals(channel: Channel): readonly Message[];
  /** Puts an ephemeral message away. */
  dismiss(message: Message): void;
}

/** What a select offers. */
export interface Suggestions {
  options: readonly { text: string; value: string }[];
  /** By the fake's clock; undefined: not in time. */
  afterMs: number | undefined;
  raw: Shape | undefined;
}

export function createPerson(stage: Stage, user: User): Person {
  const { world } = stage;
  const person: Person = {
    ...createActs(stage, user),
    id: user.id,
    user,
    mention: `<@${user.id}>`,
    async ask(channel, line) {
      const answer = await person.slash(channel, line);
      return await answer.whenShown();
    },
    get home() {
      return world.homes.get(user.id);
    },
    get modal() {
      return world.modals.get(user.id)?.at(-1);
    },
    openHome: (tab = 'home') => openHome(world, user, tab),
    react(message, name) {
      demandSight(user, message.channel);
      react(world, message, user, name);
    },
    unreact: (message, name) => unreact(world, message, user, name),
    say: (channel, text, { under } = {}) => say(world, user, channel, text, under),
    compose(channel, text) {
      const where = { channel: 'COMPOSER', source: 'composer' };
      return { unfurlId: tellLinks(world, user, channel, text, new Map(), where) };
    },
    dm: () => dmWith(world, user.team, user),
    ephemerals: (channel) =>
      world.ephemerals.filter((message) => message.channel === channel && message.onlyFor === user.id),
    dismiss: (message) => remove(world, message),
  };
  return person;
}
