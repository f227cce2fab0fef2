import type { Context, Hono } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { onBoard } from '../board/attempt.ts';
import type { Board, BoardMessage } from '../board/board.ts';
import { channelsOf } from '../place.ts';
import { createFrames, type Frames } from './frames.ts';
import type { Viewer } from './message.ts';
import { memberOf, type PlaygroundParts } from './parts.ts';
import { placeText, readPlace, type StreamPlace } from './stream-place.ts';

/** As many as one process keeps open with ease; each is a page that somebody looks at. */
const MOST_STREAMS = 300;
/** Proxies close what says nothing for a minute, and so does our own server. */
const BREATH_MS = 15 * SECOND_MS;
/** Whoever is further behind reads what stands there now, which is less, instead of all that has changed. */
const MOST_BEHIND = 50;

/** Where a stream stands. */
interface Reader {
  stream: SSEStreamingApi;
  member: string;
  board: Board;
  frames: Frames;
  /** All changes up to here were told. */
  after: number;
  /** Aborts when the reader has gone, or the bot stops. */
  over: AbortSignal;
}

/**
 * Adds the stream of what changes: each event is a message whole, as it stands after a post, an edit or a reaction, so
 * that whoever reads it keeps no state. A reader that is slow is told of the newest state only, and nothing is kept for
 * it; one that knew another board is told to begin anew (`reset`), and one that is far behind that there is more than it
 * is told of (`more`): both read the messages anew.
 */
export function addEvents(app: Hono, parts: PlaygroundParts): void {
  const { playground, mostStreams = MOST_STREAMS } = parts;
  const frames = createFrames();
  let open = 0;
  app.get('/events', (context) => {
    if (open >= mostStreams || playground.ending.aborted) return busy(context);
    const member = memberOf(context, parts);
    open += 1;
    return streamSSE(context, async (stream) => {
      try {
        await tell({ stream, member, frames }, context, parts);
      } finally {
        open -= 1;
      }
    });
  });
}

function busy(context: Context): Response {
  context.header('Retry-After', '30');
  return context.text('Too many pages are open here. This one goes on as soon as others are closed.', 503);
}

async function tell(
  given: Pick<Reader, 'stream' | 'member' | 'frames'>,
  context: Context,
  parts: PlaygroundParts,
): Promise<void> {
  const { stream } = given;
  const { playground, log } = parts;
  const gone = new AbortController();
  const over = AbortSignal.any([gone.signal, playground.ending]);
  stream.onAbort(() => gone.abort());
  // A reader that has stalled would hold the write, and with it the end.
  over.addEventListener('abort', () => stream.abort(), { once: true });
  try {
    const after = await begin(stream, context, parts);
    await follow({ ...given, board: playground.board, after, over }, parts);
  } catch (error) {
    if (!over.aborted) log.error('What changes on the playground could not be told', { error });
  } finally {
    gone.abort();
  }
}

/**
 * The place to go on from: the one that the reader has come to, where it is on this board. It is told in any case: from
 * then on the reader can say where it stands, and an answer that says nothing is not passed on by what lies between.
 */
async function begin(
  stream: SSEStreamingApi,
  context: Context,
  { playground: { board } }: PlaygroundParts,
): Promise<number> {
  const newest = onBoard('read', () => board.sequence());
  const asked = context.req.header('Last-Event-ID') ?? context.req.query('after');
  const known = readPlace(asked);
  const isKnown = known?.board === board.id && known.sequence <= newest;
  const after = isKnown ? known.sequence : newest;
  const event = isKnown || asked === undefined ? 'ready' : 'reset';
  await tellPlace(event, stream, { board: board.id, sequence: after });
  return after;
}

async function tellPlace(event: string, stream: SSEStreamingApi, place: StreamPlace): Promise<void> {
  await stream.writeSSE({ event, id: placeText(place), data: '' });
}

async function follow(reader: Reader, { playground, clock }: PlaygroundParts): Promise<void> {
  const { stream, member, board, over } = reader;
  // One for all that is told meanwhile: each holds its timer to the end.
  let breath = clock.deadline(BREATH_MS);
  let rest = AbortSignal.any([over, breath]);
  for (let after = reader.after; !over.aborted; ) {
    const newest = onBoard('read', () => board.sequence());
    const changes = onBoard('read', () => board.changes(channelsOf(member), after, MOST_BEHIND + 1));
    if (changes.length > MOST_BEHIND) {
      after = newest;
      await tellPlace('more', stream, { board: board.id, sequence: after });
      continue;
    }
    if (changes.length > 0) {
      after = await write(changes, { ...reader, after }, { member, emoji: await playground.emoji() });
      continue;
    }
    // What lies between is for others.
    after = Math.max(after, newest);
    await playground.wait(after, rest).catch((error: unknown) => {
      if (over.aborted || !breath.aborted) throw error;
    });
    if (!breath.aborted) continue;
    await stream.write(': still here\n\n');
    breath = clock.deadline(BREATH_MS);
    rest = AbortSignal.any([over, breath]);
  }
}

/** Out: the place after the last one that was told. */
async function write(
  changes: readonly BoardMessage[],
  { stream, board, frames, after, over }: Reader,
  viewer: Viewer,
): Promise<number> {
  let told = after;
  for (const message of changes) {
    if (over.aborted) break;
    await stream.write(await frames.of(board.id, message, viewer));
    told = message.sequence;
  }
  return told;
}
