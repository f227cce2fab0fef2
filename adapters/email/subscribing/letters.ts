import type { TextCard } from '../../../src/domain/card.ts';
import type { MailOrder } from '../../../src/subscribers.ts';
import type { Button, MailLinks } from '../cards/draw.ts';
import type { MailPayload } from '../cards/payload.ts';
import { orderRowsForStranger } from './words.ts';

/** Asks whoever reads it whether they want what was ordered for them; `link` confirms it. */
export function confirmLetter(order: MailOrder, link: string): MailPayload {
  const card: TextCard = {
    kind: 'text',
    title: 'Do you want AI papers by e-mail?',
    paragraphs: [
      'Somebody has asked Paperwire to send papers to this address. If it was you, press the button and confirm: nothing comes before that.',
      'If it was not, do nothing. The link ends in two days, and nothing is kept of your address.',
    ],
    rows: orderRowsForStranger(order),
  };
  return payload(card, { label: 'See and confirm', url: link });
}

/** Tells a subscriber for whom was ordered once more how they change what they get. */
export function manageLetter({ manage }: MailLinks): MailPayload {
  const card: TextCard = {
    kind: 'text',
    title: 'You get papers by e-mail already',
    paragraphs: [
      'Somebody has asked Paperwire to send papers to this address, which gets them. Nothing was changed.',
      'If it was you, the button leads to what you get, to change or end it.',
    ],
  };
  return payload(card, { label: 'Change what I get', url: manage });
}

function payload(card: TextCard, button: Button): MailPayload {
  return { form: 1, card, button };
}
