import type { Command } from '../../src/command.ts';
import { BUILT_IN_TOPICS, slugOf } from '../../src/domain/topic.ts';
import { CommandError } from '../../src/errors.ts';
import { answer, text } from '../cards.ts';

export const topicsRemove: Command = {
  name: 'topics remove',
  summary: 'Remove a topic of this workspace; nobody follows it any more',
  options: [
    { name: 'name', summary: 'The topic, as `topics list` names it', type: 'text', isRequired: true },
  ],
  audience: 'manager',
  example: 'topics remove name:protein-design',
  async run({ options, place }, { people, feeds }) {
    const slug = slugOf(String(options.name ?? ''));
    if (BUILT_IN_TOPICS.some((one) => one.slug === slug))
      throw new CommandError(`${slug} is built in and cannot be removed.`);
    const filtered = (await feeds.list(place)).find(({ feed }) => feed.filters.topics.includes(slug));
    if (filtered)
      throw new CommandError(
        `Feed ${filtered.feed.id} filters by ${slug}. Change it first: feed edit ${filtered.feed.id} topics:none.`,
      );
    if (slug === '' || !(await people.removeTopic(place, slug)))
      throw new CommandError(
        `This workspace has no topic "${options.name}". "topics list" shows what there is.`,
      );
    return answer([text(`Topic ${slug} is removed`, [])], { slug });
  },
};
