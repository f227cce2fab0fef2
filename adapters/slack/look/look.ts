import type { Look } from '../../../src/look.ts';
import { render } from '../cards/render.ts';
import { drawBlocks } from './blocks.ts';
import { STYLE } from './style.ts';

/** How a card looks on Slack, in its light theme. */
export function createSlackLook(): Look {
  return {
    platform: 'slack',
    name: 'Slack',
    style: STYLE,
    draw: (card) =>
      render(card)
        .map(({ body }) => `<article>${signed(drawBlocks(body.blocks))}</article>`)
        .join('\n'),
  };
}

/** What a message says, beside whom it is from; `content` is HTML. */
export function signed(content: string): string {
  return `<div class="avatar" aria-hidden="true">P</div><div class="content">
<div class="author"><b>Paperwire</b><span class="app">APP</span><time>9:00 AM</time></div>${content}</div>`;
}
