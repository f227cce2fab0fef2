// @ts-check
import { elementsOf } from './asking.js';
import { countUnread, logOf, shownPane } from './panes.js';
import { announce, gistOf } from './saying.js';
import { isAtEnd, reveal, tellOfNewer } from './scrolling.js';
import { localTimes } from './times.js';

/** @typedef {import('./panes.js').Pane} Pane */

/**
 * Shows a message as it stands now: in the place of what was shown of it, or where it belongs by its time.
 *
 * @param {string} html
 */
export function putMessage(html) {
  const article = articleIn(html);
  if (!article) return;
  const known = messageOf(article.dataset.message ?? '');
  if (known) return void (numberOf(known) < numberOf(article) && replaceKeeping(known, article));
  const pane = article.dataset.pane === 'direct' ? 'direct' : 'papers';
  const wasAtEnd = isAtEnd();
  if (!insert(article, logOf(pane))) return;
  announce(`New message in ${pane === 'direct' ? 'your direct messages' : '#papers'}: ${gistOf(article)}`);
  if (pane !== shownPane()) countUnread(pane);
  else if (wasAtEnd) reveal(article);
  else tellOfNewer(article);
}

/**
 * The one article of a fragment, with its times as the reader has them.
 *
 * @param {string} html
 */
export function articleIn(html) {
  const elements = elementsOf(html);
  localTimes(elements);
  const article = elements.querySelector('article');
  return article instanceof HTMLElement ? article : undefined;
}

/** @param {string} id */
function messageOf(id) {
  const known = document.querySelector(`[data-message="${CSS.escape(id)}"]`);
  return known instanceof HTMLElement ? known : undefined;
}

/** @param {HTMLElement} article */
function numberOf({ dataset }) {
  return Number(dataset.sequence);
}

/** @param {Element} article */
function timeOf(article) {
  return article.querySelector('time')?.dateTime ?? '';
}

/**
 * False for one from before the first that is shown: it comes with the older ones.
 *
 * @param {HTMLElement} article
 * @param {Element} log
 */
function insert(article, log) {
  const shown = [...log.querySelectorAll('[data-message]')];
  const later = shown.find((one) => timeOf(one) > timeOf(article));
  if (later && later === shown[0] && log.querySelector('[data-older]')) return false;
  if (later) later.before(article);
  else log.append(article);
  return true;
}

/**
 * What is open stays open, and the focus where it was.
 *
 * @param {HTMLElement} known
 * @param {HTMLElement} article
 */
function replaceKeeping(known, article) {
  const opened = known.querySelector('details[open]');
  if (opened) article.querySelector('details')?.setAttribute('open', '');
  const focused = known.contains(document.activeElement) ? document.activeElement : null;
  known.replaceWith(article);
  if (focused instanceof HTMLElement) (twinOf(focused, article) ?? article).focus({ preventScroll: true });
}

/**
 * What does the same in another fragment.
 *
 * @param {HTMLElement} element
 * @param {HTMLElement} within
 */
export function twinOf(element, within) {
  const all = [...within.querySelectorAll('button, summary')].filter((one) => one instanceof HTMLElement);
  return all.find((one) => one.tagName === element.tagName && isTwin(element, one));
}

/**
 * The same act; a button that turns pages turns to another one each time.
 *
 * @param {HTMLElement} one
 * @param {HTMLElement} other
 */
function isTwin(one, other) {
  if ('turns' in one.dataset) return 'turns' in other.dataset && one.textContent === other.textContent;
  return ['emoji', 'press', 'look'].every((name) => one.dataset[name] === other.dataset[name]);
}

/**
 * Puts messages in the place of all that a pane shows; answers that only the reader saw stay.
 *
 * @param {Pane} pane
 * @param {string} html
 */
export function resetLog(pane, html) {
  const log = logOf(pane);
  for (const one of log.querySelectorAll('[data-message], .older')) one.remove();
  const elements = elementsOf(html);
  localTimes(elements);
  log.prepend(elements);
}
