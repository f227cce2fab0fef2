import type { PaperTopic } from '../src/abilities.ts';
import type { Command } from '../src/command.ts';
import { answer } from './cards.ts';
import { askedPaper, PAPER, paperActions } from './paper.ts';

export const show: Command = {
  name: 'show',
  summary: 'Show one paper whole',
  options: [PAPER],
  audience: 'member',
  example: 'show paper:2608.19880',
  async run(invocation, services) {
    const paper = await askedPaper(invocation, services);
    const topics = await services.people.topicsOf(invocation.place, paper);
    const card = {
      kind: 'paper' as const,
      entry: { number: 1, paper },
      notes: topics.map(topicText),
      actions: paperActions(paper.id),
    };
    return answer([card], {
      ...paper,
      topics: topics.map(({ topic, because }) => ({ slug: topic.slug, because })),
    });
  },
};

function topicText({ topic, because }: PaperTopic): string {
  const why = because.length > 0 ? `, because: ${because.join(', ')}` : '';
  return `${topic.emoji} ${topic.name}${why}`;
}
