import type { Command } from '../../src/command.ts';
import { emojiKey } from '../../src/domain/emoji.ts';
import { isEmptyQuery, parseQuery } from '../../src/domain/query.ts';
import { SAVE_EMOJI } from '../../src/domain/reaction.ts';
import {
  BUILT_IN_TOPICS,
  isEmoji,
  MAX_WORKSPACE_TOPICS,
  slugOf,
  type Topic,
} from '../../src/domain/topic.ts';
import { CommandError } from '../../src/errors.ts';
import { type Texts, textsFor } from '../../src/texts/index.ts';
import { answer, text } from '../cards.ts';
import { createCommand } from '../command.ts';

/** The first one that is free is a topic's whose maker names none; the very first where none is. */
const USUAL_EMOJI = ['📌', '📍', '📎', '🔷', '🔶', '🟢', '🟣', '🟡', '🔴', '🔵', '🟤', '⭐'] as const;
const MAX_NAME = 40;
const MAX_QUERY = 300;

export const topicsAdd: Command = createCommand({
  name: 'topics add',
  options: [
    { name: 'name', type: 'text', isRequired: true },
    { name: 'query', type: 'text', isRequired: true },
    { name: 'emoji', type: 'text' },
  ],
  audience: 'manager',
  example: 'topics add name:"weather models" query:weather emoji:🌦️',
  async run({ options, place, locale }, { people }) {
    const texts = textsFor(locale);
    const { topics: say } = texts;
    const name = String(options.name ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    const query = String(options.query ?? '').trim();
    const slug = slugOf(name);
    if (slug === '' || name.length > MAX_NAME) throw new CommandError(say.noName(MAX_NAME), 'name');
    if (isEmptyQuery(parseQuery(query)) || query.length > MAX_QUERY)
      throw new CommandError(say.noQuery(MAX_QUERY), 'query');
    const unknown = unknownTopicIn(query);
    if (unknown !== undefined) throw new CommandError(say.notBuiltIn(unknown), 'query');
    const others = (await people.topics(place)).map((one) => one.topic).filter((one) => one.slug !== slug);
    const emoji = options.emoji === undefined ? freeEmoji(others) : String(options.emoji).trim();
    if (!isEmoji(emoji)) throw new CommandError(say.noEmoji(emoji), 'emoji');
    const taken = options.emoji === undefined ? undefined : meaningOf(emoji, others, texts);
    if (taken !== undefined) throw new CommandError(say.takenEmoji(emoji, taken), 'emoji');
    const topic = { slug, name, emoji, meaning: textsFor(undefined).topics.meaning, query };
    const outcome = await people.addTopic(place, topic);
    if (outcome === 'full') throw new CommandError(say.full(MAX_WORKSPACE_TOPICS));
    if (outcome === 'built-in') throw new CommandError(say.takenBuiltIn(slug), 'name');
    if (outcome === 'taken') throw new CommandError(say.taken(slug), 'name');
    return answer([text(`${emoji} ${name}`, [say.use(slug)], [{ name: say.query, value: query }])], topic);
  },
});

function freeEmoji(topics: readonly Topic[]): string {
  const taken = new Set(topics.map((topic) => emojiKey(topic.emoji)));
  return USUAL_EMOJI.find((one) => !taken.has(emojiKey(one))) ?? USUAL_EMOJI[0];
}

/** What an emoji stands for already, as the reader calls it. */
function meaningOf(emoji: string, topics: readonly Topic[], texts: Texts): string | undefined {
  const key = emojiKey(emoji);
  if (key === emojiKey(SAVE_EMOJI)) return texts.action.save;
  const topic = topics.find((one) => emojiKey(one.emoji) === key);
  return topic && (texts.builtInTopics[topic.slug]?.name ?? topic.name);
}

/** A topic that a query names and that is not built in. */
function unknownTopicIn(query: string): string | undefined {
  const { conditions } = parseQuery(query);
  return conditions.find(
    ({ field, value }) => field === 'topic' && !BUILT_IN_TOPICS.some((one) => one.slug === slugOf(value)),
  )?.value;
}
