import { InteractionType, MessageFlags, MessageType } from 'discord-api-types/v10';
import type { Content } from './compose.ts';
import { composeEdit, composeNew } from './compose.ts';
import {
  changed,
  type Interaction,
  isComponent,
  isLoading,
  messagesOf,
  metadataOf,
  TOKEN_LIFE_MS,
} from './interaction.ts';
import { plainContent, post, remove, rewrite } from './messages.ts';
import { invalidForm, refusal } from './refusal.ts';
import { type Answer, answer, bodyOf, type Call, done, parameter, type Route } from './route.ts';
import { messageShape, userShape } from './shapes.ts';
import type { Message, Shape, World } from './state.ts';

/** Follow-ups that a person's own installation may send where the bot is no member. */
const MOST_FOREIGN_FOLLOW_UPS = 5;

const WEBHOOK = '/webhooks/{webhook_id}/{webhook_token}';

/** What may answer what: by type of interaction. */
const RESPONSES: Readonly<Record<number, readonly number[]>> = {
  [InteractionType.ApplicationCommand]: [4, 5, 9],
  [InteractionType.MessageComponent]: [4, 5, 6, 7, 9],
  [InteractionType.ApplicationCommandAutocomplete]: [8],
};

function respond(call: Call): Answer {
  const { world, query } = call;
  const interaction = world.interactions.get(parameter(call, 'interaction_token'));
  if (!interaction || interaction.id !== parameter(call, 'interaction_id')) throw refusal(10062);
  if (interaction.first) throw refusal(40060);
  if (world.now() - interaction.createdAtMs > world.firstResponseMs) throw refusal(10062);
  const body = bodyOf(call);
  const type = Number(body.type);
  if (!RESPONSES[interaction.type]?.includes(type)) {
    const message = 'This response does not fit the interaction';
    throw invalidForm([{ path: 'type', code: 'INTERACTION_CALLBACK_TYPE_INVALID', message }]);
  }
  take(call, interaction, type, (body.data ?? {}) as Shape);
  interaction.first = { type, atMs: world.now() };
  changed(interaction, type !== 5 && type !== 6);
  return query.get('with_response') === 'true' ? answer(responseShape(world, interaction, type)) : done;
}

function take(call: Call, interaction: Interaction, type: number, data: Shape): void {
  const { world, files } = call;
  if (type === 8) interaction.choices = checkedChoices(data.choices);
  if (type === 9) interaction.modal = data;
  if (type === 4) {
    const content = composeNew(world, interaction.channel, data, files, { isInteraction: true });
    interaction.original = publish(world, interaction, content);
  }
  if (type === 5) {
    const flags = MessageFlags.Loading | (Number(data.flags ?? 0) & MessageFlags.Ephemeral);
    interaction.original = publish(world, interaction, plainContent('', { flags }));
  }
  if (type === 6 || type === 7) {
    if (!interaction.source) throw refusal(10008);
    interaction.original = interaction.source;
    if (type === 7) rewrite(world, interaction.source, composeEdit(world, interaction.source, data, files));
  }
}

function checkedChoices(value: unknown): Shape[] {
  const choices = (Array.isArray(value) ? value : []) as Shape[];
  const isWrong = ({ name, value: chosen }: Shape) => {
    const { length } = String(name ?? '');
    return (
      length < 1 || length > 100 || (typeof chosen === 'string' && (chosen.length > 100 || chosen === ''))
    );
  };
  if (choices.length <= 25 && !choices.some(isWrong)) return choices;
  const message = 'Must be 25 or fewer in length, each between 1 and 100.';
  throw invalidForm([{ path: 'data.choices', code: 'BASE_TYPE_MAX_LENGTH', message }]);
}

function publish(world: World, interaction: Interaction, content: Content, original?: Message): Message {
  const { user, channel, target } = interaction;
  const isPrivate = (content.flags & MessageFlags.Ephemeral) !== 0;
  const isCommand = interaction.type === InteractionType.ApplicationCommand;
  const kind = target ? MessageType.ContextMenuCommand : MessageType.ChatInputCommand;
  return post(world, {
    channel,
    author: world.app.user,
    content,
    type: isCommand && !original ? kind : original ? MessageType.Reply : MessageType.Default,
    interaction: metadataOf(interaction, userShape(user), original),
    ...(isPrivate ? { onlyFor: user.id } : {}),
  });
}

