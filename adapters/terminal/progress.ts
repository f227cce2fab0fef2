import type { Clock } from '../../src/clock.ts';
import { inert } from './inert.ts';
import { clip } from './spans.ts';

/** A line about what is being done, for as long as it is. */
export interface Progress {
  /** Says what is being done now; the line appears once the work has taken a while. */
  show(text: string): void;
  /** Takes the line away; call it before anything else is written. May be called twice; `show` begins anew. */
  done(): void;
}

export interface ProgressConfig {
  /** Standard error: standard output belongs to what was asked for. */
  stream: { isTTY?: boolean; columns?: number; write(text: string): unknown };
  clock: Pick<Clock, 'sleep'>;
  /** `TERM`: a dumb terminal cannot take a line back. */
  term?: string | undefined;
  /** Work shorter than this shows nothing. */
  delayMs?: number;
  /** Where no line can be taken back, what is being done is said at once and then so often; absent: never. */
  everyMs?: number;
}

const CLEAR = '\r\x1b[2K';
const DEFAULT_COLUMNS = 80;

/** Makes a progress line; where nobody watches it is silent, or a line now and then. */
export function createProgress(config: ProgressConfig): Progress {
  const { stream, clock, term, delayMs = 400 } = config;
  if (stream.isTTY !== true || term === 'dumb') return createLines(config);
  let text = '';
  let isDrawn = false;
  let waiting: AbortController | undefined;

  const draw = () => {
    // One column stays free: a line that fills the last one moves some terminals to the next.
    // Some terminals, serial lines among them, say that they have none.
    stream.write(`${CLEAR}${clip(inert(text), (stream.columns || DEFAULT_COLUMNS) - 1)}`);
    isDrawn = true;
  };
  const wait = async (signal: AbortSignal) => {
    await clock.sleep(delayMs, signal);
    if (!signal.aborted) draw();
  };
  return {
    show(said) {
      text = said;
      if (isDrawn) return draw();
      if (waiting) return;
      waiting = new AbortController();
      // The only way that it fails is `done`.
      wait(waiting.signal).catch(() => {});
    },
    done() {
      waiting?.abort();
      waiting = undefined;
      if (isDrawn) stream.write(CLEAR);
      isDrawn = false;
    },
  };
}

/** Whole lines that stay, for files and the logs of CI runners. */
function createLines({ stream, clock, everyMs }: ProgressConfig): Progress {
  let resting: AbortController | undefined;
  const rest = async (restMs: number, { signal }: AbortController) => {
    await clock.sleep(restMs, signal);
    if (!signal.aborted) resting = undefined;
  };
  return {
    show(text) {
      if (everyMs === undefined || resting) return;
      stream.write(`${inert(text)}\n`);
      resting = new AbortController();
      // The only way that it fails is `done`.
      rest(everyMs, resting).catch(() => {});
    },
    done() {
      resting?.abort();
      resting = undefined;
    },
  };
}

/** How much of something is done, `[####------------]`; `share` from 0 to 1. In ASCII, which every terminal draws alike. */
export function bar(share: number, width = 16): string {
  const filled = Math.floor(Math.min(Math.max(share, 0), 1) * width);
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}]`;
}
