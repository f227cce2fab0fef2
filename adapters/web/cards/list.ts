import type { CardSection, ListCard } from '../../../src/domain/card.ts';
import { type Html, html } from '../../../src/html.ts';
import { drawActions } from './actions.ts';
import { drawEntry } from './entry.ts';
import { drawHeading, drawNotes, drawPing, drawSubtitle } from './parts.ts';

/** Papers one under the other, in their sections. */
export function drawList({ title, subtitle, sections, notes, actions, ping }: ListCard): Html {
  return html`${drawPing(ping)}${drawHeading(3, title)}${drawSubtitle(subtitle)}${sections.map(drawSection)}${drawNotes(notes)}${drawActions(actions)}`;
}

function drawSection({ heading, entries }: CardSection): Html {
  if (entries.length === 0) return html``;
  return html`${drawHeading(4, heading)}<ol class="entries" role="list">${entries.map(drawEntry)}</ol>`;
}
