import { afterEach, describe, expect, it } from 'vitest';
import { mayManage } from '../../../../adapters/discord/answering/caller.ts';
import { createBrake } from '../../../../adapters/discord/posting/brake.ts';
import { createPlaces } from '../../../../adapters/discord/posting/places.ts';
import { createAsk } from '../../../../adapters/discord/posting/rest.ts';
import { MINUTE_MS, SECOND_MS } from '../../../../src/domain/calendar.ts';
import { silentLog } from '../../../../src/log.ts';
import { createPace } from '../../../../src/pace.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { type FakeDiscord, startDiscord } from '../../../fakes/discord/index.ts';

let fake: FakeDiscord;
afterEach(async () => {
  expect(fake.problems).toEqual([]);
  await fake.stop();
});

async function open() {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  fake = await startDiscord({ clock, limits: false });
  const guild = fake.addGuild({ name: 'Lab' });
  const channel = fake.addChannel(guild, { name: 'papers' });
  const brake = createBrake({ clock, log: silentLog });
  const pace = createPace({ limit: 50, windowMs: SECOND_MS, clock });
  const ask = createAsk({ token: fake.token, apiUrl: fake.url, pace, brake, clock });
  return { clock, guild, channel, places: createPlaces({ ask, clock }) };
}

describe('what Discord tells of places', () => {
  it('is asked once by many, and again after a minute', async () => {
    const { clock, channel, places } = await open();
    const ask = () => Promise.all([1, 2, 3].map(() => places.channel(channel.id)));
    expect((await ask()).map((one) => one?.name)).toEqual(['papers', 'papers', 'papers']);
    await ask();
    expect(fake.requests).toHaveLength(1);
    clock.advance(MINUTE_MS);
    await ask();
    expect(fake.requests).toHaveLength(2);
  });

  it('is not kept where it failed', async () => {
    const { channel, places } = await open();
    fake.fail('GET /channels/*', { kind: 'status', status: 503 }, { times: 1 });
    await expect(places.channel(channel.id)).rejects.toMatchObject({ code: 'delivery-unavailable' });
    expect(await places.channel(channel.id)).toMatchObject({ name: 'papers' });
  });

  it('comes to whoever waits also when the one who asked first breaks it off', async () => {
    const { channel, places } = await open();
    fake.fail('GET /channels/*', { kind: 'hang-before' }, { times: 1 });
    const first = new AbortController();
    const reason = new Error('The time is over.');
    const broken = places.channel(channel.id, first.signal);
    const waiting = [places.channel(channel.id), places.channel(channel.id, new AbortController().signal)];
    await fake.until(() => fake.requests.length === 1);
    first.abort(reason);
    await expect(broken).rejects.toThrow();
    for (const one of waiting) expect(await one).toMatchObject({ name: 'papers' });
    expect(fake.requests).toHaveLength(2);
  });

  it('says what a member may do, and nothing of those who are not there', async () => {
    const { guild, places } = await open();
    const [ada, bo] = [fake.addPerson({ name: 'Ada' }), fake.addPerson({ name: 'Bo' })];
    fake.join(guild, ada, { permissions: ['ManageGuild'] });
    expect(mayManage((await places.rightsOf(guild.id, ada.id)) ?? 0n)).toBe(true);
    expect(await places.rightsOf(guild.id, bo.id)).toBeUndefined();
    expect(await places.rightsOf('99', ada.id)).toBeUndefined();
  });
});
