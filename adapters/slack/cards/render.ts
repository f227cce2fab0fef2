import type { Card } from '../../../src/domain/card.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import { section } from './parts.ts';
import type { SlackBody, SlackPayload } from './payload.ts';
import { renderList } from './render-list.ts';
import { renderPanel } from './render-panel.ts';
import { renderPaper } from './render-paper.ts';
import { renderText } from './render-text.ts';

/**
 * A card as messages of Block Kit, in the order of sending; at least one. Each keeps every limit of `LIMITS`, and calls
 * nobody but the user group of the card's ping, once, in the first.
 */
export function render(card: Card, texts: Texts = textsFor(undefined)): SlackPayload[] {
  const isUnder = card.kind === 'paper' && card.under !== undefined;
  const group = pingOf(card);
  return bodiesOf(card, texts).map(({ text, blocks }, index) => ({
    body: {
      text,
      blocks: index === 0 && group !== undefined ? [...section([`<!subteam^${group}>`]), ...blocks] : blocks,
    },
    ...(isUnder ? { isUnder } : {}),
  }));
}

function bodiesOf(card: Card, texts: Texts): SlackBody[] {
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

/** The user group's id; undefined for what is none. */
function pingOf(card: Card): string | undefined {
  const ping = 'ping' in card ? card.ping : undefined;
  return ping !== undefined && /^S[A-Z0-9]{2,20}$/.test(ping) ? ping : undefined;
}
