import { ComponentType } from 'discord-api-types/v10';
import { flatten } from './check-message.ts';
import type { Message, Shape } from './state.ts';

/** All that a message shows as text, a line each: content, embeds, texts, labels, options, files. */
export function messageText(message: Message | undefined): string {
  if (!message) return '';
  const { content, embeds, components, attachments } = message;
  const lines = [
    content,
    ...embeds.flatMap(embedLines),
    ...flatten(components).flatMap(({ component }) => componentLines(component)),
    ...attachments.map(({ filename }) => filename),
  ];
  return lines.filter((line) => typeof line === 'string' && line !== '').join('\n');
}

function embedLines({ title, description, fields }: Shape): unknown[] {
  return [title, description, ...((fields ?? []) as Shape[]).flatMap(({ name, value }) => [name, value])];
}

function componentLines(component: Shape): unknown[] {
  const { type, content, label, placeholder, options, url, description } = component;
  if (type === ComponentType.TextDisplay) return [content];
  if (type === ComponentType.Button) return [label, url];
  if (type === ComponentType.Thumbnail) return [description];
  if (type !== ComponentType.StringSelect) return [];
  return [placeholder, ...(options as Shape[]).flatMap((option) => [option.label, option.description])];
}
