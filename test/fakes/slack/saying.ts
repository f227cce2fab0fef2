import { dmWith, post } from './messages.ts';
import { viewShape } from './shapes.ts';
import { demandSight } from './stage.ts';
import type { Channel, Message, Shape, User, View, World } from './state.ts';

export function openHome(world: World, user: User, tab: string): View | undefined {
  const view = world.homes.get(user.id);
  const channel = dmWith(world, user.team, user);
  world.tell(user.team, {
    type: 'app_home_opened',
    user: user.id,
    channel: channel.id,
    tab,
    ...(view ? { view: viewShape(world, view) } : {}),
    event_ts: world.newTs(),
  });
  return view;
}

export function say(
  world: World,
  user: User,
  channel: Channel,
  text: string,
  under: Message | undefined,
): Message {
  demandSight(user, channel);
  if (channel.isArchived) throw new Error(`#${channel.name} is archived.`);
  const threadTs = under && (under.threadTs ?? under.ts);
  const content = { text, blocks: [], attachments: [] };
  const message = post(world, {
    channel,
    author: user,
    content,
    ...(threadTs === undefined ? {} : { threadTs }),
  });
  tellLinks(world, user, channel, text, message.unfurls, {
    channel: channel.id,
    message_ts: message.ts,
    source: 'conversations_history',
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
  });
  return message;
}

/** Tells links of domains that the app unfurls, if there are any; what is shown for them is kept in `shown`. */
export function tellLinks(
  world: World,
  user: User,
  channel: Channel,
  text: string,
  shown: Map<string, Shape>,
  where: Shape,
): string {
  const unfurlId = world.newId('Uf');
  const all = text.match(/https?:\/\/[^\s<>|]+/g) ?? [];
  const links = all
    .map((url) => ({ url, domain: new URL(url).hostname }))
    .filter(({ domain }) => world.unfurlDomains.some((one) => domain === one || domain.endsWith(`.${one}`)));
  world.previews.set(unfurlId, shown);
  if (links.length === 0) return unfurlId;
  world.tell(channel.team, {
    type: 'link_shared',
    user: user.id,
    is_bot_user_member: channel.members.has(channel.team.bot.id),
    message_ts: unfurlId,
    links,
    event_ts: world.newTs(),
    ...where,
    unfurl_id: unfurlId,
  });
  return unfurlId;
}
