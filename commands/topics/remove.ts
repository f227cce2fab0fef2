import type { Command } from '../../src/command.ts';
import { BUILT_IN_TOPICS, slugOf } from '../../src/domain/topic.ts';
import { CommandError } from '../../src/errors.ts';
import { textsFor } from '../../src/texts/index.ts';
import { answer, text } from '../cards.ts';
import { createCommand } from '../command.ts';

export const topicsRemove: Command = createCommand({
  name: 'topics remove',
  options: [{ name: 'name', type: 'text', isRequired: true }],
  audience: 'manager',
  example: 'topics remove name:protein-design',
  async run({ options, place, locale }, { people, feeds }) {
    const say = textsFor(locale).topics;
    const slug = slugOf(String(options.name ?? ''));
    if (BUILT_IN_TOPICS.some((one) => one.slug === slug)) throw new CommandError(say.builtIn(slug), 'name');
    const filtered = (await feeds.list(place)).find(({ feed }) => feed.filters.topics.includes(slug));
    if (filtered) throw new CommandError(say.inUse(filtered.feed.id, slug), 'name');
    if (slug === '' || !(await people.removeTopic(place, slug)))
      throw new CommandError(say.notHere(String(options.name)), 'name');
    return answer([text(say.removed(slug), [])], { slug });
  },
});
