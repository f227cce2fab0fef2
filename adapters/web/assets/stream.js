// @ts-check

/**
 * @typedef {object} Listening
 * @property {string} after The place in the board's changes that the page has come to.
 * @property {(html: string) => void} onMessage
 * @property {() => void} onReset The board is another one.
 * @property {(state: 'live' | 'waiting') => void} onState
 */

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Listens for what changes, for as long as the page is seen: browsers open few connections to one server, so that pages
 * nobody looks at would keep the others waiting. It goes on from where it was.
 *
 * @param {Listening} listening
 */
export function startStream({ after, onMessage, onReset, onState }) {
  let place = after;
  let pauseMs = FIRST_PAUSE_MS;
  let again = 0;
  /** @type {EventSource | undefined} */
  let source;

  function open() {
    if (source || document.hidden) return;
    const opened = new EventSource(`/events?after=${encodeURIComponent(place)}`);
    source = opened;
    opened.addEventListener('open', () => {
      pauseMs = FIRST_PAUSE_MS;
      onState('live');
    });
    opened.addEventListener('message', ({ data, lastEventId }) => {
      place = lastEventId;
      onMessage(data);
    });
    opened.addEventListener('reset', ({ lastEventId }) => {
      place = lastEventId;
      onReset();
    });
    opened.addEventListener('error', () => {
      onState('waiting');
      // The browser tries again by itself, but not after a refusal.
      if (opened.readyState === EventSource.CLOSED) openLater();
    });
  }

  function close() {
    clearTimeout(again);
    source?.close();
    source = undefined;
  }

  function openLater() {
    close();
    again = setTimeout(open, pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', open);
  open();
}
