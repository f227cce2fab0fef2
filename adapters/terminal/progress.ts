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
}

const CLEAR = '\r\x1b[2K';
const DEFAULT_COLUMNS = 80;

/** Makes a progress line; a silent one where nobody watches. */
export function createProgress({ stream, clock, term, delayMs = 400 }: ProgressConfig): Progress {
  if (stream.isTTY !== true || term === 'dumb') return { show() {}, done() {} };
  let text = '';
  let isDrawn = false;
  let waiting: AbortController | undefined;

  const draw = () => {
    // One column stays free: a line that fills the last one moves some terminals to the next.
    stream.write(`${CLEAR}${clip(inert(text), (stream.columns ?? DEFAULT_COLUMNS) - 1)}`);
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
