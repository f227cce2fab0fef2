// @ts-check
import { elementsOf } from './asking.js';
import { logOf } from './panes.js';
import { localTimes } from './times.js';

/** @typedef {import('./panes.js').Pane} Pane */

/** So many messages of a pane are shown, and more only where the reader has gone further up. */
const MOST_SHOWN = 150;
/** As many as the board keeps. */
const MOST_WHILE_READ = 500;
/** Above what is seen so many stay: as many as one press brings. */
const KEPT_ABOVE = 30;

/**
 * Shows a message as it stands now: in the place of what was shown of it, or where it belongs by its number. True for one
 * that is new here.
 *
 * @param {HTMLElement} article
 * @param {Element} log
 */
export function putMessage(article, log) {
  const known = messageOf(article.dataset.message ?? '', log);
  if (!known) return insert(article, log);
  if (changeOf(known) < changeOf(article)) replaceKeeping(known, article);
  return false;
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

/**
 * The last of them by its number.
 *
 * @param {HTMLElement[]} articles
 */
export function newestIn(articles) {
  return articles.toSorted((one, other) => numberOf(one) - numberOf(other)).at(-1);
}

/**
 * @param {string} id
 * @param {Element} log
 */
function messageOf(id, log) {
  const known = log.querySelector(`[data-message="${CSS.escape(id)}"]`);
  return known instanceof HTMLElement ? known : undefined;
}

/** @param {ParentNode} log */
export function messagesIn(log) {
  return [...log.querySelectorAll('[data-message]')].filter((one) => one instanceof HTMLElement);
}

/** The place of its last change among all changes. @param {HTMLElement} article */
function changeOf({ dataset }) {
  return Number(dataset.sequence);
}

/** Its own number behind that of the board: clocks are set back, numbers are not. @param {HTMLElement} article */
function numberOf({ dataset }) {
  return Number(dataset.message?.split('-').at(-1));
}

/**
 * False for one from before the first that is shown: it comes with the older ones.
 *
 * @param {HTMLElement} article
 * @param {Element} log
 */
function insert(article, log) {
  const shown = messagesIn(log);
  const before = shown.findLastIndex((one) => numberOf(one) < numberOf(article));
  const later = shown[before + 1];
  if (later && before < 0 && log.querySelector('[data-older]')) return false;
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
 * Shows these messages in the place of all others; answers that only the reader saw stay. Out: those that are new here.
 *
 * @param {Element} log
 * @param {string} html
 */
export function fillLog(log, html) {
  const elements = elementsOf(html);
  localTimes(elements);
  const articles = messagesIn(elements);
  const ids = new Set(articles.map(({ dataset }) => dataset.message));
  for (const one of messagesIn(log)) if (!ids.has(one.dataset.message)) one.remove();
  for (const one of log.querySelectorAll('.older')) one.remove();
  const isNew = articles.map((article) => {
    const known = messageOf(article.dataset.message ?? '', log);
    if (!known) return insert(article, log);
    replaceKeeping(known, article);
    return false;
  });
  // What is left of the fragment is the button for older ones.
  log.prepend(elements);
  return articles.filter((_, index) => isNew[index]);
}

/**
 * Takes away the oldest messages of a pane beyond what is shown, as long as the reader is not at them; a button brings
 * them.
 *
 * @param {Pane} pane
 * @param {Element} [read] The first message that is seen.
 */
export function trimLog(pane, read) {
  const log = logOf(pane);
  const shown = messagesIn(log);
  const used = shown.findIndex((one) => one === read || one.contains(document.activeElement));
  const over = Math.min(shown.length - MOST_SHOWN, used < 0 ? shown.length : used - KEPT_ABOVE);
  const gone = shown.slice(0, Math.max(0, over, shown.length - MOST_WHILE_READ));
  // Older ones are on their way: they end where the first that is shown begins.
  if (gone.length === 0 || log.querySelector('[data-older][aria-busy]')) return;
  for (const one of gone) one.remove();
  offerOlder(pane, shown[gone.length]?.dataset.message ?? '');
}

/**
 * As our server draws it.
 *
 * @param {Pane} pane
 * @param {string} before
 */
function offerOlder(pane, before) {
  const log = logOf(pane);
  const known = log.querySelector('[data-older]');
  if (known instanceof HTMLElement) known.dataset.before = before;
  if (known) return;
  const button = Object.assign(document.createElement('button'), { type: 'button' });
  button.textContent = 'Show older messages';
  Object.assign(button.dataset, { older: pane, before });
  const older = Object.assign(document.createElement('p'), { className: 'older' });
  older.append(button);
  log.prepend(older);
}
