// @ts-check

/**
 * One way in which a line may go on.
 *
 * @typedef {{ label: string, note: string, line: string }} Suggestion
 */

/** What the list over the box shows. @type {Suggestion[]} */
let shown = [];
/** The one that is marked; -1 for none. */
let active = -1;

export function box() {
  const line = document.getElementById('line');
  if (!(line instanceof HTMLInputElement)) throw new Error('The page has no box for commands.');
  return line;
}

function list() {
  const suggestions = document.querySelector('[data-suggestions]');
  if (!(suggestions instanceof HTMLElement)) throw new Error('The page has no list of suggestions.');
  return suggestions;
}

export function isListed() {
  return shown.length > 0;
}

/** @returns {Suggestion | undefined} */
export function marked() {
  return shown[active];
}

/** @returns {Suggestion | undefined} */
export function first() {
  return shown[0];
}

/**
 * Opens the list, or closes it where there is nothing to show; nothing is marked in it.
 *
 * @param {Suggestion[]} suggestions
 * @param {(suggestion: Suggestion) => void} take
 */
export function showList(suggestions, take) {
  shown = suggestions;
  list().replaceChildren(...shown.map((suggestion, index) => optionOf(suggestion, index, take)));
  list().hidden = !isListed();
  box().ariaExpanded = String(isListed());
  mark(-1);
}

/**
 * Marks the next one, or the one before; behind the last comes the first.
 *
 * @param {1 | -1} step
 */
export function moveMark(step) {
  const from = active < 0 && step < 0 ? 0 : active;
  mark((from + step + shown.length) % shown.length);
}

/** @param {number} index */
function mark(index) {
  active = index;
  const options = [...list().children];
  for (const [at, option] of options.entries()) option.ariaSelected = String(at === index);
  const option = options[index];
  option?.scrollIntoView({ block: 'nearest' });
  if (option) box().setAttribute('aria-activedescendant', option.id);
  else box().removeAttribute('aria-activedescendant');
}

/**
 * @param {Suggestion} suggestion
 * @param {number} index
 * @param {(suggestion: Suggestion) => void} take
 */
function optionOf(suggestion, index, take) {
  const option = document.createElement('li');
  option.id = `suggestion-${index}`;
  option.role = 'option';
  option.append(...[suggestion.label, suggestion.note].filter((text) => text !== '').map(spanOf));
  // The box keeps the focus.
  option.addEventListener('pointerdown', (event) => event.preventDefault());
  option.addEventListener('click', () => take(suggestion));
  return option;
}

/** @param {string} text */
function spanOf(text) {
  const element = document.createElement('span');
  element.textContent = text;
  return element;
}
