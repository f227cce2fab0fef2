import type { Hono } from 'hono';
import { html } from '../../../src/html.ts';
import { onBoard } from '../board/attempt.ts';
import { drawLog, readLog } from './log.ts';
import type { Pane, Viewer } from './message.ts';
import { drawPage } from './page.ts';
import { memberOf, type PlaygroundParts } from './parts.ts';
import { placeText } from './stream-place.ts';

/** Adds the page itself, and older messages for it. */
export function addReading(app: Hono, parts: PlaygroundParts): void {
  const { playground } = parts;
  const viewerOf = async (member: string): Promise<Viewer> => ({ member, emoji: await playground.emoji() });

  app.get('/', async (context) => {
    const member = memberOf(context, parts);
    const viewer = await viewerOf(member);
    // Before the messages are read: what changes meanwhile comes twice rather than never.
    const { board } = playground;
    const after = placeText({ board: board.id, sequence: onBoard('read', () => board.sequence()) });
    const papers = readLog(playground, 'papers', member);
    const direct = readLog(playground, 'direct', member);
    return context.html(drawPage({ papers, direct, viewer, after }));
  });

  app.get('/messages', async (context) => {
    const { pane, before } = context.req.query();
    if (!isPane(pane)) return context.text('There is no such place. Load the page again.', 404);
    const member = memberOf(context, parts);
    const log = readLog(playground, pane, member, before);
    return context.html(html`${drawLog(log, await viewerOf(member))}`);
  });
}

function isPane(text: string | undefined): text is Pane {
  return text === 'papers' || text === 'direct';
}
