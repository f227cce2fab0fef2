import type { Card } from '../../../src/domain/card.ts';
import { type Html, html } from '../../../src/html.ts';
import { drawList } from './list.ts';
import { drawPanel } from './panel.ts';
import { drawPaper } from './paper.ts';
import type { Standing } from './reacting.ts';
import { drawText } from './text.ts';

/**
 * A card as the playground shows it. Nothing in it acts: buttons carry what a press of them means, and the page's own
 * script gives it. `standing`: how emoji stand on it, where it is a panel.
 */
export function drawCard(card: Card, standing: Standing = new Map()): Html {
  return html`<div class="card-body ${card.kind}-card">${drawn(card, standing)}</div>`;
}

function drawn(card: Card, standing: Standing): Html {
  switch (card.kind) {
    case 'list':
      return drawList(card);
    case 'paper':
      return drawPaper(card);
    case 'text':
      return drawText(card);
    case 'panel':
      return drawPanel(card, standing);
    default:
      throw new TypeError(`"${card satisfies never}" is no card.`);
  }
}
