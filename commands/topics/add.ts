import type { Command } from '../../src/command.ts';
import { isEmptyQuery, parseQuery } from '../../src/domain/query.ts';
import { BUILT_IN_TOPICS, isEmoji, MAX_WORKSPACE_TOPICS, slugOf } from '../../src/domain/topic.ts';
import { CommandError } from '../../src/errors.ts';
import { textsFor } from '../../src/texts/index.ts';
import { answer, text } from '../cards.ts';
import { createCommand } from '../command.ts';

const USUAL_EMOJI = '📌';
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
    const say = textsFor(locale).topics;
    const name = String(options.name ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    const query = String(options.query ?? '').trim();
    const emoji = String(options.emoji ?? USUAL_EMOJI).trim();
    const slug = slugOf(name);
    if (slug === '' || name.length > MAX_NAME) throw new CommandError(say.noName(MAX_NAME));
    if (isEmptyQuery(parseQuery(query)) || query.length > MAX_QUERY)
      throw new CommandError(say.noQuery(MAX_QUERY));
    const unknown = unknownTopicIn(query);
    if (unknown !== undefined) throw new CommandError(say.notBuiltIn(unknown));
    if (!isEmoji(emoji)) throw new CommandError(say.noEmoji(emoji));
    const topic = { slug, name, emoji, meaning: textsFor(undefined).topics.meaning, query };
    const outcome = await people.addTopic(place, topic);
    if (outcome === 'full') throw new CommandError(say.full(MAX_WORKSPACE_TOPICS));
    if (outcome === 'built-in') throw new CommandError(say.takenBuiltIn(slug));
    if (outcome === 'taken') throw new CommandError(say.taken(slug));
    return answer([text(`${emoji} ${name}`, [say.use(slug)], [{ name: say.query, value: query }])], topic);
  },
});

/** A topic that a query names and that is not built in. */
function unknownTopicIn(query: string): string | undefined {
  const { conditions } = parseQuery(query);
  return conditions.find(
    ({ field, value }) => field === 'topic' && !BUILT_IN_TOPICS.some((one) => one.slug === slugOf(value)),
  )?.value;
}
