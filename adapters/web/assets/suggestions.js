// @ts-check

/**
 * One way in which a line may go on.
 *
 * @typedef {{ label: string, note: string, line: string }} Suggestion
 */

/** Whoever types quickly is not asked after for each letter. */
const PAUSE_MS = 90;

/** The list under (over, in fact) the box: a combobox as ARIA has it. */
export function startSuggestions() {
  const line = document.getElementById('line');
  const list = document.querySelector('[data-suggestions]');
  if (!(line instanceof HTMLInputElement) || !(list instanceof HTMLElement)) return;
  const box = createList(line, list);
  line.addEventListener('input', box.look);
  line.addEventListener('sent', box.close);
  line.addEventListener('blur', box.close);
  line.addEventListener('keydown', (event) => {
    if (!event.isComposing && box.onKey(event.key)) event.preventDefault();
  });
}

/**
 * @param {HTMLInputElement} line
 * @param {HTMLElement} list
 */
function createList(line, list) {
  /** @type {Suggestion[]} */
  let shown = [];
  let active = -1;
  let asking = new AbortController();
  let pause = 0;

  function close() {
    asking.abort();
    clearTimeout(pause);
    shown = [];
    draw();
  }

  function draw() {
    list.replaceChildren(...shown.map(drawOption));
    list.hidden = shown.length === 0;
    line.ariaExpanded = String(shown.length > 0);
    activate(-1);
  }

  /** @param {number} index */
  function activate(index) {
    active = index;
    for (const [at, option] of [...list.children].entries()) option.ariaSelected = String(at === index);
    const option = list.children[index];
    option?.scrollIntoView({ block: 'nearest' });
    if (option) line.setAttribute('aria-activedescendant', option.id);
    else line.removeAttribute('aria-activedescendant');
  }

  /**
   * @param {Suggestion} suggestion
   * @param {number} index
   */
  function drawOption({ label, note }, index) {
    const option = document.createElement('li');
    option.id = `suggestion-${index}`;
    option.role = 'option';
    option.ariaSelected = 'false';
    option.append(...[label, note].filter((text) => text !== '').map(span));
    // Before the box loses the focus.
    option.addEventListener('pointerdown', (event) => event.preventDefault());
    option.addEventListener('click', () => take(index));
    return option;
  }

  /** @param {number} index */
  function take(index) {
    const suggestion = shown[index];
    if (!suggestion) return;
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
    const text = line.value.slice(0, line.selectionEnd ?? line.value.length);
    if (text.trim() === '') return close();
    const { signal } = asking;
    const found = await suggestionsFor(text, signal);
    if (signal.aborted || document.activeElement !== line) return;
    shown = found;
    draw();
  }

  /** What a key does in the open list. @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => activate((active + 1) % shown.length),
    ArrowUp: () => activate(active <= 0 ? shown.length - 1 : active - 1),
    Escape: close,
    Tab: () => take(Math.max(active, 0)),
    Enter: () => take(active),
  };

  /** True where the key was for the list. @param {string} key */
  function onKey(key) {
    const isOpen = shown.length > 0;
    const act = isOpen ? keys[key] : key === 'ArrowDown' ? look : undefined;
    // Without a choice the line is given as it is.
    if (!act || (key === 'Enter' && active < 0)) return false;
    act();
    return true;
  }

  return { look, close, onKey };
}

/** @param {string} text */
function span(text) {
  const element = document.createElement('span');
  element.textContent = text;
  return element;
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
