import type { TopicStatus } from '../../src/abilities.ts';
import type { Command } from '../../src/command.ts';
import { type Texts, textsFor } from '../../src/texts/index.ts';
import { topicIn } from '../../src/texts/topic.ts';
import { answer, text } from '../cards.ts';
import { createCommand } from '../command.ts';

export const topicsList: Command = createCommand({
  name: 'topics list',
  options: [],
  audience: 'member',
  isReading: true,
  isOfWorkspace: true,
  example: 'topics list',
  async run({ place, locale }, { people }) {
    const texts = textsFor(locale);
    const say = texts.topics;
    const topics = await people.topics(place);
    return answer(
      [
        text(
          say.title,
          [say.howTo],
          topics.map((one) => row(one, texts)),
        ),
      ],
      topics,
    );
  },
});

function row({ topic, followers }: TopicStatus, texts: Texts): { name: string; value: string } {
  const query = 'query' in topic ? ` (${topic.query})` : '';
  const followed = followers > 0 ? `; ${texts.topics.followers(followers)}` : '';
  return {
    name: `${topic.emoji} ${topic.slug}`,
    value: `${topicIn(topic, texts).meaning}${query}${followed}`,
  };
}
