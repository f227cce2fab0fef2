// @ts-check
import { get } from './asking.js';
import { articleIn, fillLog, messagesIn, newestIn, putMessage, trimLog } from './messages.js';
import { countUnread, logOf, shownPane } from './panes.js';
import { announce, gistOf } from './saying.js';
import { firstInView, isAtEnd, reveal, tellOfNewer } from './scrolling.js';

/** @typedef {import('./panes.js').Pane} Pane */

const PANES = /** @type {const} */ (['papers', 'direct']);
/** What comes within so long is shown together; nobody sees that it waits. */
const TOGETHER_MS = 30;
/** Between tries to read what stands there. */
const PAUSE_MS = 3000;

/** Messages that have come and are not shown yet. @type {string[]} */
let coming = [];
let isShowingDue = false;
/** What stands there is to be read anew. */
let isStale = false;
let isReading = false;

/**
 * Shows a message, together with all that come at the same time: where the reader is, is asked once.
 *
 * @param {string} html
 */
export function takeMessage(html) {
  coming.push(html);
  showLater();
}

/** Not with the next frame: a window behind others has none. */
function showLater() {
  if (isShowingDue || isReading || coming.length === 0) return;
  isShowingDue = true;
  setTimeout(() => {
    isShowingDue = false;
    if (!isReading) showComing();
  }, TOGETHER_MS);
}

function showComing() {
  const articles = coming.map(articleIn).filter((article) => article !== undefined);
  coming = [];
  const reading = whereReaderIs();
  for (const pane of PANES) {
    const log = logOf(pane);
    const own = articles.filter(({ dataset }) => (dataset.pane === 'direct') === (pane === 'direct'));
    const added = own.filter((article) => putMessage(article, log));
    tellOfNew(pane, added, reading);
  }
}

/**
 * @typedef {object} Reading
 * @property {boolean} isAtEnd
 * @property {Element | undefined} first The first message that is seen; none for whoever is at the end, and goes on there.
 */

/** To be asked before anything changes: the page is laid out for it. @returns {Reading} */
function whereReaderIs() {
  if (isAtEnd()) return { isAtEnd: true, first: undefined };
  return { isAtEnd: false, first: firstInView(messagesIn(logOf(shownPane()))) };
}

/**
 * Shows what stands there now in the place of what is shown; answers that only the reader saw stay. What comes meanwhile
 * is shown after it.
 */
export async function takeMessagesAnew() {
  coming = [];
  isStale = true;
  if (isReading) return;
  isReading = true;
  while (isStale) {
    isStale = false;
    for (const pane of PANES) await readAnew(pane);
  }
  isReading = false;
  showLater();
}

/** @param {Pane} pane */
async function readAnew(pane) {
  const html = await messagesOf(pane);
  const reading = whereReaderIs();
  tellOfNew(pane, fillLog(logOf(pane), html), reading);
}

/** Tried until it succeeds: the stream does not tell it again. @param {Pane} pane @returns {Promise<string>} */
async function messagesOf(pane) {
  for (;;) {
    const answer = await get(`/messages?pane=${pane}`);
    if ('html' in answer) return answer.html;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/**
 * @param {Pane} pane
 * @param {HTMLElement[]} articles
 * @param {Reading} reading
 */
function tellOfNew(pane, articles, reading) {
  trimLog(pane, reading.first);
  const newest = newestIn(articles);
  if (!newest) return;
  const where = pane === 'direct' ? 'your direct messages' : '#papers';
  const many = articles.length === 1 ? 'New message' : `${articles.length} new messages`;
  announce(`${many} in ${where}: ${gistOf(newest)}`);
  if (pane !== shownPane()) countUnread(pane, articles.length);
  else if (reading.isAtEnd) reveal(newest);
  else tellOfNewer(newest);
}
