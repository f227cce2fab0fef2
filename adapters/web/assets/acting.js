// @ts-check
import { elementsOf, get, newId, post } from './asking.js';
import { putLine } from './box.js';
import { showLooks } from './looks.js';
import { logOf, paneAround } from './panes.js';
import { dismiss, showAnswer, showWorking } from './replies.js';
import { localTimes } from './times.js';

/** Presses of which nobody knows whether they were done: done again, they are the same. @type {WeakMap<Element, string>} */
const doubtful = new WeakMap();

/** What buttons of messages and of the page do, by what they carry. */
const ACTS = /** @type {const} */ ([
  ['press', press],
  ['emoji', react],
  ['older', showOlder],
  ['look', showLooks],
  ['line', (/** @type {HTMLElement} */ button) => putLine(button.dataset.line ?? '')],
]);

export function startActing() {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest('button, a[href]') : null;
    if (target instanceof HTMLAnchorElement) return openElsewhere(target);
    if (!(target instanceof HTMLButtonElement)) return;
    if ('dismiss' in target.dataset) return dismissAround(target);
    const [, act] = ACTS.find(([name]) => target.dataset[name] !== undefined) ?? [];
    if (act) void once(target, act);
  });
}

/**
 * A second press while the first is being done is none.
 *
 * @param {HTMLElement} button
 * @param {(button: HTMLElement) => unknown} act
 */
async function once(button, act) {
  if (button.ariaBusy === 'true') return;
  button.ariaBusy = 'true';
  try {
    await act(button);
  } finally {
    button.ariaBusy = null;
  }
}

/** Answers are nowhere else: a link out of a message leaves the page as it is. @param {HTMLAnchorElement} link */
function openElsewhere(link) {
  if (link.closest('.log') && link.origin !== location.origin) link.target = '_blank';
}

/** @param {HTMLElement} button */
function dismissAround(button) {
  const article = button.closest('[data-reply]');
  if (article) dismiss(article);
}

/** @param {HTMLElement} button */
async function press(button) {
  const pane = paneAround(button);
  const reply = button.closest('[data-reply]');
  const turned = 'turns' in button.dataset ? reply : null;
  const place = turned ?? showWorking(pane, button.textContent?.trim() ?? '');
  const id = doubtful.get(button) ?? newId();
  const answer = await post('/presses', { press: button.dataset.press, id });
  if ('sentence' in answer) doubtful.set(button, id);
  else doubtful.delete(button);
  const article = showAnswer(answer, place, button);
  // What was pressed in the log is far from its answer; a page that was turned has kept the focus.
  if (article && !turned && button.closest('.log')) article.focus({ preventScroll: true });
}

/** What comes of it is told by the stream. @param {HTMLElement} button */
async function react(button) {
  const message = button.closest('article')?.dataset.message;
  const isAdded = button.ariaPressed !== 'true';
  const answer = await post('/reactions', { message, emoji: button.dataset.emoji, isAdded });
  if ('sentence' in answer) showAnswer(answer, showWorking(paneAround(button), ''), button);
}

/** @param {HTMLElement} button */
async function showOlder(button) {
  const pane = paneAround(button);
  const before = button.dataset.before ?? '';
  const answer = await get(`/messages?pane=${pane}&before=${encodeURIComponent(before)}`);
  if (!('html' in answer)) return void showAnswer(answer, showWorking(pane, ''), button);
  const elements = elementsOf(answer.html);
  localTimes(elements);
  const newest = elements.querySelector('article:last-of-type');
  const first = logOf(pane).querySelector('article');
  button.closest('.older')?.replaceWith(elements);
  first?.scrollIntoView({ block: 'start' });
  if (newest instanceof HTMLElement) newest.focus({ preventScroll: true });
}
