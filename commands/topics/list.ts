import type { TopicStatus } from '../../src/abilities.ts';
import type { Command } from '../../src/command.ts';
import { answer, count, text } from '../cards.ts';

export const topicsList: Command = {
  name: 'topics list',
  summary: 'Show the topics that can be followed',
  options: [],
  audience: 'member',
  example: 'topics list',
  async run({ place }, { people }) {
    const topics = await people.topics(place);
    const card = text('Topics', ['"follow" with one of these names follows it.'], topics.map(row));
    return answer([card], topics);
  },
};

function row({ topic, followers }: TopicStatus): { name: string; value: string } {
  const query = 'query' in topic ? ` (${topic.query})` : '';
  const followed = followers > 0 ? `; ${count(followers, 'follower')}` : '';
  return { name: `${topic.emoji} ${topic.slug}`, value: `${topic.meaning}${query}${followed}` };
}
