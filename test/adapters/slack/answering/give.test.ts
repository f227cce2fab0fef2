import { describe, expect, it } from 'vitest';
import { give } from '../../../../adapters/slack/answering/give.ts';
import type { SlackBody } from '../../../../adapters/slack/cards/payload.ts';
import type { ResponseMessage } from '../../../../adapters/slack/gateway/told.ts';
import { CardRejectedError, DeliveryUnavailableError } from '../../../../src/errors.ts';
import { silentLog } from '../../../../src/log.ts';
import { textsFor } from '../../../../src/texts/index.ts';

const TEXTS = textsFor(undefined);
const WHERE = { platform: 'slack', channel: '' };
const REJECTED = new CardRejectedError('No.', { ...WHERE, limit: 'status 400' });
const LATE = new DeliveryUnavailableError('Late.', { ...WHERE, mayHaveArrived: true });

function body(isPictured: boolean): SlackBody {
  const accessory = { type: 'image' as const, image_url: 'https://cdn.example.org/a.png', alt_text: 'A' };
  const text = { type: 'mrkdwn' as const, text: 'Words' };
  return { text: 'Words', blocks: [{ type: 'section', text, ...(isPictured ? { accessory } : {}) }] };
}

/** Gives these; `refuses` says what becomes of each try. */
async function given(bodies: SlackBody[], refuses: (message: ResponseMessage) => Error | undefined) {
  const tried: ResponseMessage[] = [];
  const respond = async (message: ResponseMessage) => {
    tried.push(message);
    const error = refuses(message);
    if (error) throw error;
  };
  await give({ body: {}, ack: async () => {}, respond }, bodies, 'private', { texts: TEXTS, log: silentLog });
  return tried;
}

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
