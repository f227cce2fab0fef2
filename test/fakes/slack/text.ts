import { isObject, optionsOf, type Shape, textIn } from '../../slack-checks/read.ts';
import type { Message, View } from './state.ts';

/** All that a message shows as people read it, a line each: texts, links with their address, labels, options, files. */
export function messageText(message: Message | undefined): string {
  if (!message) return '';
  const { text, blocks, attachments, files, unfurls } = message;
  const shown = blocks.length > 0 ? blocks.flatMap(blockLines) : [readable(text)];
  const attached = [...attachments, ...unfurls.values()].flatMap(attachmentLines);
  return lines([...shown, ...attached, ...files.map(({ title }) => title)]);
}

/** All that a view shows, a line each: title, blocks, errors, buttons. */
export function viewText(view: View | undefined): string {
  if (!view) return '';
  const { title, submit, close, blocks, errors } = view;
  const shown = blocks.flatMap((block) => [...blockLines(block), errors[String(block.block_id)] ?? '']);
  return lines([textIn(title), ...shown, textIn(close), textIn(submit)]);
}

function lines(all: readonly string[]): string {
  return all.filter((line) => line !== '').join('\n');
}

/** `<https://x|label>` reads as `label (https://x)`; entities are what they stand for. */
function readable(mrkdwn: string): string {
  return mrkdwn
    .replace(/<(https?:[^|>]+|mailto:[^|>]+)\|([^>]*)>/g, '$2 ($1)')
    .replace(/<(https?:[^>]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function said(value: unknown): string {
  if (!isObject(value)) return typeof value === 'string' ? readable(value) : '';
  return value.type === 'mrkdwn' ? readable(textIn(value)) : textIn(value);
}

function blockLines(block: unknown): string[] {
  if (!isObject(block)) return [];
  const { type, text, fields, accessory, elements, element, label, hint, title, subtitle, body, actions } =
    block;
  if (type === 'image') return [said(title), String(block.alt_text ?? '')];
  if (type === 'rich_text') return [richText(block)];
  const list = (value: unknown) => (Array.isArray(value) ? value : []);
  return [
    said(label),
    ...[title, subtitle, body].map(said),
    said(text),
    ...list(fields).map(said),
    ...[accessory, element, ...list(elements), ...list(actions)].flatMap(elementLines),
    ...list(block.child_blocks).flatMap(blockLines),
    said(hint),
  ];
}

function elementLines(element: unknown): string[] {
  if (!isObject(element)) return [];
  const { type, text, placeholder, url, alt_text: alt } = element;
  if (type === 'mrkdwn' || type === 'plain_text') return [said(element)];
  if (type === 'image') return [String(alt ?? '')];
  if (type === 'button') return [url === undefined ? said(text) : `${said(text)} (${String(url)})`];
  if (type === 'card') return blockLines(element);
  return [
    said(placeholder),
    ...optionsOf(element).flatMap((option) => [said(option.text), said(option.description)]),
  ];
}

function richText(value: unknown): string {
  if (Array.isArray(value)) return value.map(richText).join('');
  if (!isObject(value)) return '';
  const { text, url, elements } = value as Shape;
  if (typeof text === 'string') return url === undefined ? text : `${text} (${String(url)})`;
  return typeof url === 'string' ? url : richText(elements);
}

function attachmentLines(attachment: Shape): string[] {
  const { pretext, title, title_link: link, text, blocks, fallback } = attachment;
  if (Array.isArray(blocks)) return blocks.flatMap(blockLines);
  return [
    said(pretext),
    link === undefined ? said(title) : `${said(title)} (${String(link)})`,
    said(text ?? fallback),
  ];
}
