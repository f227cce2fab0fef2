// @ts-check

/**
 * What our server answers: a fragment of its HTML, nothing, or a sentence that says why not.
 *
 * @typedef {{ html: string } | { sentence: string } | Record<string, never>} Answer
 */

const UNREACHABLE = 'Paperwire cannot be reached just now. Please try again in a moment.';
/** Nothing that is said for people is longer. */
const MOST_SAID = 500;

/**
 * @param {string} path
 * @param {unknown} body
 */
export async function post(path, body) {
  const headers = { 'Content-Type': 'application/json' };
  return await ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** @param {string} path */
export async function get(path) {
  return await ask(path, {});
}

/**
 * @param {string} path
 * @param {RequestInit} request
 * @returns {Promise<Answer>}
 */
async function ask(path, request) {
  try {
    const response = await fetch(path, request);
    if (response.status === 204) return {};
    const text = await response.text();
    return response.ok ? { html: text } : { sentence: text.trim().slice(0, MOST_SAID) };
  } catch {
    return { sentence: UNREACHABLE };
  }
}

/** Names one wish, so that it is done once also where it must be sent again. */
export function newId() {
  // `crypto.randomUUID` is kept from pages that came by plain http.
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/**
 * The elements of a fragment that our server drew.
 *
 * @param {string} html
 */
export function elementsOf(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}
