import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import { checkMessage, flatten, isEmpty, MOST_TEXT_BYTES, textBytes } from './check-message.ts';
import { invalidForm, Refusal, refusal } from './refusal.ts';
import type { Upload } from './route.ts';
import type { Attachment, Channel, Message, Shape, World } from './state.ts';

/** What a message shows, checked and as Discord keeps it. */
export type Content = Pick<
  Message,
  'content' | 'embeds' | 'components' | 'flags' | 'mentions' | 'attachments'
>;

/** Flags that a sender may set. */
const SENDABLE =
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2 |
  MessageFlags.Ephemeral;

/** Takes the body of a new message; `isInteraction` may be for one person only. Errors: `Refusal`. */
export function composeNew(
  world: World,
  channel: Channel,
  body: Shape,
  files: readonly Upload[],
  { isInteraction = false } = {},
): Content {
  const allowed = isInteraction ? SENDABLE : SENDABLE & ~MessageFlags.Ephemeral;
  const flags = Number(body.flags ?? 0) & allowed;
  if (isEmpty(body, files.length)) throw refusal(50006);
  return composed(world, channel, body, flags, keepFiles(world, files));
}

/** Takes the body of an edit: what it does not name stays. Errors: `Refusal`. */
export function composeEdit(world: World, message: Message, body: Shape, files: readonly Upload[]): Content {
  const named = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  const wanted = Number(named.flags ?? message.flags);
  const isV2 = (message.flags & MessageFlags.IsComponentsV2) !== 0;
  const loses = isV2 && named.flags !== undefined && !(wanted & MessageFlags.IsComponentsV2);
  if (loses) {
    const text = 'The IS_COMPONENTS_V2 flag cannot be removed';
    throw invalidForm([{ path: 'flags', code: 'MESSAGE_FLAG_CANNOT_BE_REMOVED', message: text }]);
  }
  const flags = (message.flags & ~MessageFlags.Loading) | (wanted & MessageFlags.IsComponentsV2);
  const kept = keptAttachments(message, named.attachments);
  const { content, embeds, components } = message;
  const whole = { content, embeds, components, ...named, attachments: kept };
  if (isEmpty(whole, files.length)) throw refusal(50006);
  return composed(world, message.channel, whole, flags, [...kept, ...keepFiles(world, files)]);
}

function keptAttachments(message: Message, listed: unknown): Attachment[] {
  if (!Array.isArray(listed)) return message.attachments;
  const ids = (listed as Shape[]).map(({ id }) => String(id));
  return message.attachments.filter(({ id }) => ids.includes(id));
}

function composed(
  world: World,
  channel: Channel,
  body: Shape,
  flags: number,
  attachments: Attachment[],
): Content {
  const errors = checkMessage(body, flags);
  if (errors.length > 0) throw invalidForm(errors);
  const isV2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  if (isV2 && textBytes(body.components) > MOST_TEXT_BYTES) {
    throw new Refusal(500, 0, '500: Internal Server Error');
  }
  const content = String(body.content ?? '');
  const components = keepComponents(world, (body.components ?? []) as Shape[], attachments);
  return {
    content,
    embeds: ((body.embeds ?? []) as Shape[]).map((embed) => ({ type: 'rich', ...embed })),
    components,
    flags,
    mentions: pinged(world, channel, [content, ...textsOf(components)].join('\n'), body.allowed_mentions),
    attachments,
  };
}

function keepFiles(world: World, files: readonly Upload[]): Attachment[] {
  return files.map(({ filename, contentType, size, text }) => ({
    id: world.newId(),
    filename,
    contentType,
    size,
    text,
  }));
}

/** The texts that components show, in order. */
function textsOf(components: readonly Shape[]): string[] {
  return flatten(components)
    .filter(({ component }) => component.type === ComponentType.TextDisplay)
    .map(({ component }) => String(component.content));
}

/** Who is pinged: those who are named in the text, as far as the sender allowed it; all, when it said nothing. */
function pinged(world: World, channel: Channel, text: string, allowed: unknown): Message['mentions'] {
  const rule = allowed as { parse?: string[]; users?: string[]; roles?: string[] } | null | undefined;
  const lets = (kind: string, id: string, list: readonly string[] | undefined) =>
    !rule || rule.parse?.includes(kind) || list?.includes(id);
  const ids = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, id]) => id ?? ''))];
  const users = ids(/<@!?(\d+)>/g)
    .filter((id) => lets('users', id, rule?.users))
    .flatMap((id) => world.users.get(id) ?? []);
  const roles = ids(/<@&(\d+)>/g).filter(
    (id) => channel.guild?.roles.has(id) && lets('roles', id, rule?.roles),
  );
  const isEveryone = /@(everyone|here)\b/.test(text) && (!rule || rule.parse?.includes('everyone') === true);
  return { users, roles, isEveryone };
}

/** Components as Discord gives them back: each with its number and with the defaults filled in. */
function keepComponents(
  world: World,
  components: readonly Shape[],
  attachments: readonly Attachment[],
): Shape[] {
  const used = new Set(flatten(components).map(({ component }) => component.id));
  let last = 0;
  const nextId = () => {
    do last += 1;
    while (used.has(last));
    return last;
  };
  const media = (item: unknown): Shape => {
    const { url, id } = item as { url: string; id?: string };
    const name = url.startsWith('attachment://') ? url.slice('attachment://'.length) : undefined;
    const attachment = attachments.find(({ filename }) => filename === name);
    const shown = attachment ? `https://cdn.discordapp.com/attachments/1/${attachment.id}/${name}` : url;
    return {
      id: id ?? world.newId(),
      url: shown,
      proxy_url: shown,
      width: null,
      height: null,
      content_type: null,
    };
  };
  const keep = (component: Shape): Shape => {
    const { components: inner, accessory, ...rest } = component;
    const id = component.id || nextId();
    const shape: Shape = { ...defaultsOf(component.type), ...rest, id };
    if (Array.isArray(inner)) shape.components = (inner as Shape[]).map(keep);
    if (accessory) shape.accessory = keep(accessory as Shape);
    if (component.media) shape.media = media(component.media);
    if (component.file) Object.assign(shape, { file: media(component.file), name: null, size: null });
    if (Array.isArray(component.items)) {
      const items = component.items as Shape[];
      shape.items = items.map((item) => ({
        description: null,
        spoiler: false,
        ...item,
        media: media(item.media),
      }));
    }
    return shape;
  };
  return components.map(keep);
}

function defaultsOf(type: unknown): Shape {
  switch (type) {
    case ComponentType.Container:
      return { accent_color: null, spoiler: false };
    case ComponentType.Thumbnail:
      return { description: null, spoiler: false };
    case ComponentType.Separator:
      return { spacing: 1, divider: true };
    case ComponentType.File:
      return { spoiler: false };
    case ComponentType.StringSelect:
      return { min_values: 1, max_values: 1 };
    default:
      return {};
  }
}
