import { HTML_LAYOUT, TEXT_LAYOUT } from './layout.ts';
import { htmlLetter, textLetter } from './letter.ts';
import type { MailPayload } from './payload.ts';
import { HTML_PEN, type MailPen, TEXT_PEN } from './pens.ts';
import { remembered } from './remember.ts';
import { subjectOf } from './subject.ts';
import { fill, type Values } from './template.ts';

export type { Button, MailPayload } from './payload.ts';

/** Where a reader changes and ends what they get: addresses of ours. */
export interface MailLinks {
  manage: string;
  unsubscribe: string;
}

/** A mail as it leaves. */
export interface DrawnMail {
  /** One line, never empty. */
  subject: string;
  html: DrawnPart;
  /** As complete as `html`. */
  text: DrawnPart;
}

/** What is read is both, one behind the other. */
export interface DrawnPart {
  /** What all readers of the mail get alike. */
  letter: string;
  /** This reader's own. */
  end: string;
}

/** So many mails are kept drawn: editions that go out at the same time, each of some 50 kB. */
export const MOST_KEPT = 64;

/**
 * Draws mails, each once for all its readers: beside it nothing but the links is their own. Without links for what is no
 * edition. Pure but for what it keeps.
 */
export function createDraw(): (payload: MailPayload, links: MailLinks | undefined) => DrawnMail {
  const once = remembered(letterOf, MOST_KEPT);
  return (payload, links) => {
    const { subject, html, text } = once(payload);
    return {
      subject,
      html: { letter: html, end: fill(HTML_LAYOUT.end, endView(links, HTML_PEN)) },
      text: { letter: text, end: fill(TEXT_LAYOUT.end, endView(links, TEXT_PEN)) },
    };
  };
}

function letterOf(payload: MailPayload): Record<'subject' | 'html' | 'text', string> {
  return { subject: subjectOf(payload.card), html: htmlLetter(payload), text: textLetter(payload) };
}

function endView(links: MailLinks | undefined, pen: MailPen): Values {
  if (!links) return { alone: [{}] };
  return { manage: pen.address(links.manage), unsubscribe: pen.address(links.unsubscribe) };
}
