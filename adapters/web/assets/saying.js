// @ts-check

/**
 * Says something to those who do not see the page.
 *
 * @param {string} sentence
 */
export function announce(sentence) {
  const live = document.querySelector('[data-live]');
  if (live) live.textContent = sentence;
}

/**
 * What a message is about, in short.
 *
 * @param {Element} article
 */
export function gistOf(article) {
  const lines = ['.card-title', '.subtitle, .summary, .card-body > p'].map((where) =>
    article.querySelector(where)?.textContent?.trim(),
  );
  return lines.filter(Boolean).join('. ');
}
