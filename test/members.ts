import type { OptionValue, Reply } from '../src/command.ts';
import type { Day } from '../src/domain/calendar.ts';
import type { Destination } from '../src/domain/feed.ts';
import { type Member, memberAt } from '../src/domain/member.ts';
import type { Paper, PaperId } from '../src/domain/paper.ts';
import type { ReactedMessage } from '../src/domain/reaction.ts';
import type { PostedMessage } from './fakes/memory-adapter.ts';
import { aPaper, somePapers } from './fixtures/papers.ts';
import { papersIn } from './scheduler/weeks.ts';
import { openWorld, PLACE, type World } from './world.ts';

/** A Sunday, so that the first digest is Monday's. */
export const SUNDAY = '2026-11-22T12:00:00.000Z';
export const MONDAY = '2026-11-23T09:00:00.000Z';
export const TUESDAY = '2026-11-24T09:00:00.000Z';
export const WEDNESDAY = '2026-11-25T09:00:00.000Z';
export const THURSDAY = '2026-11-26T09:00:00.000Z';

export const ADA: Member = memberAt(PLACE, 'ada');

/** An invented paper by somebody. */
export function paperBy(author: string, id: PaperId, more: Partial<Paper> = {}): Paper {
  return aPaper({ id, authors: [{ name: author }], ...more });
}

/** Shows these papers on a day's list, beside twenty that nobody follows. */
export function show({ source }: Pick<World, 'source'>, day: Day, ...papers: Paper[]): void {
  const others = somePapers('2610', new Array(20).fill(0), 100 * Number(day.slice(8)));
  source.set({ kind: 'daily', key: day }, [...papers, ...others]);
}

/** Says commands as one who manages nothing. */
export function member(
  { host, clock }: Pick<World, 'host' | 'clock'>,
  id: string,
  place: Destination = PLACE,
) {
  return async (command: string, options: Record<string, OptionValue> = {}): Promise<Reply> =>
    await host.run({ command, options, place, member: { id, isManager: false }, at: clock.now() });
}

/** A topic panel in the channel. */
export const PANEL: ReactedMessage = { place: PLACE, messageId: 'panel' };

/** Puts emoji on a message as somebody, or takes them away. */
export function reacting({ host }: Pick<World, 'host'>, id: string, on: ReactedMessage = PANEL) {
  return async (emoji: string, isAdded = true): Promise<void> =>
    await host.reactions.react({ on, member: id, emoji, isAdded });
}

/** What a member follows, by its key. */
export async function followedBy({ services }: Pick<World, 'services'>, id: string): Promise<string[]> {
  const { subscriptions } = await services.people.following(memberAt(PLACE, id));
  return subscriptions.map(({ key }) => key);
}

/** The messages that a member got, in order. */
export function sentTo({ adapter }: Pick<World, 'adapter'>, id: string): PostedMessage[] {
  return adapter.posted.filter(({ destination }) => destination.channel === `@${id}`);
}

/** The papers that a member got, as often as they did. */
export function papersFor(world: Pick<World, 'adapter'>, id: string): PaperId[] {
  return papersIn({ adapter: { ...world.adapter, posted: sentTo(world, id) } });
}

/** All that an answer says. */
export function words({ cards }: Pick<Reply, 'cards'>): string {
  return JSON.stringify(cards);
}

/**
 * A world on Sunday in which Ada follows Bo Li, whose papers are on the lists of Friday (1), Monday (2), Tuesday (3) and
 * Wednesday (4), each beside one by Cy Wu (11 to 14).
 */
export async function openFollowed(given: Parameters<typeof openWorld>[1] = {}) {
  const world = await openWorld(SUNDAY, given);
  for (const [index, day] of ['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25'].entries()) {
    const [own, other] = [`2611.0000${index + 1}`, `2611.0001${index + 1}`];
    show(world, day, paperBy('Bo Li', own), paperBy('Cy Wu', other));
  }
  const ada = member(world, 'ada');
  await ada('follow', { what: 'author:Bo Li' });
  return { ...world, ada };
}
