import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, type Instant, MINUTE_MS, weekdayOf } from '../../src/domain/calendar.ts';
import { type Destination, directTo } from '../../src/domain/feed.ts';
import { memberAt } from '../../src/domain/member.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import { closeAfter } from '../closing.ts';
import { MONDAY, PANEL, paperBy, SUNDAY, show, TUESDAY } from '../members.ts';
import { openWorld, PLACE } from '../world.ts';
import { openDays } from './weeks.ts';

const ELSEWHERE: Destination = { ...PLACE, workspace: 'another' };
/** Two workspaces that have us, each with a feed and a member with a digest of Bo Li's papers. */
async function open() {
  const world = closeAfter(await openWorld(SUNDAY));
  for (const day of ['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25'])
    show(world, day, paperBy('Bo Li', `2611.000${day.slice(8)}`));
  const bo = { kind: 'author', key: 'bo li', label: 'Bo Li' } as const;
  for (const place of [PLACE, ELSEWHERE]) {
    await world.host.workspaces.joined(place);
    await world.feeds.add(place, 'operator', { limit: 1 });
    await world.services.people.follow(place, 'ada', bo);
  }
  const postedIn = ({ workspace }: Destination) =>
    world.adapter.posted.filter(({ destination }) => destination.workspace === workspace).length;
  return { ...world, postedIn, workspaces: world.host.workspaces };
}

describe('a workspace that lets us go', () => {
  it('gets nothing, and others go on; back again all goes on as it was', async () => {
    const { workspaces, store, tickAt, postedIn } = await open();
    const before = await store.feeds.getMany(['feed01', digestId(memberAt(PLACE, 'ada'))]);
    await tickAt(MONDAY);
    await workspaces.left(PLACE);
    await tickAt(TUESDAY);
    expect([postedIn(PLACE), postedIn(ELSEWHERE)]).toEqual([2, 4]);
    expect(await store.alarms.newest(9)).toEqual([]);
    expect(await workspaces.joined(PLACE)).toBe('back');
    expect(await store.feeds.getMany([...before.keys()])).toEqual(before);
    await tickAt(addMs(TUESDAY, MINUTE_MS));
    expect([postedIn(PLACE), postedIn(ELSEWHERE)]).toEqual([4, 4]);
  });

  it('and had a feed paused has it paused when it is back', async () => {
    const { workspaces, feeds, tickAt, postedIn } = await open();
    await feeds.setState(PLACE, 'feed01', 'paused');
    await workspaces.left(PLACE);
    await workspaces.joined(PLACE);
    await tickAt(MONDAY);
    expect(postedIn(PLACE)).toBe(1);
  });

  it('ends the alarm of a feed that could not be posted, and is looked at as soon as it is back', async () => {
    const { workspaces, store, adapter, tickAt, postedIn } = await open();
    adapter.closeChannel('terminal', 'forbidden');
    await tickAt(MONDAY);
    expect(await store.feeds.get('feed01')).toMatchObject({ state: 'suspended' });
    await workspaces.left(PLACE);
    const [ended] = (await store.alarms.newest(9)).filter(({ feedId }) => feedId === 'feed01');
    expect(ended).toHaveProperty('clearedAt');
    adapter.closeChannel('terminal', undefined);
    await tickAt(addMs(MONDAY, HOUR_MS));
    const rested = postedIn(PLACE);
    await workspaces.joined(PLACE);
    await tickAt(addMs(MONDAY, HOUR_MS + MINUTE_MS));
    expect(postedIn(PLACE)).toBe(rested + 1);
    expect(await store.feeds.get('feed01')).toMatchObject({ state: 'active' });
  });

  it('is remembered for 90 days, then erased whole', async () => {
    const { workspaces, store, host, services, tickAt } = await open();
    await host.reactions.watch(PANEL);
    const digest = digestId(memberAt(PLACE, 'ada'));
    await workspaces.left(PLACE);
    await tickAt(addMs(SUNDAY, 89 * DAY_MS));
    expect((await store.feeds.getMany(['feed01', digest])).size).toBe(2);
    await tickAt(addMs(SUNDAY, 91 * DAY_MS));
    expect((await store.feeds.getMany(['feed01', 'feed02', digest])).size).toBe(1);
    expect((await services.people.following(memberAt(PLACE, 'ada'))).subscriptions).toEqual([]);
    expect((await services.people.following(memberAt(ELSEWHERE, 'ada'))).subscriptions).toHaveLength(1);
    expect(await store.presence.panels('terminal')).toEqual([]);
    expect(await workspaces.joined(PLACE)).toBe('new');
  });

  it('is new after 90 days also when nobody was there to erase it', async () => {
    const { workspaces, store, clock } = await open();
    await workspaces.left(PLACE);
    clock.set(addMs(SUNDAY, 91 * DAY_MS));
    expect(await workspaces.joined(PLACE)).toBe('new');
    expect(await store.feeds.get('feed01')).toBeUndefined();
  });
});

