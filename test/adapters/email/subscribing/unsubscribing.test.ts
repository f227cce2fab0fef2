import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../../src/domain/calendar.ts';
import { ADA, ONE_CLICK, openFor, title } from './link-scene.ts';
import { type Answer, ORDER, type World } from './world.ts';

describe('to unsubscribe', () => {
  const PART = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  const URLENCODED = { 'content-type': 'application/x-www-form-urlencoded' };

  it.each<[string, (world: World, path: string) => Promise<Answer>]>([
    ['our own button', ({ submit }, path) => submit(path, ONE_CLICK)],
    ['a mail program, as a form', ({ post }, path) => post(path, 'List-Unsubscribe=One-Click', URLENCODED)],
    [
      'a mail program, in parts',
      ({ post }, path) => post(path, PART, { 'content-type': 'multipart/form-data; boundary=x' }),
    ],
    [
      'a page of a mail provider',
      ({ post }, path) =>
        post(path, 'List-Unsubscribe=One-Click', {
          ...URLENCODED,
          origin: 'https://mail.example',
          'sec-fetch-site': 'cross-site',
        }),
    ],
  ])('ends it at once by %s, however often', async (_, press) => {
    const world = await openFor();
    await world.people.subscribers.put(ADA, ORDER);
    const [first, second] = [await press(world, world.unsubscribe), await press(world, world.unsubscribe)];
    expect([first.status, title(first)]).toEqual([200, 'You are unsubscribed']);
    expect(second.text).toBe(first.text);
    expect(world.people.kept.size).toBe(0);
  });

  it('asks where nothing says so', async () => {
    const world = await openFor();
    await world.people.subscribers.put(ADA, ORDER);
    for (const answer of [
      await world.get(world.unsubscribe),
      await world.post(world.unsubscribe, ''),
      await world.submit(world.unsubscribe, [['List-Unsubscribe', 'Maybe']]),
    ]) {
      const button = load(answer.text)('button');
      expect([button.attr('name'), button.attr('value')]).toEqual(['List-Unsubscribe', 'One-Click']);
    }
    expect(world.people.kept.size).toBe(1);
  });

  it('ends what came of a later order too: the link is of the address', async () => {
    const world = await openFor();
    await world.people.subscribers.put(ADA, ORDER);
    await world.submit(world.unsubscribe, ONE_CLICK);
    await world.people.subscribers.put(ADA, ORDER);
    world.clock.advance(3650 * DAY_MS);
    await world.submit(world.unsubscribe, ONE_CLICK);
    expect(world.people.kept.size).toBe(0);
  });
});
