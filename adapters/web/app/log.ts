import { type Html, html } from '../../../src/html.ts';
import { onBoard } from '../board/attempt.ts';
import type { BoardMessage } from '../board/board.ts';
import { channelsOf } from '../place.ts';
import type { Playground } from '../playground.ts';
import { drawMessage, type Pane, type Viewer } from './message.ts';

/** Messages that a page begins with, and that one press brings. */
const MESSAGES_SHOWN = 30;

/** Messages of one pane, oldest first. */
export interface Log {
  pane: Pane;
  messages: BoardMessage[];
  /** There are older ones. */
  hasOlder: boolean;
}

/** The newest messages of a pane, or those before one. Errors: `StoreError`. */
export function readLog({ board }: Playground, pane: Pane, member: string, before?: string): Log {
  const [open, own] = channelsOf(member);
  const channel = pane === 'papers' ? open : own;
  const read = onBoard('read', () => board.messages(channel, MESSAGES_SHOWN + 1, before));
  return { pane, messages: read.slice(-MESSAGES_SHOWN), hasOlder: read.length > MESSAGES_SHOWN };
}

/** A button for older messages, where there are any, and the messages. */
export function drawLog({ pane, messages, hasOlder }: Log, viewer: Viewer): Html {
  const [first] = messages;
  const older = hasOlder && first ? drawOlder(pane, first.id) : html``;
  return html`${older}${messages.map((message) => drawMessage(message, viewer))}`;
}

function drawOlder(pane: Pane, before: string): Html {
  return html`<p class="older"><button type="button" data-older="${pane}" data-before="${before}">Show older messages</button></p>`;
}
