// @ts-check

/** @typedef {'papers' | 'direct'} Pane */

/** What has come to a pane that nobody sees, since it was last seen. */
const unread = { papers: 0, direct: 0 };

/** @returns {HTMLElement[]} */
function tabs() {
  return [...document.querySelectorAll('[data-tabs] [role=tab]')].filter((tab) => tab instanceof HTMLElement);
}

/** @param {Element} tab */
function paneOfTab(tab) {
  return /** @type {Pane} */ (tab.id.replace('tab-', ''));
}

/** @returns {Pane} */
export function shownPane() {
  return document.getElementById('pane-direct')?.hidden === false ? 'direct' : 'papers';
}

/**
 * The pane that an element stands in, or the one that is shown.
 *
 * @param {Element} element
 * @returns {Pane}
 */
export function paneAround(element) {
  const around = element.closest('[data-pane-of]')?.getAttribute('data-pane-of');
  return around === 'papers' || around === 'direct' ? around : shownPane();
}

/**
 * Where the messages of a pane stand.
 *
 * @param {Pane} pane
 */
export function logOf(pane) {
  const log = document.querySelector(`[data-log="${pane}"]`);
  if (!log) throw new Error(`The page has no place for ${pane}.`);
  return log;
}

/** @param {Pane} pane */
export function showPane(pane) {
  for (const tab of tabs()) {
    const isShown = paneOfTab(tab) === pane;
    tab.setAttribute('aria-selected', String(isShown));
    tab.tabIndex = isShown ? 0 : -1;
    const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
    if (panel) panel.hidden = !isShown;
  }
  unread[pane] = 0;
  showUnread(pane);
}

/**
 * Messages have come that nobody sees.
 *
 * @param {Pane} pane
 * @param {number} count
 */
export function countUnread(pane, count) {
  unread[pane] += count;
  showUnread(pane);
}

/** @param {Pane} pane */
function showUnread(pane) {
  const number = document.querySelector(`[data-unread="${pane}"]`);
  const mark = number?.parentElement;
  if (!number || !mark) return;
  mark.hidden = unread[pane] === 0;
  number.textContent = String(unread[pane]);
}

/** @param {(pane: Pane) => void} onShown */
export function startPanes(onShown) {
  /** @param {HTMLElement | undefined} tab */
  const choose = (tab) => {
    if (!tab) return;
    showPane(paneOfTab(tab));
    onShown(paneOfTab(tab));
  };
  for (const tab of tabs()) {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', (event) => {
      const all = tabs();
      const next = nextTab(event.key, all.indexOf(tab), all.length);
      if (next === undefined) return;
      event.preventDefault();
      all[next]?.focus();
      choose(all[next]);
    });
  }
}

/**
 * @param {string} key
 * @param {number} at
 * @param {number} count
 */
function nextTab(key, at, count) {
  if (key === 'ArrowRight' || key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return (at + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}
