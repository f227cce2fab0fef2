import { type Clock, within } from '../../../src/clock.ts';
import type { MessageId } from '../../../src/domain/delivery.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import type { Texts } from '../../../src/texts/index.ts';
import type { PostedPanel } from '../reactions/panel.ts';
import { type Answer, sentenceAnswer } from './answers.ts';
import type { WayBack } from './way-back.ts';

/** A reply that is there by then is given at once; else the caller is first told that it comes. */
const INSTANT_MS = 20;

/** Is told of each panel that was posted. Out: what went wrong, as a sentence for who made it. */
export type OnPanel = (panel: PostedPanel) => Promise<string | undefined>;

/** What an interaction comes to. */
export interface Given {
  /** In the order of showing; at least one. */
  answers: readonly Answer[];
  /** Seen by the caller only or by all; or the first takes the place of the message that was pressed on. */
  how: 'private' | 'channel' | 'in-place';
}

/** One answer to give. */
export interface Responding {
  way: WayBack;
  /** Begins what is asked for. */
  begin: () => Promise<Given>;
  /** It changes nothing. */
  isReading: boolean;
  /** How it is put off when the work takes longer. */
  putOff: 'private' | 'in-place';
  place: Destination;
  texts: Texts;
}

/**
 * Brings what an interaction comes to to whoever waits for it. Another process may be told of the same interaction: what
 * changes anything begins only once the first step is ours. Errors: those of `WayBack`, and those of the work.
 */
export async function respond(
  { way, begin, isReading, putOff, place, texts }: Responding,
  { onPanel, clock }: { onPanel: OnPanel; clock: Clock },
): Promise<void> {
  const reading = isReading ? begin() : undefined;
  const prompt = reading && (await within(INSTANT_MS, reading, clock));
  if (!prompt) await way.putOff(putOff);
  const {
    answers: [first, ...more],
    how,
  } = prompt ?? (await (reading ?? begin()));
  if (!first) return;
  // What was read makes no panel.
  if (prompt) await way.reply(first, how);
  else await announce(first, await giveLate(first));
  for (const answer of more)
    await announce(answer, await way.add(answer, how === 'channel' ? how : 'private'));

  async function giveLate(answer: Answer): Promise<MessageId | undefined> {
    if (how === 'in-place') return void (await way.fill(answer));
    // The message that was pressed on stays as it is.
    if (putOff === 'in-place') return await way.add(answer, how);
    if (how === 'private') return void (await way.fill(answer));
    // What was put off privately stays private; and only a message after it, not the one in its place, is for all.
    await way.clear();
    return await way.add(answer, how);
  }

  async function announce({ panel }: Answer, messageId: MessageId | undefined): Promise<void> {
    if (!panel || messageId === undefined || how !== 'channel') return;
    const trouble = await onPanel({ on: { place, messageId }, topics: panel.topics, texts });
    if (trouble !== undefined) await way.add(sentenceAnswer(trouble, texts, texts.host.byTheWay), 'private');
  }
}
