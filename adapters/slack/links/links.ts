import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { type PaperId, parsePaperId } from '../../../src/domain/paper.ts';
import {
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { textsFor } from '../../../src/texts/index.ts';
import type { Ask } from '../posting/ask.ts';
import { isCode } from '../posting/failures.ts';
import type { Places } from '../posting/places.ts';
import { linkCard } from './link-card.ts';
import { createLinkedPapers } from './linked-papers.ts';
import { createOnce } from './once.ts';

export interface LinksDependencies {
  host: Host;
  places: Pick<Places, 'me'>;
  ask: Ask;
  clock: Clock;
  log: Log;
}

/** Cards under links to papers, where the installation lets us. */
export interface Links {
  /** A `link_shared` with its envelope. Where it cannot be shown now the link stays as it is. */
  onShared(envelope: unknown): Promise<void>;
}

/** With so many links it is a list, which cards would tear apart. */
const TOO_MANY_LINKS = 3;
/** A message that is still being written, in no channel yet. */
const COMPOSER = 'COMPOSER';

/** docs.slack.dev/reference/events/link_shared, 2026-11-26. */
const sharedSchema = z.object({
  team_id: z.string(),
  event: z.object({
    channel: z.string(),
    user: z.string().default(''),
    message_ts: z.string(),
    links: z.array(z.object({ url: z.string() })),
    unfurl_id: z.string().optional(),
    source: z.string().optional(),
  }),
});
type Shared = z.infer<typeof sharedSchema>;

/** A link with the paper that it leads to. */
interface PaperLink {
  url: string;
  paper: PaperId;
}

/** Answers by which a link is not there any more, or may not have a card (docs.slack.dev/reference/methods/chat.unfurl). */
const NOT_UNFURLED = [
  'cannot_unfurl_url',
  'cannot_unfurl_message',
  'cannot_find_message',
  'cannot_prompt',
  'missing_unfurls',
] as const;

/** A card with the link that it stands under, and the name by which it is shown once. */
interface Shown {
  url: string;
  card: Json;
  key: string;
}

export function createLinks({ host, places, ask, clock, log }: LinksDependencies): Links {
  const cardOf = createLinkedPapers({ host, clock });
  const once = createOnce(host);

  async function shownOf({ url, paper }: PaperLink, shared: Shared, me: string): Promise<Shown | undefined> {
    const { team_id: workspace, event } = shared;
    const place = { platform: 'slack' as const, workspace, channel: event.channel };
    const card = await cardOf({ paper, place, me });
    const key = `unfurl:slack:${workspace}:${event.channel}:${paper}`;
    if (!card || !(await isNew(key, event.channel))) return undefined;
    // A card for all of a channel is English, as an edition is.
    return { url, key, card: { blocks: linkCard(card, textsFor(undefined)) as unknown as Json } };
  }

  /** What is only being written is not shown to the channel. */
  async function isNew(key: string, channel: string): Promise<boolean> {
    return channel === COMPOSER || (await once.isNew(key));
  }

  async function unfurl(shown: readonly Shown[], { team_id: workspace, event }: Shared): Promise<void> {
    const { channel, message_ts: ts, unfurl_id, source } = event;
    const where =
      channel === COMPOSER && unfurl_id !== undefined && source !== undefined
        ? { unfurl_id, source }
        : { channel, ts };
    const unfurls = Object.fromEntries(shown.map(({ url, card }) => [url, card]));
    try {
      await ask({ method: 'chat.unfurl', args: { ...where, unfurls }, workspace, channel });
    } catch (error) {
      if (!mayHaveCome(error)) for (const { key } of shown) once.failed(key);
      if (!mayBe(error)) throw error;
      log.info('A link stays without its card', { workspace, channel, error });
    }
  }

  return {
    async onShared(envelope) {
      const shared = sharedSchema.parse(envelope);
      const { team_id: workspace, event } = shared;
      const links = papersIn(event.links);
      if (links.length === 0 || event.links.length >= TOO_MANY_LINKS) return;
      const me = await places.me(workspace);
      if (event.user === me) return;
      const all = await Promise.all(links.map((link) => shownOf(link, shared, me)));
      const shown = all.filter((one) => one !== undefined);
      if (shown.length > 0) await unfurl(shown, shared);
    },
  };
}

/** The links that lead to papers, each paper once. */
function papersIn(links: Shared['event']['links']): PaperLink[] {
  const found = new Map<PaperId, PaperLink>();
  for (const { url } of links) {
    const paper = parsePaperId(url);
    if (paper !== undefined && !found.has(paper)) found.set(paper, { url, paper });
  }
  return [...found.values()];
}

/** What may be so without any fault of ours: the scope is missing, the message gone, Slack away. */
function mayBe(error: unknown): boolean {
  return (
    error instanceof DeliveryRefusedError ||
    error instanceof DeliveryThrottledError ||
    error instanceof DeliveryUnavailableError ||
    isCode(error, ...NOT_UNFURLED)
  );
}

function mayHaveCome(error: unknown): boolean {
  return error instanceof DeliveryUnavailableError && error.mayHaveArrived;
}
