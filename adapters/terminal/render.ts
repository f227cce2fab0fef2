import type { Card } from '../../src/domain/card.ts';
import type { Json } from '../../src/domain/delivery.ts';

/**
 * One message: the card itself. Lines are broken when it is written, for only then is the width of the window known,
 * and it may change between planning and sending.
 */
export function render(card: Card): Json[] {
  return [JSON.parse(JSON.stringify(card)) as Json];
}
