import type { Command } from '../src/command.ts';
import { CommandError } from '../src/errors.ts';
import { textsFor } from '../src/texts/index.ts';
import { answer, text } from './cards.ts';
import { createCommand } from './command.ts';
import { standing, whereRow } from './feed/rows.ts';

export const status: Command = createCommand({
  name: 'status',
  options: [],
  audience: 'member',
  isReading: true,
  isOfWorkspace: true,
  example: 'status',
  async run({ place, isHomeless, locale }, { feeds }) {
    const texts = textsFor(locale);
    if (isHomeless) throw new CommandError(texts.host.homeless);
    const statuses = await feeds.list(place);
    if (statuses.length === 0) return answer([text(texts.standing.title, [texts.feed.none])], []);
    return answer(
      statuses.map((one) =>
        text(texts.feed.title(one.feed.id), [], [whereRow(one.feed, texts), ...standing(one, texts)]),
      ),
      statuses,
    );
  },
});
