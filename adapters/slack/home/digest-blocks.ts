import type { types } from '@slack/bolt';
import { localTime } from '../../../src/domain/calendar.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { LIMITS } from '../cards/limits.ts';
import { optionOf, plainText, pressButton } from '../cards/parts.ts';
import { zoneSelect } from '../forms/feed-fields.ts';
import { chosenOption, section, smallPrint } from '../forms/parts.ts';
import type { Part } from '../forms/replies.ts';
import type { HomeDigest, HomeFollowing } from './schema.ts';

const EVERY = ['daily', 'weekly', 'never'] as const;

/** How a member's digest comes; `stamp` as for topics: what was refused shows as it is, and not as it was chosen. */
export function digestBlocks(
  following: Part<HomeFollowing>,
  hasQuietHours: boolean,
  stamp: string,
  texts: Texts,
): types.KnownBlock[] {
  if ('sentence' in following) return [section(following.sentence)];
  const { digest } = following.data;
  if (!digest) return [section(texts.following.noDigest)];
  const settings: types.ActionsBlock = {
    type: 'actions',
    block_id: `digest:${stamp}`,
    elements: [
      everySelect(digest, texts),
      timepicker('time', digest.feed.time, texts.slackHome.time),
      zone(digest, texts),
    ],
  };
  return [
    section(standing(digest, texts)),
    settings,
    ...(hasQuietHours ? quietBlocks(digest, stamp, texts) : []),
  ];
}

function standing({ feed, nextDueAt }: HomeDigest, { digest: say, slackHome }: Texts): string {
  if (feed.state === 'suspended')
    return feed.destination.channel.startsWith('@') ? say.closed : say.threadClosed;
  if (feed.state === 'paused' || nextDueAt === undefined) return say.rests;
  const { day, time } = localTime(nextDueAt, feed.zone);
  return slackHome.nextDigest(say.every[feed.listing], day, time, feed.zone);
}

function everySelect({ feed }: HomeDigest, { slackHome: say }: Texts): types.StaticSelect {
  const options = EVERY.map((every) => optionOf(say.everyNames[every], every));
  const chosen = feed.state === 'paused' ? 'never' : feed.listing;
  return {
    type: 'static_select',
    action_id: 'home:every',
    placeholder: plainText(say.every, LIMITS.placeholder),
    options,
    ...chosenOption(options, chosen),
  };
}

function timepicker(name: string, time: string | undefined, placeholder: string): types.Timepicker {
  return {
    type: 'timepicker',
    action_id: `home:${name}`,
    placeholder: plainText(placeholder, LIMITS.placeholder),
    ...(time === undefined ? {} : { initial_time: time }),
  };
}

function zone({ feed }: HomeDigest, { slackHome: say }: Texts): types.ExternalSelect {
  return zoneSelect('home:zone', feed.zone, say.zone);
}

/** Both ends are needed; the one that is chosen first waits for the other. */
function quietBlocks({ feed }: HomeDigest, stamp: string, { slackHome: say }: Texts): types.KnownBlock[] {
  const off = pressButton(say.quietOff, 'home:quiet-off', 'none');
  const elements = [
    timepicker('quiet-from', feed.quiet?.from, say.quietFrom),
    timepicker('quiet-to', feed.quiet?.to, say.quietTo),
    ...(feed.quiet ? [off] : []),
  ];
  return [smallPrint(say.quiet), { type: 'actions', block_id: `quiet:${stamp}`, elements }];
}
