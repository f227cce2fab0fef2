import { expect, it } from 'vitest';
import { DIRECT_EVERY_MS } from '../../../../adapters/discord/posting/direct.ts';
import { ratesOf } from '../../../../adapters/discord/posting/rates.ts';
import { type Destination, directTo } from '../../../../src/domain/feed.ts';

const PLACE: Destination = { platform: 'discord', workspace: '1', channel: '2' };

it('a channel is kept to its own rate and to that of all, which leaves something of Discord’s 50 a second', () => {
  const [own, all] = ratesOf(PLACE);
  expect(own).toEqual({ key: 'discord:2', everyMs: 1000 });
  expect(all?.key).toBe('discord');
  expect(Math.ceil(1000 / (all?.everyMs ?? 0))).toBeLessThan(48);
});

it('all members share one rate, so that not many of them are written to at once', () => {
  const [ada, bo] = ['7', '8'].map((member) => ratesOf(directTo(PLACE, member)));
  expect(ada).toEqual(bo);
  expect(ada).toContainEqual({ key: 'discord:direct', everyMs: DIRECT_EVERY_MS });
  expect(ada).toContainEqual(ratesOf(PLACE)[1]);
});
