import type { Command } from '../../src/command.ts';
import type { Feed } from '../../src/domain/feed.ts';
import { type Texts, textsFor } from '../../src/texts/index.ts';
import { answer, daysText, text } from '../cards.ts';
import { createCommand } from '../command.ts';

export const feedList: Command = createCommand({
  name: 'feed list',
  options: [],
  audience: 'manager',
  example: 'feed list',
  async run({ place, locale }, { feeds }) {
    const texts = textsFor(locale);
    const statuses = await feeds.list(place);
    const rows = statuses.map(({ feed }) => ({ name: feed.id, value: lineOf(feed, texts) }));
    const none = rows.length > 0 ? [] : [texts.feed.none];
    return answer([text(texts.feed.list, none, rows)], statuses);
  },
});

function lineOf({ listing, time, zone, days, destination, state }: Feed, texts: Texts): string {
  const say = texts.feed;
  const line = say.line(say.listings[listing], time, zone, daysText(days, texts), destination.channel);
  return state === 'active' ? line : `${line} (${say.states[state]})`;
}
