import type { Ping } from '../../../src/domain/card.ts';
import { type Html, html, PEN, raw } from '../../../src/html.ts';

/** As written. */
const ROOM = { title: 300, subtitle: 300, heading: 200, note: 500, name: 120 } as const;

/** A card's own heading, or one within it; nothing where it says nothing. */
export function drawHeading(level: 3 | 4, line: string | undefined): Html {
  const shown = line === undefined ? '' : PEN.text(line, ROOM.title);
  if (shown === '') return html``;
  return level === 3
    ? html`<h3 class="card-title">${raw(shown)}</h3>`
    : html`<h4 class="section-title">${raw(shown)}</h4>`;
}

export function drawSubtitle(line: string | undefined): Html {
  const shown = line === undefined ? '' : PEN.text(line, ROOM.subtitle);
  return shown === '' ? html`` : html`<p class="subtitle">${raw(shown)}</p>`;
}

/** Small print, a line a note. */
export function drawNotes(notes: readonly string[]): Html {
  const shown = notes.map((note) => PEN.text(note, ROOM.note)).filter((note) => note !== '');
  if (shown.length === 0) return html``;
  return html`<ul class="notes" role="list">${shown.map((note) => html`<li>${raw(note)}</li>`)}</ul>`;
}

/** Whom a message calls elsewhere; here nobody is called. */
export function drawPing(ping: Ping | undefined): Html {
  return ping === undefined ? html`` : html`<p class="ping">${drawRole(ping)}</p>`;
}

export function drawChannel(channel: string): Html {
  return html`<span class="named-place">#${raw(PEN.text(channel, ROOM.name))}</span>`;
}

export function drawRole(role: string): Html {
  return html`<span class="named-place">@${raw(PEN.text(role, ROOM.name))}</span>`;
}
