import type { CardAction } from '../../../src/domain/card.ts';
import { type Html, html, PEN, raw } from '../../../src/html.ts';
import { said } from '../../../src/paper-html.ts';
import { writePress } from './press.ts';

/** As written. */
const ROOM = { label: 80, typed: 400 } as const;

/** Buttons for what may be done, each once; the command in words for what no button can carry. */
export function drawActions(actions: readonly CardAction[] = []): Html {
  if (actions.length === 0) return html``;
  const drawn = new Map(actions.map((action) => [writePress(action) ?? typedText(action), action]));
  return html`<div class="actions">${[...drawn.values()].map(drawAction)}</div>`;
}

/** A button that gives a command; what it answers stands in the place of a reply whose pages it turns. */
export function drawPress(press: string, label: Html, turnsPage = false): Html {
  const how = turnsPage ? html` data-turns` : html``;
  return html`<button type="button" class="button" data-press="${press}"${how}>${label}</button>`;
}

function drawAction(action: CardAction): Html {
  const press = writePress(action);
  if (press === undefined) return html`<p class="muted">${said(typedText(action))}</p>`;
  return drawPress(press, labelOf(action), action.options.page !== undefined);
}

function labelOf({ label }: CardAction): Html {
  return raw(PEN.text(label, ROOM.label) || '…');
}

function typedText({ label, command, options }: CardAction): string {
  const given = Object.entries(options).map(([name, value]) => `${name}:${value}`);
  return `${label}: ${['/paper', command, ...given].join(' ')}`.slice(0, ROOM.typed);
}
