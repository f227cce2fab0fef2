import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Reply } from '../../../src/command.ts';
import { type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { PaperCard } from '../../../src/domain/card.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import type { PaperId } from '../../../src/domain/paper.ts';

export interface LinkedPapersDependencies {
  host: Pick<Host, 'run' | 'isFirst'>;
  clock: Clock;
}

/** A paper that somebody wrote a link to. */
export interface Linked {
  paper: PaperId;
  /** Where the link stands. */
  place: Destination;
  /** Ourselves, who ask: whoever wrote the link has asked for nothing. */
  me: string;
}

/** The card of a linked paper; undefined where nobody knows it, or nobody can be asked now. Errors: `StoreError`. */
export type LinkedPapers = (linked: Linked) => Promise<PaperCard | undefined>;

/** Papers that the archive lacks are asked for so seldom in a workspace: who writes links has not asked for anything. */
const ONE_EACH_MS = MINUTE_MS;
/** And so far apart in all: a tenth of what the source lets us ask (500 in 5 minutes, huggingface.co/docs, 2026-11-23). */
const APART_MS = 6 * SECOND_MS;
/** Others who have asked for something wait behind a question. */
const PATIENCE_MS = 10 * SECOND_MS;
/** A link is told while it is written and when it is sent, and spoken of for a while. */
const KEPT_MS = 30 * MINUTE_MS;
const MOST_KEPT = 200;

/**
 * Finds the papers that links lead to: in the archive, else at the source, which is asked one question at a time and few in
 * all, so that links cost editions and commands nothing.
 */
export function createLinkedPapers({ host, clock }: LinkedPapersDependencies): LinkedPapers {
  const found = createFound(clock);
  let inHand: { paper: PaperId; card: Promise<PaperCard | undefined> } | undefined;
  let askedAt: Instant | undefined;

  async function show(
    { paper, place, me }: Linked,
    how: { isArchiveOnly: true } | { signal: AbortSignal },
  ): Promise<Reply> {
    const member = { id: me, isManager: false };
    return await host.run({ command: 'show', options: { paper }, place, member, at: clock.now(), ...how });
  }

  async function askSource(linked: Linked): Promise<PaperCard | undefined> {
    const mayAsk = await host.isFirst(`link-question:slack:${linked.place.workspace}`, ONE_EACH_MS);
    // The source counts the questions of all processes together.
    if (!mayAsk || !(await host.isFirst('link-question:slack', APART_MS))) return undefined;
    const signal = clock.deadline(PATIENCE_MS);
    try {
      const card = cardIn(await show(linked, { signal }));
      if (card) found.keep(linked.paper, card);
      return card;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    } finally {
      askedAt = clock.now();
    }
  }

  return async (linked) => {
    const { paper } = linked;
    const reply = await show(linked, { isArchiveOnly: true });
    // One that failed tells nothing of the archive.
    if (reply.outcome !== 'refused') return cardIn(reply);
    const known = found.get(paper);
    if (known) return known;
    if (inHand) return inHand.paper === paper ? await inHand.card : undefined;
    if (isWithin(APART_MS, askedAt, clock)) return undefined;
    inHand = { paper, card: askSource(linked) };
    try {
      return await inHand.card;
    } finally {
      inHand = undefined;
    }
  };
}

function cardIn({ outcome, cards: [card] }: Reply): PaperCard | undefined {
  return outcome === 'done' && card?.kind === 'paper' ? card : undefined;
}

/** What the source said lately. */
function createFound(clock: Clock) {
  const cards = new Map<PaperId, { card: PaperCard; foundAt: Instant }>();
  return {
    get(paper: PaperId): PaperCard | undefined {
      const found = cards.get(paper);
      return found && isWithin(KEPT_MS, found.foundAt, clock) ? found.card : undefined;
    },
    keep(paper: PaperId, card: PaperCard): void {
      if (cards.size >= MOST_KEPT) cards.delete(cards.keys().next().value ?? '');
      cards.set(paper, { card, foundAt: clock.now() });
    },
  };
}

function isWithin(durationMs: number, at: Instant | undefined, clock: Clock): boolean {
  return at !== undefined && Math.abs(msBetween(at, clock.now())) < durationMs;
}
