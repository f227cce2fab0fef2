import type { CardRow, RowPart, TextCard } from '../../../src/domain/card.ts';
import { type Html, html, inertLines, PEN, raw } from '../../../src/html.ts';
import { saidParagraphs } from '../../../src/paper-html.ts';
import { drawActions } from './actions.ts';
import { drawChannel, drawHeading, drawPing, drawRole } from './parts.ts';

/** As written. */
const ROOM = { name: 200 } as const;

/** Words without papers: paragraphs, and rows of a name and what is said of it. */
export function drawText({ title, paragraphs, rows = [], actions, ping }: TextCard): Html {
  return html`${drawPing(ping)}${drawHeading(3, title)}${paragraphs.map(saidParagraphs)}${drawRows(rows)}${drawActions(actions)}`;
}

function drawRows(rows: readonly CardRow[]): Html {
  return rows.length === 0 ? html`` : html`<dl class="rows">${rows.map(drawRow)}</dl>`;
}

function drawRow({ name, value, parts = [value] }: CardRow): Html {
  return html`<div><dt>${raw(PEN.text(name, ROOM.name))}</dt><dd>${parts.map(drawPart)}</dd></div>`;
}

/** A channel or a role goes by its name; blanks between a part and the next stay. */
function drawPart(part: RowPart): Html {
  if (typeof part !== 'string') return 'channel' in part ? drawChannel(part.channel) : drawRole(part.role);
  const shown = inertLines(part);
  return html`${/^\s/.test(part) ? ' ' : ''}${raw(shown)}${/\S\s+$/.test(part) ? ' ' : ''}`;
}
