import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import type { TextCard } from '../../src/domain/card.ts';
import { memberAt } from '../../src/domain/member.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import { closeAfter } from '../closing.ts';
import { throttled } from '../fixtures/failures.ts';
import {
  followedBy,
  MONDAY,
  member,
  paperBy,
  papersFor,
  reacting,
  SUNDAY,
  sentTo,
  show,
  TUESDAY,
  WEDNESDAY,
  words,
} from '../members.ts';
import { restart } from '../pipeline/monday.ts';
import { openWorld, PLACE, type World } from '../world.ts';

const EVE = memberAt(PLACE, 'eve');

/** A world in which each day's list has a paper on llamas, whose topic has an emoji. */
async function open() {
  const world = closeAfter(await openWorld(SUNDAY));
  await world.give('topics add', { name: 'Llamas', query: 'llama', emoji: '🦙' });
  for (const [index, day] of ['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25'].entries())
    show(world, day, paperBy('Bo Li', `2611.0000${index + 1}`, { title: 'A llama' }));
  return { ...world, emoji: reacting(world, 'eve'), eve: member(world, 'eve') };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** The questions that a member got. */
function questions(world: World, id = 'eve'): TextCard[] {
  return sentTo(world, id).flatMap(({ card }) => (card.kind === 'text' ? [card] : []));
}

/** Presses a button of a question. */
async function press(world: Opened, label: string): Promise<void> {
  const action = questions(world)[0]?.actions?.find((one) => one.label === label);
  if (!action) throw new Error(`There is no button "${label}".`);
  expect(await world.eve(action.command, action.options)).toMatchObject({ outcome: 'done' });
}

const digest = ({ store }: World) => store.feeds.get(digestId(EVE));

describe('a member who begins by an emoji', () => {
  it('is asked once, and gets nothing before they answer, whatever else they choose', async () => {
    const world = await open();
    await world.emoji('🦙');
    await world.tickAt(addMs(SUNDAY, MINUTE_MS));
    expect(questions(world)).toMatchObject([{ title: 'You follow 🦙 Llamas' }]);
    for (const emoji of ['🤖', '🎬']) await world.emoji(emoji);
    for (const emoji of ['🤖', '🎬', '🦙']) await world.emoji(emoji, false);
    for (const emoji of ['🦙', '🤖']) await world.emoji(emoji);
    for (const at of [MONDAY, TUESDAY, WEDNESDAY]) await world.tickAt(at);
    expect(sentTo(world, 'eve')).toHaveLength(1);
    expect(await followedBy(world, 'eve')).toEqual(['llamas', 'agents']);
  });

  it('is told when it would come: with the edition of the channel', async () => {
    const world = await open();
    await world.addFeed({ time: '17:30', zone: 'Europe/Berlin' });
    await world.emoji('🦙');
    await world.tickAt(addMs(SUNDAY, MINUTE_MS));
    expect(questions(world)[0]?.paragraphs[0]).toContain('17:30 Europe/Berlin');
  });

  it('and wants it has it from then on: not what came before', async () => {
    const world = await open();
    await world.emoji('🦙');
    for (const at of [MONDAY, addMs(TUESDAY, HOUR_MS)]) await world.tickAt(at);
    await press(world, 'Send it');
    await world.tickAt(addMs(TUESDAY, 2 * HOUR_MS));
    expect(papersFor(world, 'eve')).toEqual([]);
    await world.tickAt(WEDNESDAY);
    expect(papersFor(world, 'eve')).toEqual(['2611.00004']);
    expect(questions(world)).toHaveLength(1);
  });

  it('and does not want it gets nothing, by no further emoji, until they say otherwise', async () => {
    const world = await open();
    await world.emoji('🦙');
    await world.tickAt(addMs(SUNDAY, MINUTE_MS));
    await press(world, 'Not now');
    await world.emoji('🤖');
    for (const at of [MONDAY, TUESDAY]) await world.tickAt(at);
    expect(sentTo(world, 'eve')).toHaveLength(1);
    await world.eve('following', { every: 'daily' });
    await world.tickAt(WEDNESDAY);
    expect(papersFor(world, 'eve')).toEqual(['2611.00004']);
  });

  it('and then follows in words has said that they want it', async () => {
    const world = await open();
    await world.emoji('🦙');
    await world.eve('follow', { what: 'agents' });
    await world.tickAt(MONDAY);
    expect(papersFor(world, 'eve')).toEqual(['2611.00002']);
    expect(questions(world)).toEqual([]);
    expect(await digest(world)).not.toHaveProperty('isUnconfirmed');
  });

  it('is asked after a restart too, and by one of two processes', async () => {
    const world = await open();
    await world.emoji('🦙');
    const [one, other] = [await restart(world), await restart(world)];
    await Promise.all([one.scheduler.tick(), other.scheduler.tick()]);
    await Promise.all([one.scheduler.tick(), other.scheduler.tick()]);
    expect(questions(world)).toHaveLength(1);
  });

  it('and in words at the same time has one digest, which they want', async () => {
    const world = await open();
    await Promise.all([world.emoji('🦙'), world.eve('follow', { what: 'agents' }), world.emoji('🎬')]);
    await world.eve('follow', { what: 'video' });
    await world.tickAt(MONDAY);
    expect(papersFor(world, 'eve')).toEqual(['2611.00002']);
    expect((await followedBy(world, 'eve')).sort()).toEqual(['agents', 'llamas', 'video']);
  });
});

describe('a member who has a digest', () => {
  it('is not asked: what they choose by an emoji comes with it', async () => {
    const world = await open();
    await world.eve('follow', { what: 'author:Nobody' });
    await world.emoji('🦙');
    await world.tickAt(MONDAY);
    expect(questions(world)).toEqual([]);
    expect(papersFor(world, 'eve')).toEqual(['2611.00002']);
  });

  it('that rested as they followed nothing has it again with the next emoji', async () => {
    const world = await open();
    await world.eve('follow', { what: 'llamas' });
    await world.emoji('🦙', false);
    expect(await digest(world)).toMatchObject({ state: 'paused' });
    await world.tickAt(MONDAY);
    await world.emoji('🦙');
    await world.tickAt(TUESDAY);
    expect(papersFor(world, 'eve')).toContain('2611.00003');
    expect(questions(world)).toEqual([]);
  });

  it('that they let rest themselves is not woken by an emoji', async () => {
    const world = await open();
    await world.eve('follow', { what: 'llamas' });
    await world.eve('following', { every: 'never' });
    await world.eve('unfollow', { what: 'llamas' });
    await world.emoji('🦙');
    for (const at of [MONDAY, TUESDAY]) await world.tickAt(at);
    expect(sentTo(world, 'eve')).toEqual([]);
  });
});

describe('a member who cannot be asked', () => {
  const NOT_ASKED = 'could not ask you';

  async function openClosed() {
    const world = await open();
    world.adapter.closeMember('eve', 'forbidden');
    world.adapter.setInstaller('terminal', 'installer');
    await world.emoji('🦙');
    return world;
  }

  it('is told with their next command, once; nobody is asked in their place', async () => {
    const world = await openClosed();
    expect(words(await world.eve('help'))).not.toContain(NOT_ASKED);
    for (const at of [MONDAY, TUESDAY]) await world.tickAt(at);
    expect(world.adapter.posted).toEqual([]);
    expect(await world.store.ledger.openNotices(9)).toEqual([]);
    expect(words(await world.eve('help'))).toContain(NOT_ASKED);
    expect(words(await world.eve('help'))).not.toContain(NOT_ASKED);
    world.adapter.closeMember('eve', undefined);
    await world.tickAt(WEDNESDAY);
    expect(sentTo(world, 'eve')).toEqual([]);
    await world.eve('following', { every: 'daily' });
    await world.tickAt(addMs(WEDNESDAY, DAY_MS));
    expect(sentTo(world, 'eve').length).toBeLessThanOrEqual(1);
  });

  it('is not told while the question is still under way', async () => {
    const world = await open();
    world.adapter.failNext(throttled(HOUR_MS));
    await world.emoji('🦙');
    await world.tickAt(addMs(SUNDAY, MINUTE_MS));
    expect(words(await world.eve('help'))).not.toContain(NOT_ASKED);
    await world.tickAt(addMs(SUNDAY, 62 * MINUTE_MS));
    expect(questions(world)).toHaveLength(1);
    expect(words(await world.eve('help'))).not.toContain(NOT_ASKED);
  });

  it('is told too of a digest that they want and that is refused later', async () => {
    const world = await openClosed();
    await world.tickAt(MONDAY);
    await world.eve('help');
    await world.eve('following', { every: 'daily' });
    await world.tickAt(TUESDAY);
    expect(await digest(world)).toMatchObject({ state: 'suspended' });
    expect(words(await world.eve('help'))).toContain('Your digest could not be delivered');
  });
});
