import type { Command } from '../../src/command.ts';
import type { CardRow } from '../../src/domain/card.ts';
import type { Feed } from '../../src/domain/feed.ts';
import { type Texts, textsFor } from '../../src/texts/index.ts';
import { answer, daysText, text } from '../cards.ts';
import { createCommand } from '../command.ts';

export const feedList: Command = createCommand({
  name: 'feed list',
  options: [],
  audience: 'manager',
  isReading: true,
  example: 'feed list',
  async run({ place, locale }, { feeds }) {
    const texts = textsFor(locale);
    const statuses = await feeds.list(place);
    const rows = statuses.map(({ feed }) => rowOf(feed, texts));
    const none = rows.length > 0 ? [] : [texts.feed.none];
    return answer([text(texts.feed.list, none, rows)], statuses);
  },
});

function rowOf({ id, listing, time, zone, days, destination, state }: Feed, texts: Texts): CardRow {
  const say = texts.feed;
  const { channel } = destination;
  const line = say.line(say.listings[listing], time, zone, daysText(days, texts), channel);
  const value = state === 'active' ? line : `${line} (${say.states[state]})`;
  const [before = '', ...after] = value.split(channel);
  return { name: id, value, parts: [before, { channel }, after.join(channel)] };
}