describe('what a platform says of all workspaces', () => {
  it('lets those that are not among them rest, of that platform, if they ever had us, and the others come back', async () => {
    const { workspaces, tickAt, postedIn, feeds } = await open();
    await feeds.add({ ...PLACE, workspace: 'never joined' }, 'operator', { limit: 1 });
    await workspaces.present('web', []);
    await workspaces.present('terminal', ['another', 'unknown']);
    await tickAt(MONDAY);
    expect([PLACE, ELSEWHERE, { ...PLACE, workspace: 'never joined' }].map(postedIn)).toEqual([0, 2, 1]);
    expect(await workspaces.joined(PLACE)).toBe('back');
    expect(await workspaces.joined(ELSEWHERE)).toBe('known');
    expect(await workspaces.joined({ ...PLACE, workspace: 'unknown' })).toBe('known');
    await workspaces.left(PLACE);
    await workspaces.present('terminal', [PLACE.workspace]);
    await tickAt(addMs(MONDAY, DAY_MS));
    expect(postedIn(PLACE)).toBeGreaterThan(0);
  });
});

describe('what a process says that is told of some workspaces', () => {
  const isOwn = (workspace: string) => workspace !== 'another';

  it('is about those alone: the others stay as they are', async () => {
    const { workspaces, tickAt, postedIn } = await open();
    expect(await workspaces.present('terminal', ['unknown'], isOwn)).toEqual(['unknown']);
    await tickAt(MONDAY);
    expect([PLACE, ELSEWHERE].map(postedIn)).toEqual([0, 2]);
    await workspaces.left(ELSEWHERE);
    await workspaces.present('terminal', [PLACE.workspace, 'unknown'], isOwn);
    await tickAt(addMs(MONDAY, MINUTE_MS));
    expect(postedIn(PLACE)).toBeGreaterThan(0);
    expect(await workspaces.joined(ELSEWHERE)).toBe('back');
  });

  it('of several, each of its own, is the same as what one says of all', async () => {
    const { workspaces } = await open();
    await workspaces.present('terminal', [PLACE.workspace, 'unknown'], isOwn);
    await workspaces.present('terminal', ['another'], (workspace) => !isOwn(workspace));
    const parts = await workspaces.known('terminal');
    await workspaces.present('terminal', [PLACE.workspace, 'another', 'unknown']);
    expect(await workspaces.known('terminal')).toEqual(parts);
    expect(parts.map(({ hasUs }) => hasUs)).toEqual([true, true, true]);
  });
});

describe('the workspaces that are known', () => {
  it('are those that have us, greeted or not, and those that had us until they are erased', async () => {
    const { workspaces, tickAt } = await open();
    await workspaces.greeted(PLACE);
    await workspaces.left(ELSEWHERE);
    const greeted = { workspace: PLACE.workspace, hasUs: true, isGreeted: true };
    expect(await workspaces.known('terminal')).toEqual([
      greeted,
      { workspace: 'another', hasUs: false, isGreeted: true },
    ]);
    expect(await workspaces.known('web')).toEqual([]);
    await workspaces.joined(ELSEWHERE);
    expect(await workspaces.known('terminal')).toContainEqual({
      workspace: 'another',
      hasUs: true,
      isGreeted: false,
    });
    await workspaces.left(ELSEWHERE);
    await tickAt(addMs(SUNDAY, 91 * DAY_MS));
    expect(await workspaces.known('terminal')).toEqual([greeted]);
  });
});

