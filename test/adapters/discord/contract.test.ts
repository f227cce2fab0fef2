import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testAdapter } from '../../contracts/adapter.ts';
import { closeDiscordSite, type DiscordSite, discordSubject, openDiscordSite } from './bench.ts';

describe.each(['text', 'forum'] as const)('in a %s channel', (kind) => {
  let site: DiscordSite;
  beforeAll(async () => {
    site = await openDiscordSite();
  });
  afterAll(() => closeDiscordSite(site));

  testAdapter(discordSubject(`discord, ${kind}`, kind, () => site));

  it('all that was asked fits Discord’s own description', () => {
    expect(site.fake.problems).toEqual([]);
    expect(site.fake.ownProblems).toEqual([]);
  });
});
