import type { APIMessageTopLevelComponent } from 'discord.js';
import { type Drawings, drawComponents } from '../../adapters/discord/look/components.ts';
import { signed } from '../../adapters/discord/look/look.ts';
import { STYLE } from '../../adapters/discord/look/style.ts';
import { drawing } from '../../src/drawing.ts';
import { pageOf, reactionsLine } from './frame.ts';

/** A message as it stands in a channel. */
export interface Shown {
  /** As it leaves for Discord. */
  body: { components: readonly APIMessageTopLevelComponent[] };
  /** Answered privately: only who asked sees it. */
  isPrivate?: true;
  /** Emoji under it. */
  reactions?: readonly string[];
}

/** Messages of one place, with what stands above them. */
export interface Scene {
  /** `# papers`, or the name of a thread. */
  place: string;
  messages: readonly Shown[];
}

/** Frames of scenes, beside what the look itself has. Discord underlines no link; on a page of ours colour is not enough. */
const FRAME_STYLE = `
body { padding: 0 0 16px }
.text small a { text-decoration: none }
section > header { padding: 12px 16px; font-weight: 600; border-bottom: 1px solid #2a2a30; margin-bottom: 12px; color: #f2f3f5 }
article.private { background: #242640; border-left: 2px solid #5865f2; padding: 8px 16px 8px 14px }
.reactions { display: flex; gap: 4px; margin-top: 6px; flex-wrap: wrap }
.reaction { background: #2b2b31; border: 1px solid #36363c; border-radius: 8px; padding: 2px 8px; font-size: 14px }
.only { font-size: 12px; color: #949ba4; margin-top: 6px }
`;

/** Nothing comes from outside, and nothing is left out. */
const DRAWINGS: Drawings = {
  picture: drawing,
  other: ({ type }) => {
    throw new TypeError(`There is no drawing of a component of type ${type}.`);
  },
};

/**
 * A page that looks as Discord in its dark theme shows these messages. It needs nothing from outside: pictures are
 * drawings of our own, drawn from the address that they stand for.
 */
export function preview(scenes: readonly Scene[]): string {
  const places = scenes.map(({ place, messages }) => ({ place, inner: messages.map(message).join('') }));
  return pageOf(places, STYLE + FRAME_STYLE);
}

function message({ body, isPrivate, reactions = [] }: Shown): string {
  const only = isPrivate ? '<div class="only">Only you can see this · <a>Dismiss message</a></div>' : '';
  const content = drawComponents(body.components, DRAWINGS) + reactionsLine(reactions) + only;
  return `<article${isPrivate ? ' class="private"' : ''}>${signed(content)}</article>`;
}
