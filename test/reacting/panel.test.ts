import { describe, expect, it } from 'vitest';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { CardRejectedError, DeliveryRefusedError, DeliveryThrottledError } from '../../src/errors.ts';
import { completeEmoji, offerEmoji } from '../../src/reacting/panel.ts';
import { textsFor } from '../../src/texts/index.ts';

const WHERE = { platform: 'slack', channel: 'C1', cause: undefined } as const;
const REJECTED = new CardRejectedError('No such emoji.', { ...WHERE, limit: 'invalid_name' });
const CLOSED = new DeliveryRefusedError('Not here.', { ...WHERE, reason: 'forbidden' });
const PAUSE = new DeliveryThrottledError('Later.', { ...WHERE, retryAfterMs: 1000 });
const texts = textsFor(undefined);
const topics = BUILT_IN_TOPICS.slice(0, 3);
const [first, second, third] = topics.map(({ emoji }) => emoji);

/** Puts emoji, each with what comes of it; true where nothing is said. */
function board(outcomes: Readonly<Record<string, Error | false>> = {}) {
  const tried: string[] = [];
  const put = async (emoji: string) => {
    tried.push(emoji);
    const outcome = outcomes[emoji] ?? true;
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  return { tried, put };
}

const closed = (error: unknown) => (error === CLOSED ? 'Closed.' : undefined);

describe('the emoji of a panel that was just posted', () => {
  it('are put there in the order of the topics', async () => {
    const { tried, put } = board();
    expect(await offerEmoji({ topics, texts }, put, closed)).toBeUndefined();
    expect(tried).toEqual([first, second, third]);
  });

  it('name those that could not be put, and go on', async () => {
    const { tried, put } = board({ [first ?? '']: false, [second ?? '']: REJECTED });
    const names = topics.slice(0, 2).map(({ name }) => name);
    expect(await offerEmoji({ topics, texts }, put, closed)).toBe(
      texts.topics.panelIncomplete(names.join(', ')),
    );
    expect(tried).toHaveLength(3);
  });

  it('end where none can be put', async () => {
    const { tried, put } = board({ [second ?? '']: CLOSED });
    expect(await offerEmoji({ topics, texts }, put, closed)).toBe('Closed.');
    expect(tried).toEqual([first, second]);
  });
});

describe('the emoji that a panel lacks', () => {
  it('are put there, and no other: neither skin tone nor variation makes another one', async () => {
    const { tried, put } = board({ '🤖': REJECTED });
    await completeEmoji(['👁️', '👍', '🤖', '🎬'], ['👁', '👍🏽'], put);
    expect(tried).toEqual(['🤖', '🎬']);
  });

  it('are let be where we are not let, and tried again later where that passes', async () => {
    const { tried, put } = board({ '🤖': CLOSED });
    await completeEmoji(['🤖', '🎬'], [], put);
    expect(tried).toEqual(['🤖']);
    await expect(completeEmoji(['🤖'], [], board({ '🤖': PAUSE }).put)).rejects.toBe(PAUSE);
  });
});
