import type { types } from '@slack/bolt';
import type { Reply } from '../../../src/command.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { render } from '../cards/render.ts';
import { VIEW_LIMITS } from './parts.ts';
import { wordsView } from './views.ts';

/** A reply in a modal, to be read: what is pressed in messages would have no place there to be answered. */
export function resultView({ cards }: Reply, title: string, texts: Texts): types.ModalView {
  const blocks = cards.flatMap((card) => render(card, texts).flatMap(({ body }) => body.blocks));
  return wordsView(title, withinLimits(blocks.flatMap(readOnly)), texts.slackForms.close);
}

function readOnly(block: types.KnownBlock): types.KnownBlock[] {
  if (block.type === 'actions') return [];
  if (block.type !== 'section' || block.accessory?.type === 'image') return [block];
  const { accessory: _, ...rest } = block;
  return [rest];
}

/** As many blocks as a view holds. What is beyond is in the answers of commands. */
function withinLimits(blocks: readonly types.KnownBlock[]): types.KnownBlock[] {
  const shown = blocks.slice(0, VIEW_LIMITS.blocks);
  while (Buffer.byteLength(JSON.stringify(shown)) > VIEW_LIMITS.bytes) shown.pop();
  return shown;
}
