import { describe, expect, it } from 'vitest';
import { give } from '../../../../adapters/slack/answering/give.ts';
import type { SlackBody } from '../../../../adapters/slack/cards/payload.ts';
import type { ResponseMessage } from '../../../../adapters/slack/gateway/told.ts';
import {
  CardRejectedError,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../../../src/errors.ts';
import { createLog } from '../../../../src/log.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { createFakeClock } from '../../../fakes/clock.ts';

const TEXTS = textsFor(undefined);
const WHERE = { platform: 'slack', channel: '' };
const REJECTED = new CardRejectedError('No.', { ...WHERE, limit: 'status 400' });
const LATE = new DeliveryUnavailableError('Late.', { ...WHERE, mayHaveArrived: true });
const GONE = new DeliveryRefusedError('Used.', { ...WHERE, reason: 'gone' });
const rest = (retryAfterMs: number) => new DeliveryThrottledError('Rest.', { ...WHERE, retryAfterMs });

function body(isPictured: boolean): SlackBody {
  const accessory = { type: 'image' as const, image_url: 'https://cdn.example.org/a.png', alt_text: 'A' };
  const text = { type: 'mrkdwn' as const, text: 'Words' };
  return { text: 'Words', blocks: [{ type: 'section', text, ...(isPictured ? { accessory } : {}) }] };
}

/** Gives these; `refuses` says what becomes of each try. */
async function gave(
  bodies: SlackBody[],
  refuses: (message: ResponseMessage, tries: number) => Error | undefined,
) {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  const tried: ResponseMessage[] = [];
  const said: number[] = [];
  const log = createLog({ level: 'info', write: (line) => void said.push(JSON.parse(line).level) });
  const respond = async (message: ResponseMessage) => {
    tried.push(message);
    const error = refuses(message, tried.length);
    if (error) throw error;
  };
  await give({ body: {}, ack: async () => {}, respond }, bodies, 'private', { texts: TEXTS, clock, log });
  return { tried, slept: clock.slept, said };
}

const given = async (...asked: Parameters<typeof gave>) => (await gave(...asked)).tried;

const isPictured = (message: ResponseMessage) => JSON.stringify(message).includes('image_url');

describe('an answer that Slack does not take', () => {
  it('is given without its pictures, and the rest after it as it is', async () => {
    const tried = await given([body(true), body(false)], (message) =>
      isPictured(message) ? REJECTED : undefined,
    );
    expect(tried.map(isPictured)).toEqual([true, false, false]);
  });

  it('becomes a sentence where its words are refused too', async () => {
    const tried = await given([body(true)], ({ blocks }) => (blocks ? REJECTED : undefined));
    expect(tried.at(-1)).toMatchObject({ text: TEXTS.slackAnswers.tooBig, response_type: 'ephemeral' });
    expect(tried).toHaveLength(3);
  });

  it('is not given twice where it may have arrived', async () => {
    expect(await given([body(true), body(true)], () => LATE)).toHaveLength(1);
  });
});

describe('an answer that Slack asks us to give later', () => {
  it('is given after that, and no other in its place', async () => {
    const { tried, slept } = await gave([body(true), body(false)], (_, tries) =>
      tries === 1 ? rest(4000) : undefined,
    );
    expect(slept).toEqual([4000]);
    expect(tried.map(isPictured)).toEqual([true, true, false]);
  });

  it('is waited for once', async () => {
    const { tried, slept, said } = await gave([body(true), body(true)], () => rest(4000));
    expect([slept, tried.length, said]).toEqual([[4000], 2, [40]]);
  });

  it('is let be where that is longer than anybody waits', async () => {
    const { tried, slept, said } = await gave([body(true), body(true)], () => rest(11_000));
    expect([slept, tried.length, said]).toEqual([[], 1, [40]]);
  });
});

describe('an answer for which it is too late', () => {
  it('ends with a line in the log', async () => {
    const { tried, slept, said } = await gave([body(true), body(true)], () => GONE);
    expect([slept, tried.length, said]).toEqual([[], 1, [40]]);
  });
});
