import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Ask, createAsk } from '../../../../adapters/slack/posting/ask.ts';

const ANSWER = { data: { ok: true }, at: undefined, scopes: [] };

function open(): Ask {
  return createAsk({
    call: () => Promise.resolve(ANSWER),
    tokens: {
      of: () => Promise.resolve({ token: 'xoxb-1', me: 'U1' }),
      me: () => Promise.resolve('U1'),
      failed: () => Promise.resolve(),
    },
    budget: { turn: () => Promise.resolve(), restMs: () => 0, rest() {} },
  });
}

/** How many of twenty questions that are answered at once go on in each turn of the event loop. */
async function goOn(method: string): Promise<number[]> {
  const ask = open();
  let gone = 0;
  const asked = Array.from({ length: 20 }, async () => {
    await ask({ method, args: {}, workspace: 'T1', channel: 'C1' });
    gone += 1;
  });
  const each: number[] = [];
  for (let before = 0; gone < asked.length; before = gone) {
    await setImmediate();
    each.push(gone - before);
  }
  return each;
}

describe('ask', () => {
  it('lets what follows many messages come one by one, with everything else between', async () => {
    expect(Math.max(...(await goOn('chat.postMessage')))).toBe(1);
  });

  it('holds nothing back that a person waits for', async () => {
    expect(await goOn('views.open')).toEqual([20]);
  });
});
