// @ts-check
import { elementsOf, get } from './asking.js';

/** In pixels; what is longer is scrolled in its frame. */
const TALLEST = 3000;

/**
 * Shows in a dialog how a message looks on other platforms.
 *
 * @param {HTMLElement} button
 */
export async function showLooks(button) {
  const dialog = document.querySelector('dialog[data-looks]');
  const frames = document.querySelector('[data-look-frames]');
  if (!(dialog instanceof HTMLDialogElement) || !frames) return;
  frames.textContent = 'Drawing …';
  dialog.showModal();
  const answer = await get(`/looks/${encodeURIComponent(button.dataset.look ?? '')}`);
  frames.replaceChildren(
    'html' in answer ? elementsOf(answer.html) : 'sentence' in answer ? answer.sentence : '',
  );
  for (const frame of frames.querySelectorAll('iframe')) frame.addEventListener('load', () => grow(frame));
}

/** As tall as what is in it. @param {HTMLIFrameElement} frame */
function grow(frame) {
  const height = frame.contentDocument?.documentElement.scrollHeight ?? 0;
  if (height > 0) frame.height = String(Math.min(height, TALLEST));
}

/** A press beside the dialog closes it, as Escape does; what was drawn goes with it. */
export function startLooks() {
  const dialog = document.querySelector('dialog[data-looks]');
  if (!(dialog instanceof HTMLDialogElement)) return;
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => document.querySelector('[data-look-frames]')?.replaceChildren());
}
