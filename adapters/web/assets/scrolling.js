// @ts-check

/** Whoever is so near to the end reads what is new. */
const NEAR = 200;

/** The reader is at the newest message. */
export function isAtEnd() {
  const { scrollHeight } = document.documentElement;
  return scrollHeight - window.scrollY - window.innerHeight < NEAR;
}

/**
 * The first of some elements that is in the window, or below it.
 *
 * @param {Element[]} elements
 */
export function firstInView(elements) {
  return elements.find((element) => element.getBoundingClientRect().bottom > 0);
}

/** What begins in this part of the window, from above, is read without scrolling. */
const READ_PART = 0.6;

/**
 * Brings something into view: its beginning, where it is too long to be seen whole.
 *
 * @param {Element} element
 */
export function reveal(element) {
  const { top, height } = element.getBoundingClientRect();
  const isLong = height > window.innerHeight * READ_PART;
  const isBegun = top >= 0 && top < window.innerHeight * READ_PART;
  if (!isLong) element.scrollIntoView({ block: 'nearest' });
  else if (!isBegun) element.scrollIntoView({ block: 'start' });
}

/**
 * Shows the newest message of a log.
 *
 * @param {Element} log
 */
export function revealNewest(log) {
  const newest = log.lastElementChild;
  if (newest) reveal(newest);
  else window.scrollTo(0, 0);
}

/**
 * Whoever reads further up is told that there is something new, and may go there.
 *
 * @param {Element} article
 */
export function tellOfNewer(article) {
  const button = newerButton();
  if (!button) return;
  button.hidden = false;
  button.onclick = () => {
    button.hidden = true;
    if (article.isConnected) reveal(article);
    if (article instanceof HTMLElement) article.focus({ preventScroll: true });
  };
}

function newerButton() {
  const button = document.querySelector('[data-newer]');
  return button instanceof HTMLElement ? button : undefined;
}

export function startScrolling() {
  const hide = () => {
    const button = newerButton();
    if (button && isAtEnd()) button.hidden = true;
  };
  document.addEventListener('scroll', hide, { passive: true });
}
