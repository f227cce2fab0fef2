import { shorten } from '../../../src/text/shorten.ts';
import type { MessageTexts, Target, TargetMessage } from './incoming.ts';

/** As much as `find` takes. */
const MOST_CHARACTERS = 6000;
/** Nobody nests components deeper: container, row or section, button. */
const DEEPEST = 4;

/** All words and addresses of the message that a person points at, one a line; empty when there are none. */
export function textOf({ resolved, target_id: id }: Target): string {
  const message = resolved.messages[id];
  return message ? shorten(wordsOf(message).join('\n'), MOST_CHARACTERS, 'characters') : '';
}

function wordsOf({ message_snapshots: forwarded, ...own }: TargetMessage): string[] {
  return [own, ...(forwarded ?? []).map(({ message }) => message)].flatMap(ownWords);
}

function ownWords({ content, embeds, components }: MessageTexts): string[] {
  const embedded = (embeds ?? []).flatMap(({ url, title, description, fields }) => [
    url,
    title,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
  ]);
  const shown = (components ?? []).flatMap((component) => componentWords(component, DEEPEST));
  return [content, ...embedded, ...shown].filter(
    (word) => typeof word === 'string' && word !== '',
  ) as string[];
}

/** What a component shows, and what is in it; its shape is anybody's, as any bot may have posted it. */
function componentWords(component: unknown, depth: number): string[] {
  if (typeof component !== 'object' || component === null || depth === 0) return [];
  const { content, url, components, accessory } = component as Record<string, unknown>;
  const own = [content, url].filter((word) => typeof word === 'string');
  const inner = [...(Array.isArray(components) ? components : []), accessory];
  return [...own, ...inner.flatMap((one) => componentWords(one, depth - 1))];
}
