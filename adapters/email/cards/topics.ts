import { MAX_PANEL_TOPICS, type PanelCard, type TextCard } from '../../../src/domain/card.ts';
import { isEmoji, type Topic } from '../../../src/domain/topic.ts';
import { plain } from '../../../src/text/line.ts';

/** Topics as words: in a mail none is chosen by an emoji. */
export function asText({ title, paragraphs, topics }: PanelCard): TextCard {
  return { kind: 'text', title, paragraphs, rows: topics.slice(0, MAX_PANEL_TOPICS).map(rowOf) };
}

/** One that a platform has made is a name to everybody else. */
function rowOf({ slug, name, emoji, meaning }: Topic): { name: string; value: string } {
  const isShown = isEmoji(emoji) && !/^[<:]/.test(emoji);
  const shown = plain(name) || plain(slug) || '…';
  return { name: isShown ? `${emoji} ${shown}` : shown, value: meaning };
}
