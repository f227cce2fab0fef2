import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Instant } from '../../../src/domain/calendar.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { topicIn } from '../../../src/texts/topic.ts';
import type { Caller } from '../answering/caller.ts';
import { LIMITS } from '../cards/limits.ts';
import { topicOption } from './parts.ts';
import { partOf } from './replies.ts';

const topicsSchema = z.array(
  z.object({
    topic: z.object({ slug: z.string(), name: z.string(), emoji: z.string(), meaning: z.string() }),
  }),
);

/** Topics to choose from, by slug; or why there are none just now. */
export type TopicChoices =
  | { builtIn: types.PlainTextOption[]; own: types.PlainTextOption[] }
  | { sentence: string };

/** The topics of a workspace in the member's language. One with a slug longer than Slack takes is not among them. */
export async function topicChoices(
  host: Pick<Host, 'run'>,
  caller: Caller,
  at: Instant,
): Promise<TopicChoices> {
  const reply = await host.run({ command: 'topics list', options: {}, ...caller, at });
  const part = partOf(reply, topicsSchema, caller.locale);
  if ('sentence' in part) return part;
  const texts = textsFor(caller.locale);
  const options = part.data
    .filter(({ topic }) => topic.slug.length <= LIMITS.optionValue)
    .map(({ topic }) => topicOption(topicIn(topic, texts), topic.slug, LIMITS.optionText));
  const builtIn = new Set(BUILT_IN_TOPICS.map(({ slug }) => slug));
  const isBuiltIn = ({ value }: types.PlainTextOption) => value !== undefined && builtIn.has(value);
  return {
    builtIn: options.filter(isBuiltIn).slice(0, LIMITS.options),
    own: options.filter((one) => !isBuiltIn(one)).slice(0, LIMITS.options),
  };
}
