import type { Card } from './domain/card.ts';
import type { Platform } from './domain/feed.ts';

/** How cards look on a platform, drawn without it. */
export interface Look {
  readonly platform: Platform;
  /** As people call it: `Discord`. */
  readonly name: string;
  /** A stylesheet for `draw`, for a page of its own. */
  readonly style: string;
  /**
   * The messages that a card becomes there, as HTML for the body of a page of its own: nothing in it acts, and it holds
   * no script and no style. Pure.
   */
  draw(card: Card): string;
}
