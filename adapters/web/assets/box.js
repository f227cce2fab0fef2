// @ts-check
import { newId, post } from './asking.js';
import { box } from './listbox.js';
import { shownPane } from './panes.js';
import { showAnswer, showWorking } from './replies.js';

/** The newest last. @type {string[]} */
const given = [];

/** A command of which nobody knows whether it was done: given again, it is the same. */
let doubtful = { text: '', id: '' };

/**
 * Puts a command into the box, to be changed and sent.
 *
 * @param {string} text
 */
export function putLine(text) {
  const line = box();
  line.value = text;
  line.focus();
  line.setSelectionRange(text.length, text.length);
}

export function startBox() {
  const line = box();
  line.form?.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(line);
  });
  line.addEventListener('keydown', (event) => {
    const isFree = event.key === 'ArrowUp' && line.ariaExpanded !== 'true' && !event.isComposing;
    if (isFree) recall(event, line);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    line.focus();
  });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof Element && target.closest('input, textarea, select, dialog') !== null;
}

/** Goes back through what was given. @param {KeyboardEvent} event @param {HTMLInputElement} line */
function recall(event, line) {
  const at = line.value === '' ? given.length : given.lastIndexOf(line.value);
  const before = given[at - 1];
  if (before === undefined) return;
  event.preventDefault();
  putLine(before);
}

/** @param {HTMLInputElement} line */
async function send(line) {
  const text = line.value.trim();
  if (text === '') return;
  if (given.at(-1) !== text) given.push(text);
  line.value = '';
  line.dispatchEvent(new Event('sent'));
  const place = showWorking(shownPane(), `/paper ${text.replace(/^\/(paper\b)?\s*/i, '')}`);
  const id = doubtful.text === text ? doubtful.id : newId();
  const answer = await post('/commands', { text, id });
  if ('sentence' in answer) doubtful = { text, id };
  else if (doubtful.id === id) doubtful = { text: '', id: '' };
  showAnswer(answer, place);
  // What did not arrive is not to be typed again.
  if ('sentence' in answer && line.value === '') line.value = text;
}