describe('workspaces that come and go', () => {
  const aDay = fc.record({
    what: fc.constantFrom('left', 'left', 'joined', 'present', 'nothing', 'nothing'),
    who: fc.constantFrom('w0', 'w1', 'w2'),
    days: fc.constantFrom(1, 1, 1, 2, 5, 40, 95),
  });

  it('get each paper once, nothing while they do not have us, and start anew after 90 days', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aDay, { minLength: 3, maxLength: 9 }), async (steps) => {
        const world = await openDays(0);
        const places = ['w0', 'w1', 'w2'].map((workspace) => ({ ...PLACE, workspace }));
        const life = new Map(
          places.map((place) => [
            place.workspace,
            { place, leftAt: undefined as Instant | undefined, ids: [''] },
          ]),
        );
        for (const one of life.values()) {
          expect(await world.host.workspaces.joined(one.place)).toBe('new');
          one.ids = [(await world.feeds.add(one.place, 'operator', { limit: 1 })).feed.id];
        }
        let at: Instant = SUNDAY;
        for (const { what, who, days } of steps) {
          const one = life.get(who);
          if (!one) throw new Error('There are three.');
          const isGone = one.leftAt !== undefined;
          if (what === 'left') {
            await world.host.workspaces.left(one.place);
            one.leftAt ??= at;
          }
          if (what === 'present') {
            const others = [...life.values()].filter((other) => other !== one);
            await world.host.workspaces.present(
              'terminal',
              others.map(({ place }) => place.workspace),
            );
            one.leftAt ??= at;
            for (const other of others) {
              other.leftAt = undefined;
              if ((await world.feeds.list(other.place)).length > 0) continue;
              other.ids.push((await world.feeds.add(other.place, 'operator', { limit: 1 })).feed.id);
            }
          }
          if (what === 'joined') {
            const isKept = isGone && addMs(one.leftAt ?? at, 90 * DAY_MS) >= at;
            const expected = isGone ? (isKept ? 'back' : 'new') : 'known';
            expect(await world.host.workspaces.joined(one.place)).toBe(expected);
            const feeds = await world.feeds.list(one.place);
            expect(feeds.map(({ feed }) => feed.id)).toEqual(isGone && !isKept ? [] : one.ids.slice(-1));
            one.leftAt = undefined;
            if (feeds.length === 0)
              one.ids.push((await world.feeds.add(one.place, 'operator', { limit: 1 })).feed.id);
          }
          at = addMs(at, days * DAY_MS);
          show(
            world,
            at.slice(0, 10),
            paperBy('Bo Li', `2612.${String(Date.parse(at) / DAY_MS).slice(0, 5)}`),
          );
          const before = world.adapter.posted.length;
          await world.tickAt(at);
          const reached = world.adapter.posted.slice(before).map(({ destination }) => destination.workspace);
          const open = [...life.values()].filter(({ leftAt }) => leftAt === undefined);
          const isWeekday = !['sat', 'sun'].includes(weekdayOf(at.slice(0, 10)));
          expect(new Set(reached)).toEqual(
            new Set(isWeekday ? open.map(({ place }) => place.workspace) : []),
          );
        }
        for (const { ids } of life.values()) {
          for (const id of ids) {
            const messages = world.adapter.posted.filter((message) => message.id.startsWith(`${id}@`));
            const texts = messages.map(({ card }) => JSON.stringify(card));
            expect(new Set(texts).size).toBe(texts.length);
          }
        }
        await world.close();
      }),
      { numRuns: 60, seed: 11 },
    );
  }, 60_000);
});

describe('notices', () => {
  it('for somebody of a workspace that let us go wait until it is back', async () => {
    const { workspaces, host, adapter, tickAt, clock } = await open();
    await host.reactions.react({ on: PANEL, member: 'eve', emoji: '🤖', isAdded: true });
    await workspaces.left(PLACE);
    await tickAt(addMs(clock.now(), MINUTE_MS));
    expect(adapter.callsOf('send')).toBe(0);
    await workspaces.joined(PLACE);
    await tickAt(addMs(clock.now(), MINUTE_MS));
    expect(adapter.posted.map(({ destination }) => destination)).toEqual([directTo(PLACE, 'eve')]);
  });
});
