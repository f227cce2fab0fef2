import type { DeliveryState } from '../../src/domain/delivery.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type { ReactedMessage } from '../../src/domain/reaction.ts';
import { DeliveryUnavailableError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import { openStore } from '../../src/stores/index.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemoryAdapter, type MemoryAdapter, type PostedMessage } from '../fakes/memory-adapter.ts';
import { createMemorySource } from '../fakes/memory-source.ts';
import {
  followedBy,
  MONDAY,
  member,
  PANEL,
  paperBy,
  reacting,
  SUNDAY,
  show,
  THURSDAY,
  TUESDAY,
} from '../members.ts';
import { openWorld, PLACE, type World } from '../world.ts';

const DAYS = ['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'];
const ROBOTICS = '🦾';
const VIDEO = '🎬';
const SAVE = '🔖';
/** Of Tuesday's cards the answer for this one is lost, though it arrives. */
const IN_DOUBT = '@2026-11-24#3';

/** All that a team and its members have got from the bot, and what it knows of them. */
export interface Lived {
  /** How the messages of Tuesday's edition stood when the bot was stopped. */
  middle: DeliveryState[];
  /** What was posted: by channel, in order there. */
  posted: Pick<PostedMessage, 'id' | 'destination' | 'card' | 'edits'>[];
  follows: string[][];
  saved: string[][];
  /** How each feed stands. */
  feeds: unknown[];
  /** What is known of the emoji on the panel. */
  emoji: unknown[];
}

/**
 * Lets a team live with the bot from Sunday to Thursday. In the middle of Tuesday's edition, of which some messages are
 * out, one is in doubt and some are planned, it is stopped and started anew on the store that `move` gives for the one
 * that it had, which nobody has open meanwhile.
 */
export async function liveWithTeam(
  storeUrl: string,
  move: (storeUrl: string) => Promise<string>,
): Promise<Lived> {
  const clock = createFakeClock(SUNDAY);
  const source = createMemorySource(clock);
  const adapter = losing(createMemoryAdapter({ ...PLACE, kind: 'history', clock }));
  const open = async (url: string) => {
    const opened = await openStore(url, { clock, log: silentLog });
    // A server goes by the same time as its processes.
    const store = { ...opened, serverTime: async () => clock.now() };
    return await openWorld(clock.now(), { clock, source, adapter, store });
  };
  const before = await open(storeUrl);
  for (const [index, day] of DAYS.entries()) show(before, day, ...papersOf(index + 1));
  const saved = await liveUntilTuesday(before);
  const middle = await before.states('feed01@2026-11-24');
  await before.close();
  const after = await open(await move(storeUrl));
  await liveFromTuesday(after, saved);
  const lived = { middle, ...(await lookBack(after)) };
  await after.close();
  return lived;
}

/** The same, but that one answer of it is lost. */
function losing(adapter: MemoryAdapter): MemoryAdapter {
  const lost = new DeliveryUnavailableError('No answer.', { ...PLACE, mayHaveArrived: true });
  return {
    ...adapter,
    send(message, signal) {
      if (message.id.endsWith(IN_DOUBT)) adapter.failNext(lost, { hasArrived: true });
      return adapter.send(message, signal);
    },
  };
}

function papersOf(number: number, upvotes = 1): Paper[] {
  const votes = { upvotes };
  return [paperBy('Bo Li', `2611.0000${number}`, votes), paperBy('Cy Wu', `2611.0001${number}`, votes)];
}

/** Out: the message of Monday's edition that two of them have saved. */
async function liveUntilTuesday(world: World): Promise<ReactedMessage> {
  await world.addFeed({ layout: 'cards', limit: 6 });
  await world.addFeed({ layout: 'digest', limit: 4, time: '09:30' });
  await member(world, 'ada')('follow', { what: 'author:Bo Li' });
  await member(world, 'bo')('follow', { what: 'author:Cy Wu' });
  for (const emoji of [ROBOTICS, VIDEO]) await reacting(world, 'cy')(emoji);
  await reacting(world, 'dee')(ROBOTICS);
  await world.tickAt(MONDAY);
  const card = world.adapter.posted.find(({ id }) => id.endsWith('@2026-11-23#1'));
  const on = { place: PLACE, messageId: card?.messageId ?? '', paperId: '2611.00002' };
  for (const id of ['ada', 'dee']) await reacting(world, id, on)(SAVE);
  await world.tickAt(`${DAYS[1]}T09:30:00.000Z`);
  await world.tickAt(TUESDAY);
  return on;
}

async function liveFromTuesday(world: World, saved: ReactedMessage): Promise<void> {
  await reacting(world, 'dee', saved)(SAVE, false);
  // While the bot was away Cy took one emoji away, and Eve set one.
  const standing = [{ emoji: ROBOTICS, members: ['dee', 'cy', 'eve'] }];
  await world.host.reactions.reconcile(PANEL, standing);
  // Votes that come later are brought to the cards that are out.
  show(world, '2026-11-24', ...papersOf(3, 50));
  for (const minute of ['05', '30']) await world.tickAt(`${DAYS[2]}T09:${minute}:00.000Z`);
  for (const hour of ['09:00', '09:30', '17:00']) await world.tickAt(`${DAYS[3]}T${hour}:00.000Z`);
  await world.tickAt(THURSDAY);
}

async function lookBack(world: World): Promise<Omit<Lived, 'middle'>> {
  const members = ['ada', 'bo', 'cy', 'dee', 'eve'];
  const savedBy = async (id: string) => {
    const page = { offset: 0, limit: 9 };
    const { papers } = await world.services.people.saved({ ...PLACE, id }, page);
    return papers.map(({ paperId }) => paperId);
  };
  return {
    posted: postedBy(world),
    follows: await Promise.all(members.map((id) => followedBy(world, id))),
    saved: await Promise.all(members.map(savedBy)),
    feeds: await world.feeds.all(),
    emoji: await world.store.presence.reactions(PANEL),
  };
}

/** Channels go beside one another; within each order counts. */
function postedBy({ adapter }: World): Lived['posted'] {
  return adapter.posted
    .map(({ id, destination, card, edits }) => ({ id, destination, card, edits }))
    .sort(({ destination: one }, { destination: other }) =>
      one.channel < other.channel ? -1 : Number(one.channel > other.channel),
    );
}
