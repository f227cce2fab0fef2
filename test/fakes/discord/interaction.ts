import { InteractionType, MessageFlags } from 'discord-api-types/v10';
import { until as untilTold } from '../until.ts';
import type { Channel, Message, Shape, User, World } from './state.ts';

/** How long a token lives. */
export const TOKEN_LIFE_MS = 900_000;

/** Something that somebody did and that the bot answers. */
export interface Interaction {
  id: string;
  token: string;
  /** `InteractionType`: a command, a component or autocomplete. */
  type: number;
  user: User;
  channel: Channel;
  /** Id of the server, or of the person, that installed the bot: by kind of installation. */
  owners: Readonly<Record<string, string>>;
  /** The message that was pressed. */
  source?: Message;
  /** The message that a command was used on. */
  target?: Message;
  createdAtMs: number;
  /** The first response: its type and when it came. */
  first?: { type: number; atMs: number };
  /** What `@original` is. */
  original?: Message;
  followUps: Message[];
  /** Of autocomplete, and of a modal. */
  choices?: Shape[];
  modal?: Shape;
  /** How many times something was shown to the person: an answer, a filled one, an edit, a follow-up. */
  shown: number;
  /** No answer came in time, or an announced one never did. */
  isOver: boolean;
  /** Told of every change. */
  listeners: Set<() => void>;
}

/** What a person sees of what they did; goes on telling the present as the bot edits and adds. */
export interface Answer {
  readonly id: string;
  /** Type of the first response: 4 a message, 5 “thinking”, 6 and 7 the message itself, 8 choices, 9 a modal; undefined: none in time. */
  readonly type: number | undefined;
  /** How long it took by the fake's clock. */
  readonly afterMs: number | undefined;
  /** What stands now, in order: the answer, then what followed it; one that is still “thinking” too. */
  readonly messages: readonly Message[];
  /** What autocomplete offered. */
  readonly choices: readonly { name: string; value: string | number }[];
  readonly modal: Shape | undefined;
  /** How often something was shown: more than messages stand when they were edited. */
  readonly shown: number;
  /** Waits until something was shown so often, or it is over. */
  whenShown(times: number): Promise<void>;
  /** Waits until so many finished messages stand, or it is over. */
  whenMessages(count: number): Promise<readonly Message[]>;
}

export function isLoading({ flags }: Message): boolean {
  return (flags & MessageFlags.Loading) !== 0;
}

/** Notes that something changed, and whether the person sees more. */
export function changed(interaction: Interaction, isShown: boolean): void {
  if (isShown) interaction.shown += 1;
  for (const listener of interaction.listeners) listener();
}

function until(interaction: Interaction, isReached: () => boolean): Promise<void> {
  return untilTold(interaction.listeners, () => isReached() || interaction.isOver);
}

export function messagesOf({ original, source, followUps }: Interaction): Message[] {
  const first = original ?? undefined;
  const own = first && first !== source ? [first] : [];
  return [...own, ...followUps].filter(({ isDeleted }) => !isDeleted);
}

function answerOf(interaction: Interaction): Answer {
  const shownMessages = () => {
    const { original, source } = interaction;
    const updated = source && original === source && !source.isDeleted ? [source] : [];
    return [...updated, ...messagesOf(interaction)];
  };
  return {
    id: interaction.id,
    get type() {
      return interaction.first?.type;
    },
    get afterMs() {
      const { first, createdAtMs } = interaction;
      return first && first.atMs - createdAtMs;
    },
    get messages() {
      return shownMessages();
    },
    get choices() {
      return (interaction.choices ?? []) as { name: string; value: string | number }[];
    },
    get modal() {
      return interaction.modal;
    },
    get shown() {
      return interaction.shown;
    },
    whenShown: (times) => until(interaction, () => interaction.shown >= times),
    async whenMessages(count) {
      await until(
        interaction,
        () => shownMessages().filter((message) => !isLoading(message)).length >= count,
      );
      return shownMessages();
    },
  };
}

/** What somebody does; everything else about it follows. */
export type Deed = Pick<Interaction, 'type' | 'user' | 'channel' | 'owners' | 'source' | 'target'>;

/** Sends it to the bot; settles when the person sees something, or that the bot does not respond. */
export async function perform(
  world: World,
  deed: Deed,
  shape: (interaction: Interaction) => Shape,
): Promise<Answer> {
  const id = world.newId();
  const token = `aW50ZXJhY3Rpb24-${id}`;
  const interaction: Interaction = {
    ...deed,
    id,
    token,
    createdAtMs: world.now(),
    followUps: [],
    shown: 0,
    isOver: false,
    listeners: new Set(),
  };
  world.interactions.set(token, interaction);
  expire(world, interaction);
  const { guild } = deed.channel;
  world.tell({
    event: 'INTERACTION_CREATE',
    data: shape(interaction),
    intents: 0,
    ...(guild?.hasBot ? { guildId: guild.id } : {}),
  });
  await until(interaction, () => interaction.shown > 0);
  return answerOf(interaction);
}

function expire(world: World, interaction: Interaction): void {
  const end = (isOver: () => boolean) => () => {
    if (!isOver()) return;
    interaction.isOver = true;
    changed(interaction, false);
  };
  const after = (durationMs: number, listener: () => void) =>
    world.clock.deadline(durationMs).addEventListener('abort', listener, { once: true });
  after(
    world.firstResponseMs,
    end(() => !interaction.first),
  );
  after(
    TOKEN_LIFE_MS,
    end(() => true),
  );
}

/** What a message that answers an interaction says of it. */
export function metadataOf(interaction: Interaction, user: Shape, original?: Message): Shape {
  const { id, type, owners, source, target } = interaction;
  return {
    id,
    type,
    user,
    authorizing_integration_owners: owners,
    ...(source ? { interacted_message_id: source.id } : {}),
    ...(target ? { target_message_id: target.id } : {}),
    ...(original ? { original_response_message_id: original.id } : {}),
  };
}

export function isComponent({ type }: Interaction): boolean {
  return type === InteractionType.MessageComponent;
}
