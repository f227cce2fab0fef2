// @ts-check
import { get } from './asking.js';
import { articleIn, fillLog, twinOf } from './messages.js';
import { logOf } from './panes.js';
import { announce, gistOf } from './saying.js';
import { reveal } from './scrolling.js';

/**
 * @typedef {import('./asking.js').Answer} Answer
 * @typedef {import('./panes.js').Pane} Pane
 */

/** What was pressed for an answer: the focus goes back there when it is dismissed. @type {WeakMap<Element, HTMLElement>} */
const openers = new WeakMap();

/**
 * Says in the log that an answer is on its way; what is given shows where it will stand.
 *
 * @param {Pane} pane
 * @param {string} asked
 */
export function showWorking(pane, asked) {
  const working = document.createElement('p');
  working.className = 'working';
  working.textContent = `${asked} …`;
  logOf(pane).append(working);
  reveal(working);
  return working;
}

/**
 * Shows an answer in the place of an element, which goes in any case. Out: the answer; undefined where it is a message
 * that all see.
 *
 * @param {Answer} answer
 * @param {Element} place
 * @param {HTMLElement} [opener]
 */
export function showAnswer(answer, place, opener) {
  const article = articleOf(answer);
  if (!article) return void place.remove();
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  place.replaceWith(article);
  if (opener) openers.set(article, openers.get(place) ?? opener);
  reveal(article);
  announce(`Only for you: ${gistOf(article)}`);
  if (article.dataset.command === 'forget-me') void renewDirect();
  if (focused instanceof HTMLElement) (twinOf(focused, article) ?? article).focus({ preventScroll: true });
  return article;
}

/** Whoever is forgotten has no direct messages any more. */
async function renewDirect() {
  const answer = await get('/messages?pane=direct');
  if ('html' in answer) fillLog(logOf('direct'), answer.html);
}

/** @param {Answer} answer */
function articleOf(answer) {
  if ('html' in answer) return articleIn(answer.html);
  return 'sentence' in answer ? troubleArticle(answer.sentence) : undefined;
}

/** @param {string} sentence */
function troubleArticle(sentence) {
  const article = articleIn(`<article class="message reply failed" data-reply tabindex="-1">
<header class="message-head"><span class="only-you">Only you can see this</span><button type="button" class="dismiss" data-dismiss>Dismiss</button></header>
<div class="card-body text-card"><h3 class="card-title">That did not work</h3><p></p></div></article>`);
  const paragraph = article?.querySelector('p');
  if (paragraph) paragraph.textContent = sentence;
  return article;
}

/**
 * Takes an answer away, and puts the focus where it came from.
 *
 * @param {Element} article
 */
export function dismiss(article) {
  const opener = openers.get(article);
  const box = document.getElementById('line');
  article.remove();
  announce('Dismissed');
  if (opener?.isConnected) opener.focus();
  else box?.focus();
}
