import type { Look } from '../../../src/look.ts';
import { render } from '../cards/render.ts';
import { drawComponents } from './components.ts';
import { STYLE } from './style.ts';

/** How a card looks on Discord, in its dark theme. */
export function createDiscordLook(): Look {
  return {
    platform: 'discord',
    name: 'Discord',
    style: STYLE,
    draw: (card) =>
      render(card)
        .map(({ body }) => `<article>${signed(drawComponents(body.components))}</article>`)
        .join('\n'),
  };
}

/** What a message says, beside whom it is from; `content` is HTML. */
export function signed(content: string): string {
  return `<div class="avatar" aria-hidden="true">P</div><div class="content">
<div class="author"><b>Paperwire</b><span class="app">APP</span><time>09:00</time></div>${content}</div>`;
}
