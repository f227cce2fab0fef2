import type { DigestSettings, FeedStatus, Following } from '../src/abilities.ts';
import type { Command, Invocation, OptionValue } from '../src/command.ts';
import { isTimeOfDay, isZone } from '../src/domain/calendar.ts';
import type { CardAction } from '../src/domain/card.ts';
import { isUndecided } from '../src/domain/delivery.ts';
import { MAX_LIMIT } from '../src/domain/feed.ts';
import { memberAt } from '../src/domain/member.ts';
import { parseQuietHours, quietText } from '../src/domain/quiet.ts';
import { CommandError } from '../src/errors.ts';
import { type Texts, textsFor } from '../src/texts/index.ts';
import { labelIn } from '../src/texts/topic.ts';
import { answer, text } from './cards.ts';
import { createCommand } from './command.ts';
import { slotText } from './feed/rows.ts';
import { digestText } from './follow.ts';

const EVERY = ['daily', 'weekly', 'never'] as const;

export const following: Command = createCommand({
  name: 'following',
  options: [
    { name: 'every', type: 'text', choices: EVERY },
    { name: 'time', type: 'text' },
    { name: 'zone', type: 'text', completedBy: ['zone'] },
    { name: 'with-edition', type: 'flag' },
    { name: 'thread', type: 'flag' },
    { name: 'limit', type: 'integer', min: 1, max: MAX_LIMIT },
    { name: 'quiet', type: 'text' },
    { name: 'undelivered', type: 'text', choices: ['resend', 'dismiss'] },
  ],
  audience: 'member',
  example: 'following',
  async run(invocation, { people }) {
    const texts = textsFor(invocation.locale);
    const say = texts.following;
    const { place, member, isHomeless } = invocation;
    if (isHomeless && invocation.options.thread === true)
      throw new CommandError(texts.host.homeless, 'thread');
    const { undelivered: decision } = invocation.options;
    if (decision === 'resend' || decision === 'dismiss') await people.decide(place, member.id, decision);
    const settings = readDigest(invocation);
    const isSet = Object.keys(settings).length > 0;
    const changed = isSet ? await people.setDigest(place, member.id, settings) : undefined;
    if (isSet && !changed) throw new CommandError(say.noDigest);
    const found = await people.following(memberAt(place, member.id));
    const card = text(isSet ? say.set : say.title, words(found, texts), rows(found, texts));
    return answer([{ ...card, actions: actionsFor(found, texts) }], found);
  },
});

function readDigest({ options, locale }: Invocation): DigestSettings {
  const say = textsFor(locale).following;
  const { every, time, zone, limit } = options;
  if (time !== undefined && !isTimeOfDay(String(time)))
    throw new CommandError(say.noTime(String(time)), 'time');
  if (zone !== undefined && !isZone(String(zone))) throw new CommandError(say.noZone(String(zone)), 'zone');
  const quiet = readQuiet(options.quiet, say);
  const withEdition = options['with-edition'] === true;
  if (withEdition && (time !== undefined || zone !== undefined))
    throw new CommandError(say.notBoth, 'with-edition');
  return {
    ...(every === undefined ? {} : { every: String(every) as (typeof EVERY)[number] }),
    ...(time === undefined ? {} : { time: String(time) }),
    ...(zone === undefined ? {} : { zone: String(zone) }),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
    ...(quiet === undefined ? {} : { quiet }),
    ...(withEdition ? { withEdition: true } : {}),
    ...(options.thread === true ? { inThread: true } : {}),
  };
}

function readQuiet(given: OptionValue | undefined, say: Texts['following']): DigestSettings['quiet'] {
  if (given === undefined) return undefined;
  const text = String(given).trim().toLowerCase();
  const quiet = text === 'none' ? text : parseQuietHours(text);
  if (!quiet) throw new CommandError(say.noQuiet(String(given)), 'quiet');
  return quiet;
}

function words({ subscriptions, digest }: Following, texts: Texts): string[] {
  if (subscriptions.length === 0) return [texts.following.nothing];
  return digest ? [digestText(digest, texts), ...undelivered(digest, texts)] : [];
}

function actionsFor({ digest }: Following, { action }: Texts): CardAction[] {
  if (!digest?.openDeliveries.some(isUndecided)) return [];
  return [
    { label: action.resend, command: 'following', options: { undelivered: 'resend' } },
    { label: action.dismiss, command: 'following', options: { undelivered: 'dismiss' } },
  ];
}

/** Of a digest that may not have arrived the member decides themselves. */
function undelivered({ openDeliveries }: FeedStatus, { following: say }: Texts): string[] {
  const undecided = openDeliveries.filter(isUndecided);
  return undecided.map(({ slotId, reason }) => say.undelivered(slotId, reason ?? ''));
}

function rows({ subscriptions, digest }: Following, texts: Texts): { name: string; value: string }[] {
  const say = texts.following;
  const followed = subscriptions.map((one) => ({
    name: labelIn(one, texts),
    value: say.since(say.kinds[one.kind], one.followedAt.slice(0, 10)),
  }));
  const last = digest?.lastSlot ? [{ name: say.last, value: slotText(digest.lastSlot, texts) }] : [];
  const { quiet, zone } = digest?.feed ?? {};
  const rest = quiet ? [{ name: say.quiet, value: `${quietText(quiet)} ${zone}` }] : [];
  return [...followed, ...rest, ...last];
}
