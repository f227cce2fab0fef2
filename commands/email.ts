import type { Following } from '../src/abilities.ts';
import type { Command } from '../src/command.ts';
import type { CardRow } from '../src/domain/card.ts';
import { FEED_DEFAULTS } from '../src/domain/feed.ts';
import { memberAt } from '../src/domain/member.ts';
import type { Subscription } from '../src/domain/subscription.ts';
import { BUILT_IN_TOPICS } from '../src/domain/topic.ts';
import { CommandError } from '../src/errors.ts';
import { type MailOrder, mailListing } from '../src/subscribers.ts';
import { type Texts, textsFor } from '../src/texts/index.ts';
import { labelIn } from '../src/texts/topic.ts';
import { answer, text } from './cards.ts';
import { createCommand } from './command.ts';

export const email: Command = createCommand({
  name: 'email',
  options: [{ name: 'address', type: 'text', isRequired: true }],
  audience: 'member',
  example: 'email address:ada@example.org',
  async run({ options, place, member: { id }, locale }, { mail, people }) {
    const texts = textsFor(locale);
    const say = texts.email;
    if (!mail) throw new CommandError(say.notSetUp);
    const member = memberAt(place, id);
    const address = String(options.address ?? '').trim();
    const following = await people.following(member);
    const order = orderFor(following);
    const outcome = await mail.invite(address, order, member);
    if (outcome === 'limited') throw new CommandError(say.limited);
    const own = following.subscriptions.filter((one) => !isForEverybody(one));
    const leftOut = own.length > 0 ? [say.leftOut(own.map(({ label }) => label).join(', '))] : [];
    return answer([text(say.title, [say.onItsWay(address), say.confirm, ...leftOut], rows(order, texts))], {
      order,
    });
  },
});

/** What a member follows, when their digest comes; what is not known is as a feed has it. */
function orderFor({ subscriptions, digest }: Following): MailOrder {
  const { listing, time, zone } = digest?.feed ?? FEED_DEFAULTS;
  return {
    listing: mailListing(listing),
    time,
    zone,
    interests: subscriptions.filter(isForEverybody).map(({ kind, key, label }) => ({ kind, key, label })),
  };
}

/** A topic that a workspace made means nothing outside of it. */
function isForEverybody({ kind, key }: Subscription): boolean {
  return kind !== 'topic' || BUILT_IN_TOPICS.some(({ slug }) => slug === key);
}

function rows({ listing, time, zone, interests }: MailOrder, texts: Texts): CardRow[] {
  const say = texts.email;
  const about = interests.map((one) => labelIn(one, texts)).join(', ');
  return [
    { name: say.list, value: say.lists[listing] },
    { name: say.when, value: `${time} ${zone}` },
    { name: say.about, value: about === '' ? say.all : about },
  ];
}
