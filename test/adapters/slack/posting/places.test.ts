import { describe, expect, it } from 'vitest';
import { createPlaces } from '../../../../adapters/slack/posting/places.ts';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import { createFakeClock } from '../../../fakes/clock.ts';

/** A Slack with one channel, and what it was asked. */
function open(channel: { is_member: boolean; is_archived?: boolean }) {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  const asked: string[] = [];
  const token = { token: 'xoxb-1', me: 'UBOT' };
  const places = createPlaces({
    clock,
    tokens: { of: async () => token, me: async () => token.me, async failed() {} },
    async ask({ method }) {
      asked.push(method);
      const data = { ok: true, channel: { id: 'C1', name: 'papers', ...channel } };
      return { data, at: undefined, scopes: [] };
    },
  });
  return { asked, clock, look: async () => await places.channel('T1', 'C1') };
}

describe('a channel that is asked about', () => {
  it('is known for a minute where we are in it, and asked about once by all at once', async () => {
    const { asked, clock, look } = open({ is_member: true });
    await Promise.all([look(), look()]);
    await look();
    expect(asked).toHaveLength(1);
    clock.advance(MINUTE_MS);
    await look();
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['that we are not in', { is_member: false }],
    ['that is archived', { is_member: true, is_archived: true }],
  ])('is asked about anew where it is one %s: another process may have joined it', async (_, closed) => {
    const channel = { ...closed };
    const { asked, look } = open(channel);
    await Promise.all([look(), look()]);
    expect(asked).toHaveLength(1);
    Object.assign(channel, { is_member: true, is_archived: false });
    expect(await look()).toMatchObject({ isMember: true, isArchived: false });
    await look();
    expect(asked).toHaveLength(2);
  });
});
