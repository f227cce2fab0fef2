import type { FeedStatus, Followable } from '../src/abilities.ts';
import type { Command, Option } from '../src/command.ts';
import { localTime } from '../src/domain/calendar.ts';
import { MAX_SUBSCRIPTIONS } from '../src/domain/subscription.ts';
import { CommandError } from '../src/errors.ts';
import { answer, text } from './cards.ts';

/** Names what is followed. */
export const WHAT: Option = {
  name: 'what',
  summary: 'A topic, such as agents; an author, as author:Name; an organisation, as org:name',
  type: 'text',
  isRequired: true,
  completedBy: ['topic', 'author'],
};

export const follow: Command = {
  name: 'follow',
  summary: 'Get the new papers of a topic, an author or an organisation in a digest of your own',
  options: [WHAT],
  audience: 'member',
  example: 'follow what:agents',
  async run({ options, place, member }, { people }) {
    const what = String(options.what ?? '').trim();
    const meant = await people.followable(place, what);
    const { interest } = meant;
    if (!interest) throw new CommandError(unknownText(what, meant));
    const { outcome, digest, subscriptions } = await people.follow(place, member.id, interest);
    if (outcome === 'full') {
      throw new CommandError(
        `You follow ${MAX_SUBSCRIPTIONS} already, and no more can be had. "unfollow" ends one.`,
      );
    }
    const unseen = meant.isUnseen
      ? [`No paper of the archive carries that name so far.${nearText(meant)}`]
      : [];
    const title =
      outcome === 'followed' ? `You follow ${interest.label}` : `You follow ${interest.label} already`;
    const actions = [{ label: 'Unfollow', command: 'unfollow', options: { what: whatOf(interest) } }];
    const card = { ...text(title, [...unseen, ...(digest ? [digestText(digest)] : [])]), actions };
    return answer([card], { outcome, interest, subscriptions });
  },
};

/** As `follow` takes it. */
export function whatOf({ kind, key, label }: NonNullable<Followable['interest']>): string {
  if (kind === 'topic') return key;
  return kind === 'author' ? `author:${label}` : `org:${key}`;
}

/** When the next digest comes and how it is changed. */
export function digestText({ feed, nextDueAt }: FeedStatus): string {
  if (feed.state === 'paused') return 'Your digest rests; "following every:daily" lets it come.';
  if (feed.state === 'suspended')
    return 'Your digest cannot be delivered: your direct messages are closed to me.';
  const { day, time } = localTime(nextDueAt ?? feed.createdAt, feed.zone);
  return `Your next ${feed.listing} digest comes on ${day} at ${time} ${feed.zone}. "following" changes that.`;
}

function unknownText(what: string, meant: Followable): string {
  if (what === '') return 'Say what to follow: a topic such as agents, author:Name or org:name.';
  return `Nothing to follow is called "${what}".${nearText(meant)} "topics list" shows the topics; an author is followed as author:Name, an organisation as org:name.`;
}

function nearText({ suggestions }: Followable): string {
  return suggestions.length > 0 ? ` Did you mean ${suggestions.join(', ')}?` : '';
}
