import type { types } from '@slack/bolt';
import { MAX_PANEL_TOPICS, type PanelCard } from '../../../src/domain/card.ts';
import { isEmoji, type Topic } from '../../../src/domain/topic.ts';
import { plain } from '../../../src/text/line.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fitted } from './budget.ts';
import { fallback, NAMELESS } from './fallback.ts';
import { inert, inertBold, inertLines, plainWithEmoji } from './inert.ts';
import { LIMITS } from './limits.ts';
import { header, multiSelectOf, plainLabel, section, sections, selectOf } from './parts.ts';
import type { SlackBody } from './payload.ts';
import { valueWith } from './press.ts';

/** As written: twenty topics fit with everything at its longest. */
const ROOM = { paragraphs: 1500, name: 40, meaning: 120 } as const;

/** Topics with their emoji and a select from which several may be chosen. */
export function renderPanel({ title, paragraphs, topics }: PanelCard, texts: Texts): SlackBody {
  const shown = topics.slice(0, MAX_PANEL_TOPICS);
  const each = Math.floor(ROOM.paragraphs / Math.max(1, paragraphs.length));
  const said = paragraphs.map((one) => fitted(one, each, inertLines)).filter((one) => one !== '');
  const select = multiSelectOf(topicChooser(shown, texts, 0));
  const beside = said.length > 0 ? said : [inert(texts.card.followTopics)];
  return {
    text: fallback([plain(title) || NAMELESS, ...paragraphs, ...shown.map(nameOf)]),
    blocks: [
      header(plain(title) || NAMELESS),
      ...section(select ? beside : said, select),
      ...sections(shown.map(topicLine)),
    ],
  };
}

/** One topic to choose beside the emoji on a card; undefined for none. */
export function topicSelect(
  topics: readonly Topic[],
  texts: Texts,
  index: number,
): types.StaticSelect | undefined {
  return selectOf(topicChooser(topics, texts, index));
}

function topicChooser(topics: readonly Topic[], texts: Texts, index: number) {
  const placeholder = texts.card.followTopics;
  return { index, command: 'follow', choose: 'what', placeholder, options: topicOptions(topics) };
}

function topicLine(topic: Topic): string {
  const said = fitted(topic.meaning, ROOM.meaning, inert);
  const name = `*${fitted(nameOf(topic), ROOM.name, inertBold)}*${said === '' ? '' : `: ${said}`}`;
  return isEmoji(topic.emoji) && !isOfDiscord(topic.emoji) ? `${topic.emoji} ${name}` : name;
}

function nameOf({ name, slug }: Pick<Topic, 'name' | 'slug'>): string {
  return plain(name) || plain(slug) || '…';
}

/** Each topic once; one whose slug cannot be a value is followed by its emoji only. */
function topicOptions(topics: readonly Topic[]): types.PlainTextOption[] {
  const bySlug = new Map(topics.map((topic) => [topic.slug, topic]));
  return [...bySlug.values()]
    .filter(
      ({ slug }) => /^[^\s,~]+$/.test(slug) && slug === plain(slug) && slug.length <= LIMITS.optionValue,
    )
    .map(optionOfTopic);
}

/** The emoji stands in the value too: Slack may tell another name for the one that is shown. */
function optionOfTopic(topic: Topic): types.PlainTextOption {
  const { emoji, slug } = topic;
  if (!isEmoji(emoji) || isOfDiscord(emoji))
    return { text: plainLabel(nameOf(topic), LIMITS.optionText), value: slug };
  const room = LIMITS.optionText - emoji.length - 1;
  const { text } = plainLabel(plainWithEmoji(nameOf(topic)), room);
  return {
    text: { type: 'plain_text', text: `${emoji} ${text}`, emoji: true },
    value: valueWith(slug, emoji),
  };
}

function isOfDiscord(emoji: string): boolean {
  return emoji.startsWith('<');
}
