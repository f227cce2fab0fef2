import type { Command } from '../../src/command.ts';
import { textsFor } from '../../src/texts/index.ts';
import { answer } from '../cards.ts';
import { createCommand } from '../command.ts';
import { feedCard } from './feed.ts';
import { dueText } from './rows.ts';
import { checkObstacles, checkTopics, readSettings, SETTINGS } from './settings.ts';

export const feedAdd: Command = createCommand({
  name: 'feed add',
  options: SETTINGS,
  audience: 'manager',
  example: 'feed add time:09:00 zone:Europe/Berlin',
  async run(invocation, { feeds, people }) {
    const { place, member, key, locale } = invocation;
    const texts = textsFor(locale);
    const settings = readSettings(invocation);
    await checkTopics(settings, invocation, people);
    await checkObstacles(settings, invocation, feeds);
    const status = await feeds.add(place, member.id, settings, key);
    const { feed, nextDueAt } = status;
    const card = {
      ...feedCard(texts.feed.added(feed.id), status, texts),
      paragraphs: nextDueAt ? [texts.feed.first(dueText(feed, nextDueAt))] : [],
      actions: [{ label: texts.action.preview, command: 'feed preview', options: { id: feed.id } }],
    };
    return answer([card], status);
  },
});
