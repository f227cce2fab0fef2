import type { FeedStatus, Followable, Following, Services } from '../src/abilities.ts';
import type { Command, Invocation } from '../src/command.ts';
import { localTime } from '../src/domain/calendar.ts';
import { memberOf } from '../src/domain/feed.ts';
import { MAX_SUBSCRIPTIONS, whatOf } from '../src/domain/subscription.ts';
import { CommandError } from '../src/errors.ts';
import { type Texts, textsFor } from '../src/texts/index.ts';
import { labelIn } from '../src/texts/topic.ts';
import { answer, text } from './cards.ts';
import { createCommand, type WrittenOption } from './command.ts';
import { partsOf } from './parts.ts';

/** As many as a select beside a panel can give (Discord's limit). */
const MOST_AT_ONCE = 25;

/** Names what is followed. */
const WHAT: WrittenOption = {
  name: 'what',
  type: 'text',
  isRequired: true,
  completedBy: ['topic', 'author'],
  isList: true,
};

export const follow: Command = createCommand({
  name: 'follow',
  options: [WHAT],
  audience: 'member',
  example: 'follow what:agents',
  async run(invocation, { people }) {
    const texts = textsFor(invocation.locale);
    const wanted = partsOf(String(invocation.options.what ?? ''));
    if (wanted.length === 0) throw new CommandError(texts.follow.empty, 'what');
    if (wanted.length > MOST_AT_ONCE) throw new CommandError(texts.follow.tooMany(MOST_AT_ONCE), 'what');
    const tries: Try[] = [];
    for (const what of wanted) tries.push(await tryOne(what, invocation, people));
    const followed = tries.filter((one) => 'interest' in one);
    const last = followed.at(-1);
    const problems = [...new Set(tries.flatMap((one) => ('problem' in one ? [one.problem] : [])))];
    if (!last) throw new CommandError(problems.join(' '), 'what');
    const { digest, subscriptions } = last;
    const next = digest ? [digestText(digest, texts)] : [];
    if (wanted.length === 1) {
      const { outcome, interest, title, notes } = last;
      const what = whatOf(interest);
      const actions = [{ label: texts.action.unfollow, command: 'unfollow', options: { what } }];
      return answer([{ ...text(title, [...notes, ...next]), actions }], { outcome, interest, subscriptions });
    }
    const told = followed.map(({ title, notes }) => [`${title}.`, ...notes].join(' '));
    const results = followed.map(({ outcome, interest }) => ({ outcome, interest }));
    const card = text(texts.follow.all, [...told, ...problems, ...next]);
    return answer([card], { followed: results, problems, subscriptions });
  },
});

/** One that is followed, or why it is not. */
type Try = FollowedOne | { problem: string };

interface FollowedOne extends Following {
  outcome: 'followed' | 'already' | 'full';
  interest: NonNullable<Followable['interest']>;
  title: string;
  /** That nobody carries the name yet. */
  notes: string[];
}

async function tryOne(
  what: string,
  { place, member, locale }: Invocation,
  people: Services['people'],
): Promise<Try> {
  const texts = textsFor(locale);
  const say = texts.follow;
  const { interest, isUnseen, suggestions } = await people.followable(place, what);
  const near = suggestions.length > 0 ? [say.near(suggestions.join(', '))] : [];
  if (!interest) return { problem: [say.unknown(what), ...near, say.howTo].join(' ') };
  const followed = await people.follow(place, member.id, interest);
  if (followed.outcome === 'full') return { problem: say.full(MAX_SUBSCRIPTIONS) };
  const label = labelIn(interest, texts);
  const title = followed.outcome === 'followed' ? say.followed(label) : say.already(label);
  return { ...followed, interest, title, notes: isUnseen ? [[say.unseen, ...near].join(' ')] : [] };
}

/** When the next digest comes and how it is changed. */
export function digestText({ feed, nextDueAt }: FeedStatus, { digest: say }: Texts): string {
  if (feed.state === 'paused') return say.rests;
  if (feed.state === 'suspended') return memberOf(feed.destination) ? say.closed : say.threadClosed;
  const { day, time } = localTime(nextDueAt ?? feed.createdAt, feed.zone);
  return say.next(say.every[feed.listing], day, time, feed.zone);
}
