import type { PaperTopic } from '../src/abilities.ts';
import type { Command } from '../src/command.ts';
import type { CardAction } from '../src/domain/card.ts';
import { reasonText } from '../src/domain/reason.ts';
import { type Texts, textsFor } from '../src/texts/index.ts';
import { paperActions } from '../src/texts/paper.ts';
import { topicIn } from '../src/texts/topic.ts';
import { answer } from './cards.ts';
import { createCommand } from './command.ts';
import { askedPaper, PAPER } from './paper.ts';

/** More would push what one does about the paper aside. */
const MOST_FOLLOWED = 3;

export const show: Command = createCommand({
  name: 'show',
  options: [PAPER],
  audience: 'member',
  isReading: true,
  example: 'show paper:2608.19880',
  async run(invocation, services) {
    const texts = textsFor(invocation.locale);
    const paper = await askedPaper(invocation, services);
    const topics = await services.people.topicsOf(invocation.place, paper);
    const card = {
      kind: 'paper' as const,
      entry: { number: 1, paper },
      notes: topics.map((one) => topicText(one, texts)),
      actions: [...paperActions(paper.id, texts), ...topics.slice(0, MOST_FOLLOWED).map(followAction(texts))],
    };
    return answer([card], {
      ...paper,
      topics: topics.map(({ topic, because }) => ({
        slug: topic.slug,
        because: because.map((one) => reasonText(one)),
      })),
    });
  },
});

function topicText({ topic, because }: PaperTopic, texts: Texts): string {
  const name = `${topic.emoji} ${topicIn(topic, texts).name}`;
  const reasons = because.map((one) => reasonText(one, texts.paper.reasons));
  return reasons.length > 0 ? texts.paper.topicBecause(name, reasons.join(', ')) : name;
}

function followAction(texts: Texts): (topic: PaperTopic) => CardAction {
  return ({ topic }) => ({
    label: texts.action.follow(topicIn(topic, texts).name),
    command: 'follow',
    options: { what: topic.slug },
  });
}
