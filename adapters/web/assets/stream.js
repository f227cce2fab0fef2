// @ts-check

/**
 * @typedef {object} Listening
 * @property {string} after The place in the board's changes that the page has come to.
 * @property {(html: string) => void} onMessage
 * @property {() => void} onStale What the page shows is to be read anew: the board is another one, or much has changed.
 * @property {(state: 'live' | 'waiting') => void} onState
 */

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** @type {EventSource | undefined} */
let source;
let pauseMs = FIRST_PAUSE_MS;
let again = 0;

/**
 * Listens for what changes, for as long as the page is seen: browsers open few connections to one server, so that pages
 * nobody looks at would keep the others waiting. It goes on from where it was, which `listening.after` says.
 *
 * @param {Listening} listening
 */
export function startStream(listening) {
  const goOn = () => open(listening);
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : goOn()));
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', goOn);
  goOn();
}

/** @param {Listening} listening */
function open(listening) {
  if (source || document.hidden) return;
  source = new EventSource(`/events?after=${encodeURIComponent(listening.after)}`);
  source.addEventListener('open', () => {
    pauseMs = FIRST_PAUSE_MS;
    listening.onState('live');
  });
  source.addEventListener('message', ({ data, lastEventId }) => {
    listening.after = lastEventId;
    listening.onMessage(data);
  });
  for (const stale of ['reset', 'more'])
    source.addEventListener(stale, ({ lastEventId }) => {
      listening.after = lastEventId;
      listening.onStale();
    });
  source.addEventListener('error', () => {
    listening.onState('waiting');
    // The browser tries again by itself, but not after a refusal.
    if (source?.readyState === EventSource.CLOSED) openLater(listening);
  });
}

function close() {
  clearTimeout(again);
  source?.close();
  source = undefined;
}

/** @param {Listening} listening */
function openLater(listening) {
  close();
  again = setTimeout(open, pauseMs, listening);
  pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
}
