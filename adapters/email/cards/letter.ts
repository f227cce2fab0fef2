import type { Card } from '../../../src/domain/card.ts';
import { inert } from '../../../src/html.ts';
import { HTML_LAYOUT, TEXT_LAYOUT } from './layout.ts';
import type { MailPayload } from './payload.ts';
import { HTML_PEN, TEXT_PEN } from './pens.ts';
import { preheaderOf, subjectOf } from './subject.ts';
import { fill, type Values } from './template.ts';
import { createView } from './view.ts';

const htmlView = createView(HTML_PEN);
const textView = createView(TEXT_PEN);

/** What all readers of a mail get alike, as HTML; the end is to follow. */
export function htmlLetter(payload: MailPayload): string {
  return fill(HTML_LAYOUT.letter, { ...headView(payload.card), ...htmlView(payload) });
}

/** The same as plain text, as complete; where a link leads stands beside it. */
export function textLetter(payload: MailPayload): string {
  return fill(TEXT_LAYOUT.letter, textView(payload)).trimStart();
}

/** What mail programs show of it before it is opened; plain text has its subject alone. */
function headView(card: Card): Values {
  return { subject: inert(subjectOf(card)), preheader: inert(preheaderOf(card)) };
}
