import { type APIMessageTopLevelComponent, MessageFlags } from 'discord-api-types/v10';
import type { Card } from '../../../src/domain/card.ts';
import { nameOf } from '../../../src/paper-lines.ts';
import { plain } from '../../../src/text/line.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import { fitted } from './budget.ts';
import { LIMITS } from './limits.ts';
import { text } from './parts.ts';
import type { DiscordPayload } from './payload.ts';
import { renderList } from './render-list.ts';
import { renderPanel } from './render-panel.ts';
import { renderPaper } from './render-paper.ts';
import { renderText } from './render-text.ts';

/** Stands where a card has no title that can be seen. */
const NAMELESS = 'Paperwire';

/**
 * A card as messages of Components V2, in the order of sending; at least one. Each keeps every limit of `LIMITS`, has a
 * press that a mark can ride in, and calls nobody but the role of the card's ping, once, in the first.
 */
export function render(card: Card, texts: Texts = textsFor(undefined)): DiscordPayload[] {
  const title = fitted(titleOf(card), LIMITS.title, plain) || NAMELESS;
  const isUnder = card.kind === 'paper' && card.under !== undefined;
  const role = pingOf(card);
  return messagesOf(card, texts).map((components, index) => {
    const pinged = index === 0 ? role : undefined;
    return {
      title,
      ...(isUnder ? { isUnder } : {}),
      body: {
        flags: MessageFlags.IsComponentsV2,
        components: pinged === undefined ? components : [...text(`<@&${pinged}>`), ...components],
        allowed_mentions: { parse: [], ...(pinged === undefined ? {} : { roles: [pinged] }) },
      },
    };
  });
}

function messagesOf(card: Card, texts: Texts): APIMessageTopLevelComponent[][] {
  switch (card.kind) {
    case 'list':
      return renderList(card, texts);
    case 'paper':
      return [renderPaper(card, texts)];
    case 'text':
      return renderText(card, texts);
    case 'panel':
      return [renderPanel(card, texts)];
    default:
      throw new TypeError(`"${card satisfies never}" is no card.`);
  }
}

function titleOf(card: Card): string {
  if (card.kind !== 'paper') return card.title;
  // What a paper hangs under is called after its edition.
  return plain(card.under ?? '') || nameOf(card.entry.paper);
}

/** The role's id; undefined for what is none. */
function pingOf(card: Card): string | undefined {
  const ping = 'ping' in card ? card.ping : undefined;
  return ping !== undefined && /^\d{15,20}$/.test(ping) ? ping : undefined;
}
