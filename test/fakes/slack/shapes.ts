import type { Channel, Message, Shape, Team, UploadedFile, User, View, World } from './state.ts';

/** A message as the Web API and interactive payloads show it; its metadata's payload only where it was asked for. */
export function messageShape(world: World, message: Message, withMetadata = false): Shape {
  const { ts, channel, author, text, blocks, attachments, metadata, threadTs } = message;
  const replies = repliesOf(message);
  const reactions = [...message.reactions.values()].map(standingShape);
  return {
    type: 'message',
    user: author.id,
    ts,
    text,
    team: author.team.id,
    ...(author.isBot ? botFields(world, author) : {}),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(message.files.length > 0 ? { files: message.files.map(fileShape) } : {}),
    ...(metadata
      ? { metadata: withMetadata ? metadata : { event_type: metadata.event_type, event_payload: {} } }
      : {}),
    ...(threadTs === undefined
      ? {}
      : { thread_ts: threadTs, parent_user_id: channel.messages.get(threadTs)?.author.id }),
    ...(replies.length > 0
      ? { thread_ts: ts, reply_count: replies.length, latest_reply: replies.at(-1)?.ts }
      : {}),
    ...(message.editedAtMs === undefined
      ? {}
      : { edited: { user: author.id, ts: `${Math.floor(message.editedAtMs / 1000)}.000000` } }),
    ...(reactions.length > 0 ? { reactions } : {}),
    ...(message.onlyFor === undefined ? {} : { is_ephemeral: true }),
  };
}

function botFields(world: World, bot: User): Shape {
  return {
    bot_id: `B${bot.id.slice(1)}`,
    app_id: world.app.id,
    bot_profile: {
      id: `B${bot.id.slice(1)}`,
      app_id: world.app.id,
      name: bot.name,
      icons: {},
      deleted: false,
      updated: 1,
      team_id: bot.team.id,
    },
  };
}

export function repliesOf({ ts, channel }: Message): Message[] {
  return [...channel.messages.values()].filter(({ threadTs }) => threadTs === ts);
}

export function standingShape({ name, users }: { name: string; users: Set<string> }): Shape {
  return { name, users: [...users], count: users.size };
}

export function fileShape({ id, name, title, size }: UploadedFile): Shape {
  return { id, name, title, size, mode: 'hosted' };
}

/** A channel as `conversations.info` tells of it. */
export function channelShape(channel: Channel, bot: User): Shape {
  const { id, name, kind, isArchived, isGeneral, createdAtMs, members, team, person } = channel;
  const base = {
    id,
    created: Math.floor(createdAtMs / 1000),
    is_archived: isArchived,
    context_team_id: team.id,
  };
  if (kind === 'im')
    return {
      ...base,
      is_im: true,
      is_org_shared: false,
      user: person?.id,
      is_user_deleted: person?.isDeleted === true,
    };
  return {
    ...base,
    name,
    name_normalized: name,
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_im: false,
    is_mpim: kind === 'mpim',
    is_private: kind !== 'public',
    is_general: isGeneral,
    is_member: members.has(bot.id),
    is_shared: false,
    is_ext_shared: false,
    creator: [...members][0] ?? bot.id,
    num_members: members.size,
  };
}

export function userShape(user: User, withLocale = false): Shape {
  const { id, name, team, role, isBot, isDeleted, tz, locale } = user;
  return {
    id,
    team_id: team.id,
    name: name.toLowerCase().replaceAll(' ', '.'),
    real_name: name,
    deleted: isDeleted,
    profile: { real_name: name, display_name: name, team: team.id },
    is_bot: isBot,
    is_app_user: false,
    ...(isDeleted
      ? {}
      : {
          tz,
          is_admin: role !== 'member',
          is_owner: role === 'owner',
          is_restricted: false,
          is_ultra_restricted: false,
        }),
    ...(withLocale ? { locale } : {}),
  };
}

export function teamShape({ id, name, domain }: Team): Shape {
  return { id, name, domain, email_domain: '', icon: {} };
}

/** A view as the app gets it back. */
export function viewShape(world: World, view: View): Shape {
  const { id, team, type, blocks, hash, callbackId, externalId, privateMetadata, title, submit, close } =
    view;
  return {
    id,
    team_id: team.id,
    type,
    blocks,
    private_metadata: privateMetadata,
    callback_id: callbackId,
    external_id: externalId,
    state: { values: stateValues(view) },
    hash,
    title: title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    submit: submit ?? null,
    close: close ?? null,
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: world.app.id,
    app_installed_team_id: team.id,
    bot_id: `B${team.bot.id.slice(1)}`,
  };
}

function stateValues({ values }: View): Shape {
  return Object.fromEntries([...values].map(([block, fields]) => [block, Object.fromEntries(fields)]));
}
