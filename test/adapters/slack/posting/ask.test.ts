import { describe, expect, it } from 'vitest';
import { createAsk } from '../../../../adapters/slack/posting/ask.ts';
import { createBudget } from '../../../../adapters/slack/posting/budget.ts';
import { createPlaces } from '../../../../adapters/slack/posting/places.ts';
import { DeliveryRefusedError, DeliveryUnavailableError, StoreError } from '../../../../src/errors.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { refusedBy } from '../installing/refused-by.ts';

const QUESTION = { method: 'chat.postMessage', args: {}, workspace: 'T1', channel: 'C1' } as const;

/** A Slack that takes only these tokens, and a store of tokens that gives one after the other. */
function open({ takes = [] as string[], tokens = ['old', 'new', 'newest'], refusal = 'token_expired' } = {}) {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  const asked: (string | undefined)[] = [];
  const failed: string[] = [];
  const store = { error: undefined as Error | undefined };
  const source = {
    async of() {
      if (store.error) throw store.error;
      return { token: tokens[failed.length] ?? 'last', me: 'UBOT', installer: 'U1' };
    },
    me: async () => 'UBOT',
    failed: async (_workspace: string, token: string) => void failed.push(token),
  };
  const ask = createAsk({
    budget: createBudget({ clock }),
    tokens: source,
    async call({ token }) {
      asked.push(token);
      if (!takes.includes(token ?? '')) throw refusedBy(refusal);
      return { data: { ok: true }, at: undefined, scopes: [] };
    },
  });
  return { ask, asked, failed, clock, store, places: createPlaces({ ask, tokens: source, clock }) };
}

describe('a question whose token has just expired', () => {
  it('is asked once more at once, with the token that is renewed then', async () => {
    const { ask, asked, clock } = open({ takes: ['new'] });
    await expect(ask(QUESTION)).resolves.toMatchObject({ data: { ok: true } });
    expect([asked, clock.slept]).toEqual([['old', 'new'], []]);
  });

  it('is not asked a third time', async () => {
    const { ask, asked, failed } = open();
    await expect(ask(QUESTION)).rejects.toMatchObject({ mayHaveArrived: false });
    expect([asked, failed]).toEqual([
      ['old', 'new'],
      ['old', 'new'],
    ]);
  });

  it('is not asked again with the same token, nor after another refusal', async () => {
    const same = open({ tokens: ['old', 'old'] });
    await expect(same.ask(QUESTION)).rejects.toThrow('token_expired');
    expect(same.asked).toEqual(['old']);
    const other = open({ takes: ['new'], refusal: 'token_revoked' });
    await expect(other.ask(QUESTION)).rejects.toThrow('token_revoked');
    expect(other.asked).toEqual(['old']);
  });
});

describe('a question without a token', () => {
  it('has surely not arrived, whatever became of the question for one', async () => {
    const { ask, asked, store } = open();
    const where = { platform: 'slack', channel: '' } as const;
    for (const error of [
      new StoreError('read', { key: 'installations:slack:T1' }),
      new DeliveryUnavailableError('No answer.', { ...where, mayHaveArrived: true }),
    ]) {
      store.error = error;
      await expect(ask(QUESTION)).rejects.toMatchObject({ mayHaveArrived: false, channel: 'C1' });
    }
    expect(asked).toEqual([]);
  });

  it('leaves the installer unknown, and says so in a way that stops nobody else', async () => {
    const { places, store } = open();
    expect(await places.installer('T1')).toBe('U1');
    store.error = new StoreError('unsealing', { key: 'installations:slack:T1' });
    await expect(places.installer('T1')).rejects.toBeInstanceOf(DeliveryUnavailableError);
    store.error = new DeliveryRefusedError('Gone.', { platform: 'slack', channel: '', reason: 'gone' });
    expect(await places.installer('T1')).toBeUndefined();
  });
});
