import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS } from '../../../../src/domain/calendar.ts';
import { StoreError } from '../../../../src/errors.ts';
import { ADA, notice, ONE_CLICK, openFor, title } from './link-scene.ts';
import { NOW, ORDER, open, share } from './world.ts';

const KINDS = ['confirm', 'manage', 'unsubscribe'] as const;

describe('a page behind a link', () => {
  it.each(KINDS)('to %s is kept by nobody, told to nobody, and in no search engine', async (kind) => {
    const world = await openFor();
    await world.people.subscribers.put(ADA, ORDER);
    for (const answer of [await world.get(world[kind]), await world.post(world[kind], '')]) {
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
      expect(load(answer.text)('meta[name=robots]').attr('content')).toBe('noindex');
      expect(load(answer.text)('script')).toHaveLength(0);
    }
  });

  it.each(KINDS)('to %s says what to do about a link that is not whole', async (kind) => {
    const world = await openFor();
    const broken = [
      `/email/${kind}/x`,
      world[kind].slice(0, -3),
      `${world[kind]}AAAA`,
      `/email/${kind}/v1.AAAA`,
    ];
    for (const path of broken)
      for (const answer of [await world.get(path), await world.submit(path, ONE_CLICK)]) {
        expect(answer.status).toBe(404);
        expect(title(answer)).toBe('This link is not whole');
        expect(load(answer.text)('a.button').attr('href')).toBe('/email');
      }
    expect(world.people.calls).toEqual([]);
  });

  it.each([
    ['confirm', 2],
    ['manage', 365],
  ] as const)('to %s says what to do once it has ended', async (kind, days) => {
    const world = await openFor();
    world.clock.set(addMs(NOW, days * DAY_MS));
    for (const answer of [await world.get(world[kind]), await world.submit(world[kind], ONE_CLICK)]) {
      expect([answer.status, title(answer)]).toEqual([410, 'This link has ended']);
      expect(notice(answer)).toContain('rder once more');
    }
    expect(world.people.calls).toEqual([]);
  });

  it.each(KINDS)(
    'to %s says so where the store is closed, and tells the log nothing of the link',
    async (kind) => {
      const shared = share();
      const fail = () => Promise.reject(new StoreError('reading'));
      Object.assign(shared.people.subscribers, { get: fail, put: fail, remove: fail });
      const world = await openFor(ORDER, { shared });
      const answer = await world.submit(world[kind], ONE_CLICK);
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '60']);
      expect(notice(answer)).toBe('This cannot be done just now. Please try again in a minute.');
      expect(JSON.stringify(world.logged)).not.toContain('v1.');
      expect(world.logged).toHaveLength(1);
    },
  );

  it('changes nothing when it is opened, however often', async () => {
    const world = await openFor();
    await world.people.subscribers.put(ADA, ORDER);
    world.people.calls.length = 0;
    for (const kind of KINDS) for (let times = 0; times < 3; times += 1) await world.get(world[kind]);
    expect(world.people.calls.filter((call) => !call.startsWith('get '))).toEqual([]);
  });

  it('that does not exist is a page too', async () => {
    const { get } = await open();
    const answer = await get('/email/nothing');
    expect([answer.status, title(answer)]).toEqual([404, 'Not found']);
  });
});
