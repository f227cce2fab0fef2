import type { types } from '@slack/bolt';
import { drawBlocks } from '../../adapters/slack/look/blocks.ts';
import { signed } from '../../adapters/slack/look/look.ts';
import { STYLE } from '../../adapters/slack/look/style.ts';
import { escaped } from '../../src/html.ts';
import { pageOf, reactionsLine } from './frame.ts';
import { DRAWINGS } from './slack-fields.ts';
import { FRAME_STYLE } from './slack-style.ts';

/** A message as it stands in a channel, or a view as it is opened. */
export type Shown =
  | {
      /** As it leaves for Slack. */
      body: { blocks: readonly types.KnownBlock[] };
      /** Answered privately: only who asked sees it. */
      isPrivate?: true;
      /** Emoji under it. */
      reactions?: readonly string[];
    }
  /** A modal or a Home tab, as it leaves for Slack. */
  | { view: types.HomeView | types.ModalView };

/** What is seen in one place, with what stands above it. */
export interface Scene {
  /** `# papers`, `Thread`. */
  place: string;
  shown: readonly Shown[];
}

/**
 * A page that looks as Slack in its light theme shows these messages and views. It needs nothing from outside: pictures
 * are drawings of our own, drawn from the address that they stand for.
 */
export function preview(scenes: readonly Scene[]): string {
  const places = scenes.map(({ place, shown }) => ({
    place,
    inner: shown.map((one) => ('view' in one ? view(one.view) : message(one))).join(''),
  }));
  return pageOf(places, STYLE + FRAME_STYLE);
}

function message({ body, isPrivate, reactions = [] }: Exclude<Shown, { view: unknown }>): string {
  const only = isPrivate ? '<div class="only">👁 Only visible to you</div>' : '';
  const content = drawBlocks(body.blocks, DRAWINGS) + reactionsLine(reactions);
  return `<article${isPrivate ? ' class="private"' : ''}>${only}${signed(content)}</article>`;
}

function view(shown: types.HomeView | types.ModalView): string {
  // Their types let a view have blocks that nobody knows; what these are not is told when they are drawn.
  const blocks = drawBlocks(shown.blocks as types.KnownBlock[], DRAWINGS);
  if (shown.type === 'home') return `<div class="home">${blocks}</div>`;
  const { title, close, submit } = shown;
  const cancel = `<span class="button">${escaped(close?.text ?? 'Cancel')}</span>`;
  const go = submit === undefined ? '' : `<span class="button primary">${escaped(submit.text)}</span>`;
  return `<div class="modal"><div class="title">${escaped(title.text)}</div>${blocks}
<div class="foot">${cancel}${go}</div></div>`;
}
