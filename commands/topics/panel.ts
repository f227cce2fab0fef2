import type { Command } from '../../src/command.ts';
import { MAX_PANEL_TOPICS } from '../../src/domain/card.ts';
import { BUILT_IN_TOPICS, slugIn, type Topic } from '../../src/domain/topic.ts';
import { CommandError } from '../../src/errors.ts';
import { type Texts, textsFor } from '../../src/texts/index.ts';
import { topicIn } from '../../src/texts/topic.ts';
import { createCommand } from '../command.ts';
import { partsOf } from '../parts.ts';

export const topicsPanel: Command = createCommand({
  name: 'topics panel',
  options: [{ name: 'topics', type: 'text', completedBy: ['topic'], isList: true }],
  audience: 'manager',
  example: 'topics panel topics:"agents, robotics, 3d"',
  async run({ options, place, locale }, { people }) {
    const texts = textsFor(locale);
    const say = texts.topics;
    const known = (await people.topics(place)).map(({ topic }) => topic);
    const wanted = options.topics === undefined ? [] : partsOf(String(options.topics));
    const topics = wanted.length > 0 ? named(wanted, known, say) : usual(known);
    const card = {
      kind: 'panel' as const,
      title: say.panel,
      paragraphs: [say.panelHow],
      topics: topics.map((one) => topicIn(one, texts)),
    };
    return { visibility: 'channel', cards: [card], outcome: 'done', data: topics };
  },
});

/** The topics with these names, each once. Errors: `CommandError` for one that is not known, or too many. */
function named(names: readonly string[], known: readonly Topic[], say: Texts['topics']): Topic[] {
  const topics = new Set<Topic>();
  for (const name of names) {
    const topic = known.find(({ slug }) => slug === slugIn(name));
    if (!topic) throw new CommandError(say.unknown(name), 'topics');
    topics.add(topic);
  }
  if (topics.size > MAX_PANEL_TOPICS) throw new CommandError(say.tooMany(MAX_PANEL_TOPICS), 'topics');
  return [...topics];
}

/** The workspace's own first, as it made them to be followed; built-in ones fill up what is left. */
function usual(known: readonly Topic[]): Topic[] {
  const isBuiltIn = ({ slug }: Topic) => BUILT_IN_TOPICS.some((one) => one.slug === slug);
  const own = known.filter((topic) => !isBuiltIn(topic));
  const first = known.length > MAX_PANEL_TOPICS ? [...own, ...known.filter(isBuiltIn)] : known;
  return first.slice(0, MAX_PANEL_TOPICS);
}
