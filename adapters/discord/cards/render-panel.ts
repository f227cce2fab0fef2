import type {
  APIMessageComponentEmoji,
  APIMessageTopLevelComponent,
  APISelectMenuOption,
} from 'discord-api-types/v10';
import { MAX_PANEL_TOPICS, type PanelCard } from '../../../src/domain/card.ts';
import { isEmoji, type Topic } from '../../../src/domain/topic.ts';
import { plain } from '../../../src/text/line.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fitted } from './budget.ts';
import { inert, inertLines } from './inert.ts';
import { LIMITS } from './limits.ts';
import { frame, heading, type Part, selectRow, text } from './parts.ts';
import { writePress } from './press.ts';
import { helpRow } from './render-actions.ts';

/** As written: twenty topics fit with everything at its longest. */
const ROOM = { title: 250, paragraphs: 600, name: 40, meaning: 90, label: 60 } as const;
/** `<:name:id>`, or `<a:name:id>` for one that moves. */
const CUSTOM_EMOJI = /^<a?:(\w{2,32}):(\d{5,20})>$/;

/** Topics with their emoji and a select from which several may be chosen. */
export function renderPanel(
  { title, paragraphs, topics }: PanelCard,
  texts: Texts,
): APIMessageTopLevelComponent[] {
  const shown = topics.slice(0, MAX_PANEL_TOPICS);
  const each = Math.floor(ROOM.paragraphs / Math.max(1, paragraphs.length));
  return [
    frame([
      ...text(heading(2, title, ROOM.title)),
      ...text(...paragraphs.map((one) => fitted(one, each, inertLines))),
      ...text(...shown.map(topicLine)),
      ...followSelect(shown, texts),
    ]),
  ];
}

function topicLine({ emoji, meaning, ...topic }: Topic): string {
  const sign = emojiOf(emoji) ? emoji : '';
  const said = fitted(meaning, ROOM.meaning, inert);
  const name = `**${fitted(nameOf(topic), ROOM.name, inert)}**${said === '' ? '' : `: ${said}`}`;
  return sign === '' ? name : `${sign} ${name}`;
}

function nameOf({ name, slug }: Pick<Topic, 'name' | 'slug'>): string {
  return plain(name) || plain(slug) || '…';
}

/** Topics to choose from beside their emoji; one that cannot be chosen by its slug is followed by its emoji only. */
export function followSelect(topics: readonly Topic[], texts: Texts): Part[] {
  const follow = writePress({ command: 'follow', options: {} }, 'what');
  const options = optionsOf(topics);
  if (options.length === 0 || follow === undefined) return helpRow(texts);
  const placeholder = texts.card.followTopics;
  return [selectRow({ custom_id: follow, placeholder, min_values: 1, max_values: options.length, options })];
}

/** Each topic once; one whose slug cannot be a value is followed by its emoji only. */
function optionsOf(topics: readonly Topic[]): APISelectMenuOption[] {
  const bySlug = new Map(topics.map((topic) => [topic.slug, topic]));
  return [...bySlug.values()]
    .filter(({ slug }) => slug !== '' && slug === plain(slug) && slug.length <= LIMITS.optionValue)
    .map((topic) => {
      const emoji = emojiOf(topic.emoji);
      const label = fitted(nameOf(topic), ROOM.label, plain);
      return { label, value: topic.slug, ...(emoji ? { emoji } : {}) };
    });
}

/** As a component names it, where one that moves needs no sign of it; undefined for what is no emoji here. */
function emojiOf(emoji: string): APIMessageComponentEmoji | undefined {
  const [, name, id] = CUSTOM_EMOJI.exec(emoji) ?? [];
  if (name !== undefined && id !== undefined) return { name, id };
  return isEmoji(emoji) && !emoji.startsWith(':') ? { name: emoji } : undefined;
}
