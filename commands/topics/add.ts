import type { Command } from '../../src/command.ts';
import { isEmptyQuery, parseQuery } from '../../src/domain/query.ts';
import { BUILT_IN_TOPICS, isEmoji, MAX_WORKSPACE_TOPICS, slugOf } from '../../src/domain/topic.ts';
import { CommandError } from '../../src/errors.ts';
import { answer, text } from '../cards.ts';

const USUAL_EMOJI = '📌';
const MAX_NAME = 40;
const MAX_QUERY = 300;

export const topicsAdd: Command = {
  name: 'topics add',
  summary: 'Make a topic of this workspace, which members can follow and feeds can filter by',
  options: [
    { name: 'name', summary: 'What it is called, such as protein design', type: 'text', isRequired: true },
    {
      name: 'query',
      summary: 'Which papers are its own, in the words of search; each word must stand in them',
      type: 'text',
      isRequired: true,
    },
    { name: 'emoji', summary: `Its emoji (default ${USUAL_EMOJI})`, type: 'text' },
  ],
  audience: 'manager',
  example: 'topics add name:"weather models" query:weather emoji:🌦️',
  async run({ options, place }, { people }) {
    const name = String(options.name ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    const query = String(options.query ?? '').trim();
    const emoji = String(options.emoji ?? USUAL_EMOJI).trim();
    const slug = slugOf(name);
    if (slug === '' || name.length > MAX_NAME)
      throw new CommandError(`Give the topic a name of 1 to ${MAX_NAME} characters, with a letter or digit.`);
    if (isEmptyQuery(parseQuery(query)) || query.length > MAX_QUERY)
      throw new CommandError(`Say which papers belong to it, in 1 to ${MAX_QUERY} characters of a search.`);
    const unknown = parseQuery(query).conditions.find(
      ({ field, value }) => field === 'topic' && !BUILT_IN_TOPICS.some((one) => one.slug === slugOf(value)),
    );
    if (unknown)
      throw new CommandError(
        `There is no built-in topic "${unknown.value}", and others cannot be named here.`,
      );
    if (!isEmoji(emoji)) throw new CommandError(`"${emoji}" is not one emoji. Give one such as 🧪.`);
    const topic = { slug, name, emoji, meaning: 'papers that this workspace looks for', query };
    const outcome = await people.addTopic(place, topic);
    if (outcome === 'full')
      throw new CommandError(
        `A workspace may have ${MAX_WORKSPACE_TOPICS} topics. "topics remove" ends one.`,
      );
    if (outcome !== 'added')
      throw new CommandError(
        `There is a topic ${slug} already${outcome === 'built-in' ? ', a built-in one' : ''}.`,
      );
    const words = [`"follow ${slug}" follows it, "feed edit topics:${slug}" filters a feed by it.`];
    return answer([text(`${emoji} ${name}`, words, [{ name: 'Query', value: query }])], topic);
  },
};