function responseShape(world: World, interaction: Interaction, type: number): Shape {
  const { id, original } = interaction;
  const shown = original
    ? {
        response_message_id: original.id,
        response_message_loading: isLoading(original),
        response_message_ephemeral: original.onlyFor !== undefined,
      }
    : {};
  const hasResource = original && type !== 6;
  return {
    interaction: { id, type: interaction.type, channel_id: interaction.channel.id, ...shown },
    ...(hasResource
      ? { resource: { type: type === 7 ? 7 : 4, message: messageShape(world, original) } }
      : {}),
  };
}

/** The interaction of a webhook's address. Errors: 10015 before it was answered, 50027 after its time. */
function interactionOf(call: Call): Interaction {
  const { world } = call;
  const interaction = world.interactions.get(parameter(call, 'webhook_token'));
  const isOurs = parameter(call, 'webhook_id') === world.app.id;
  if (!interaction?.first || !isOurs) throw refusal(10015);
  if (world.now() - interaction.createdAtMs > TOKEN_LIFE_MS) throw refusal(50027);
  return interaction;
}

function followUp(call: Call): Answer {
  const { world, files } = call;
  const interaction = interactionOf(call);
  const { original, channel } = interaction;
  const isForeign = channel.guild !== undefined && !channel.guild.hasBot;
  if (isForeign && interaction.followUps.length >= MOST_FOREIGN_FOLLOW_UPS) throw refusal(40094);
  const content = composeNew(world, channel, bodyOf(call), files, { isInteraction: true });
  // What was only announced is filled by the first follow-up, and stays private or public as it was announced.
  const fills = original !== undefined && isLoading(original) && !original.isDeleted;
  if (fills) {
    const flags = content.flags & ~MessageFlags.Ephemeral;
    rewrite(world, original, { ...content, flags: flags | (original.flags & MessageFlags.Ephemeral) });
  } else interaction.followUps.push(publish(world, interaction, content, original ?? interaction.source));
  const message = fills ? original : interaction.followUps.at(-1);
  changed(interaction, true);
  return message ? answer(messageShape(world, message)) : done;
}

function messageOf(call: Call, interaction: Interaction): Message {
  const id = call.parameters.message_id;
  const message =
    id === undefined ? interaction.original : messagesOf(interaction).find((one) => one.id === id);
  if (!message || message.isDeleted) throw refusal(10008);
  return message;
}

function get(call: Call): Answer {
  return answer(messageShape(call.world, messageOf(call, interactionOf(call))));
}

function edit(call: Call): Answer {
  const { world, files } = call;
  const interaction = interactionOf(call);
  const message = messageOf(call, interaction);
  rewrite(world, message, composeEdit(world, message, bodyOf(call), files));
  changed(interaction, true);
  return answer(messageShape(world, message));
}

function erase(call: Call): Answer {
  const interaction = interactionOf(call);
  const message = messageOf(call, interaction);
  if (message === interaction.source && !isComponent(interaction)) throw refusal(10008);
  remove(call.world, message);
  changed(interaction, false);
  return done;
}

export const INTERACTION_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/interactions/{interaction_id}/{interaction_token}/callback',
    isOpen: true,
    run: respond,
  },
  { method: 'POST', path: WEBHOOK, isOpen: true, run: followUp },
  { method: 'GET', path: `${WEBHOOK}/messages/@original`, isOpen: true, run: get },
  { method: 'PATCH', path: `${WEBHOOK}/messages/@original`, isOpen: true, run: edit },
  { method: 'DELETE', path: `${WEBHOOK}/messages/@original`, isOpen: true, run: erase },
  { method: 'GET', path: `${WEBHOOK}/messages/{message_id}`, isOpen: true, run: get },
  { method: 'PATCH', path: `${WEBHOOK}/messages/{message_id}`, isOpen: true, run: edit },
  { method: 'DELETE', path: `${WEBHOOK}/messages/{message_id}`, isOpen: true, run: erase },
];
