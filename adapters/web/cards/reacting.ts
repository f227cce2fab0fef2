import { emojiKey } from '../../../src/domain/emoji.ts';
import { type Html, html } from '../../../src/html.ts';

/** How emoji stand on a message, as somebody sees it: by `emojiKey`, how many have set it, and whether they have. */
export type Standing = ReadonlyMap<string, { count: number; isMine: boolean }>;

/** A button that sets an emoji or takes it back; `does` says what that means: `Follow Agents`. */
export function drawToggle(emoji: string, does: string, standing: Standing, name?: Html): Html {
  const { count = 0, isMine = false } = standing.get(emojiKey(emoji)) ?? {};
  const label = count > 0 ? `${does}, ${count}` : does;
  const told = name === undefined ? html` title="${does}"` : html``;
  const shown = name === undefined ? html`` : html`<span class="toggle-name">${name}</span>`;
  // The blank parts the words, as the name of the button does.
  const counted = count > 0 ? html` <span class="count">${count}</span>` : html``;
  return html`<button type="button" class="toggle" data-emoji="${emoji}" aria-pressed="${String(isMine)}" aria-label="${label}"${told}><span class="emoji" aria-hidden="true">${emoji}</span>${shown}${counted}</button>`;
}
