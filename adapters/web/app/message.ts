import type { Instant } from '../../../src/domain/calendar.ts';
import { emojiKey } from '../../../src/domain/emoji.ts';
import { SAVE_EMOJI } from '../../../src/domain/reaction.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { type Html, html } from '../../../src/html.ts';
import { textsFor } from '../../../src/texts/index.ts';
import type { BoardMessage } from '../board/board.ts';
import { drawCard } from '../cards/draw.ts';
import { drawToggle, type Standing } from '../cards/reacting.ts';
import { PLAYGROUND } from '../place.ts';
import { offeredEmoji } from '../reacting.ts';

/** Who looks at messages. */
export interface Viewer {
  member: string;
  /** Every emoji that means something here. */
  emoji: readonly string[];
}

/** The two places that somebody sees: the channel, and what is for them alone. */
export type Pane = 'papers' | 'direct';

/** A message whole, as it stands now: what was drawn of it before is replaced by it. */
export function drawMessage(message: BoardMessage, viewer: Viewer): Html {
  const { id, channel, card, postedAt, sequence } = message;
  const pane: Pane = channel === PLAYGROUND.channel ? 'papers' : 'direct';
  const standing = standingOn(message, viewer.member);
  return html`<article class="message" data-message="${id}" data-sequence="${sequence}" data-pane="${pane}" tabindex="-1">
<header class="message-head"><span class="author">Paperwire</span>${drawTime(postedAt)}</header>
${drawCard(card, standing)}
<footer class="message-foot">${card.kind === 'paper' && drawReactions(message, standing, viewer)}${drawLookButton(id)}</footer>
</article>`;
}

/** How it looks to one member. */
function standingOn({ reactions }: BoardMessage, member: string): Standing {
  return new Map(
    [...reactions].map(([emoji, members]) => [
      emojiKey(emoji),
      { count: members.length, isMine: members.includes(member) },
    ]),
  );
}

/** In UTC; the page's script says it in the reader's own zone. */
function drawTime(at: Instant): Html {
  return html`<time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 16)} UTC</time>`;
}

function drawReactions(message: BoardMessage, standing: Standing, { emoji: all }: Viewer): Html {
  const offered = offeredEmoji(message, all);
  const known = new Set(offered.map(emojiKey));
  const others = all.filter(
    (emoji) => !known.has(emojiKey(emoji)) && emojiKey(emoji) !== emojiKey(SAVE_EMOJI),
  );
  return html`<div class="reactions" role="group" aria-label="Emoji">${offered.map((emoji) => toggle(emoji, standing))}${others.length > 0 && drawOthers(others, standing)}</div>`;
}

/** Behind a press, so that a message is no wall of emoji. */
function drawOthers(others: readonly string[], standing: Standing): Html {
  return html`<details class="more-emoji"><summary>Follow a topic</summary><div class="emoji-choice">${others.map((emoji) => toggle(emoji, standing))}</div></details>`;
}

function toggle(emoji: string, standing: Standing): Html {
  return drawToggle(emoji, doesOf(emoji), standing);
}

/** What an emoji is for; those of topics that were made here go by themselves. */
function doesOf(emoji: string): string {
  const { action } = textsFor(undefined);
  if (emojiKey(emoji) === emojiKey(SAVE_EMOJI)) return action.save;
  const topic = BUILT_IN_TOPICS.find((one) => emojiKey(one.emoji) === emojiKey(emoji));
  return action.follow(topic?.name ?? emoji);
}

function drawLookButton(id: string): Html {
  return html`<button type="button" class="look-button" data-look="${id}">How it looks on Discord and Slack</button>`;
}
