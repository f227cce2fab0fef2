// @ts-check
import { box, first, isListed, marked, moveMark, showList } from './listbox.js';

/** @typedef {import('./listbox.js').Suggestion} Suggestion */

/** Whoever types quickly is not asked after for each letter. */
const PAUSE_MS = 90;

let asking = new AbortController();
let pause = 0;

/** Brings the list over the box: a combobox as ARIA has it (w3.org/WAI/ARIA/apg/patterns/combobox, 2026-11-26). */
export function startSuggestions() {
  const line = box();
  line.addEventListener('input', look);
  line.addEventListener('sent', close);
  line.addEventListener('blur', close);
  line.addEventListener('keydown', (event) => {
    if (!event.isComposing && onKey(event.key)) event.preventDefault();
  });
}

/** What a key does in the open list. @type {Record<string, () => void>} */
const KEYS = {
  ArrowDown: () => moveMark(1),
  ArrowUp: () => moveMark(-1),
  Escape: close,
  Tab: () => take(marked() ?? first()),
  Enter: () => take(marked()),
};

/** True where the key was for the list. @param {string} key */
function onKey(key) {
  const act = isListed() ? KEYS[key] : key === 'ArrowDown' ? look : undefined;
  // Without a mark the line is given as it is.
  if (!act || (key === 'Enter' && !marked())) return false;
  act();
  return true;
}

function close() {
  asking.abort();
  clearTimeout(pause);
  showList([], take);
}

/** @param {Suggestion | undefined} suggestion */
function take(suggestion) {
  if (!suggestion) return;
  const line = box();
  const rest = line.value.slice(line.selectionEnd ?? line.value.length).trimStart();
  line.value = suggestion.line + rest;
  line.setSelectionRange(suggestion.line.length, suggestion.line.length);
  close();
  look();
}

function look() {
  clearTimeout(pause);
  pause = setTimeout(() => void refresh(), PAUSE_MS);
}

async function refresh() {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  const line = box();
  const text = line.value.slice(0, line.selectionEnd ?? line.value.length);
  if (text.trim() === '') return close();
  const found = await suggestionsFor(text, signal);
  if (!signal.aborted && document.activeElement === line) showList(found, take);
}

/**
 * None where nobody can be asked: a line can be typed without them.
 *
 * @param {string} text
 * @param {AbortSignal} signal
 * @returns {Promise<Suggestion[]>}
 */
async function suggestionsFor(text, signal) {
  try {
    const response = await fetch(`/completions?text=${encodeURIComponent(text)}`, { signal });
    return response.ok ? (await response.json()).suggestions : [];
  } catch {
    return [];
  }
}
